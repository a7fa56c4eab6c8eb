// LastResortTest: a message in place of a signal.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/LastResort.h"
#include "support/MappedFile.h"

#include <doctest/doctest.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <new>
#include <string>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace synfire;
using namespace synfire::tool;

namespace {

/// Runs `action` in a child; what it printed to standard error, behind its exit code.
std::string endOf(const std::function<void()> &action) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  if (child == 0) {
    for (int signal : {SIGBUS, SIGSEGV, SIGABRT}) // doctest has handlers of its own
      std::signal(signal, SIG_DFL);
    dup2(ends[1], STDERR_FILENO);
    installLastResort();
    setStage("testing");
    action();
    _exit(99);
  }
  close(ends[1]);
  std::string text;
  char piece[4096];
  for (ssize_t count; (count = read(ends[0], piece, sizeof piece)) > 0;)
    text.append(piece, static_cast<size_t>(count));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  return (WIFEXITED(status) ? std::to_string(WEXITSTATUS(status)) : "signal") + ": " + text;
}

} // namespace

TEST_CASE("a file that is shortened while it is mapped is named") {
  char path[] = "/tmp/synfire-test-XXXXXX";
  const int file = mkstemp(path);
  REQUIRE(file >= 0);
  REQUIRE(ftruncate(file, 1 << 16) == 0);
  const std::string end = endOf([&] {
    MappedFile mapped;
    if (!mapped.open(path).empty() || ftruncate(file, 0) != 0)
      _exit(98);
    const volatile std::byte *last = mapped.bytes().data() + 5000;
    const std::byte read = *last;
    _exit(read == std::byte{0} ? 96 : 97);
  });
  CHECK(end == std::string("1: synfire: error: '") + path + "': was truncated while it was read\n");
  close(file);
  unlink(path);
}

TEST_CASE("a lack of memory is said with the stage, and is no defect") {
  const std::string end = endOf([] {
    void *volatile much = ::operator new(size_t{1} << 60);
    ::operator delete(much);
  });
  CHECK(end.starts_with("1: synfire: error: out of memory while testing, with "));
}

#if !defined(__SANITIZE_ADDRESS__)
TEST_CASE("the end of the stack is said with the stage") {
  static std::function<int(int)> deep = [](int n) -> int {
    volatile char frame[4096] = {};
    return n == 0 ? frame[0] : deep(n + 1) + frame[n % 4096];
  };
  CHECK(endOf([] { _exit(deep(1) & 1 ? 96 : 97); }) ==
        "1: synfire: error: the stack ended while testing: the input is nested too deeply\n");
}
#endif
