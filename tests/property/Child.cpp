// Child: runs code in a process of its own, so that a crash is a result.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/property/Child.h"

#include "tests/fuzz/ProcessLimits.h"

#include <doctest/doctest.h>

#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace synfire::test {

static constexpr size_t kNoteBytes = 256;

std::string crashOf(const std::function<void(const Announce &)> &work) {
  void *shared =
      mmap(nullptr, kNoteBytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  REQUIRE(shared != MAP_FAILED);
  char *note = static_cast<char *>(shared);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    limitProcess(10, 4);
    for (int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGILL, SIGBUS, SIGTERM})
      std::signal(signal, SIG_DFL); // doctest would report the crash as its own
    dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
    work([note](const std::string &text) { std::strncpy(note, text.c_str(), kNoteBytes - 1); });
    _exit(0);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  std::string at = note;
  munmap(shared, kNoteBytes);
  if (WIFSIGNALED(status))
    return std::string(strsignal(WTERMSIG(status))) + " at " + at;
  if (WEXITSTATUS(status) != 0) // a sanitizer's report
    return "exit code " + std::to_string(WEXITSTATUS(status)) + " at " + at;
  return "";
}

} // namespace synfire::test
