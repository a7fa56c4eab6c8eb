// Fuzzer of the whole tool: each case of ToolCase.h in a child process of its own, so that a crash
// or a hang is a result.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/fuzz/ProcessLimits.h"
#include "tests/fuzz/ToolCase.h"
#include "tools/synfire/Interrupt.h"
#include "tools/synfire/LastResort.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace synfire::test;

#ifdef __SANITIZE_ADDRESS__
// The stock libMLIR is not instrumented: its allocators poison by hand, and its objects live as
// long as the process. A report has an exit code that no other end has. Where memory was allocated,
// which is a third of the time to keep, a seed shows again with malloc_context_size=30.
extern "C" const char *__asan_default_options();
extern "C" const char *__asan_default_options() {
  return "allow_user_poisoning=0:detect_leaks=0:exitcode=99:hard_rss_limit_mb=6144:"
         "malloc_context_size=0";
}
#endif

namespace {

/// What the child tells its parent.
struct Shared {
  Tally tally;
  bool finished;
  char wrong[16384];
};

struct Options {
  uint64_t first = 1, cases = 0;
  std::string keep; ///< folder for the files of cases that failed
};

[[noreturn]] void usage() {
  std::fprintf(stderr, "Usage: tool-fuzzer --cases N [--first SEED] [--keep FOLDER]\n"
                       "Runs the cases of N seeds, from SEED on [1].\n"
                       "--keep: leaves the files of cases that fail in FOLDER/SEED.\n");
  std::exit(2);
}

Options parse(int argc, char **argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i];
    if (name == "--cases")
      options.cases = std::strtoull(argv[i + 1], nullptr, 10);
    else if (name == "--first")
      options.first = std::strtoull(argv[i + 1], nullptr, 10);
    else if (name == "--keep")
      options.keep = argv[i + 1];
    else
      usage();
  }
  if (options.cases == 0 || argc % 2 == 0)
    usage();
  return options;
}

[[noreturn]] void runChild(uint64_t seed, const std::string &folder, int log, Shared &shared) {
  limitProcess(kMostSeconds, 4);
  dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  synfire::tool::prepareStreams();
  synfire::tool::installLastResort();
  const std::string wrong = runToolCase(seed, folder, STDERR_FILENO, shared.tally);
  std::strncpy(shared.wrong, wrong.c_str(), sizeof shared.wrong - 1);
  shared.finished = true;
  std::fflush(nullptr);
  _exit(0);
}

/// Seconds of processor time of the children so far. A shell that became this process by `exec` had
/// children, too.
int64_t childSeconds() {
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  return used.ru_utime.tv_sec + used.ru_stime.tv_sec;
}

std::string contents(int log) {
  std::ifstream file("/proc/self/fd/" + std::to_string(log), std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// What is wrong with the case, from the child's end and its words.
std::string verdict(int status, const Shared &shared, int log) {
  if (WIFSIGNALED(status))
    return std::string(strsignal(WTERMSIG(status))) + "\n" + contents(log);
  if (shared.finished && WEXITSTATUS(status) == 0)
    return shared.wrong;
  // The tool ends the process itself where no memory is left.
  const std::string said = contents(log);
  if (WEXITSTATUS(status) == 1 && said.find("error: out of memory") != std::string::npos)
    return "";
  return "ended with exit code " + std::to_string(WEXITSTATUS(status)) + "\n" + said;
}

} // namespace

int main(int argc, char **argv) {
  const Options options = parse(argc, argv);
  std::string work = (std::filesystem::temp_directory_path() / "synfire-fuzz-XXXXXX").string();
  if (!mkdtemp(work.data()))
    return 2;
  void *memory =
      mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED)
    return 2;
  Shared &shared = *new (memory) Shared();
  const auto start = std::chrono::steady_clock::now();
  const int64_t secondsBefore = childSeconds();
  int64_t findings = 0;
  for (uint64_t seed = options.first; seed < options.first + options.cases; ++seed) {
    const std::string folder = work + "/" + std::to_string(seed);
    std::filesystem::create_directory(folder);
    const int log = memfd_create("standard-error", 0);
    shared.finished = false;
    std::memset(shared.wrong, 0, sizeof shared.wrong);
    const pid_t child = fork();
    if (child < 0 || log < 0)
      return 2;
    if (child == 0)
      runChild(seed, folder, log, shared);
    int status = 0;
    waitpid(child, &status, 0);
    if (const std::string wrong = verdict(status, shared, log); !wrong.empty()) {
      ++findings;
      std::printf("seed %llu: %s\n\n", static_cast<unsigned long long>(seed), wrong.c_str());
      std::fflush(stdout);
      if (!options.keep.empty()) {
        const std::string kept = options.keep + "/" + std::to_string(seed);
        std::filesystem::create_directories(kept);
        std::filesystem::copy(folder, kept,
                              std::filesystem::copy_options::recursive |
                                  std::filesystem::copy_options::overwrite_existing |
                                  std::filesystem::copy_options::copy_symlinks);
      }
    }
    close(log);
    std::filesystem::remove_all(folder);
  }
  std::filesystem::remove_all(work);
  const Tally &t = shared.tally;
  std::printf("%lld cases, %lld runs of the tool, %lld done; %lld programs compiled, %lld equal to "
              "the interpreter; %lld damaged programs, %lld accepted; %lld findings; %lld s of "
              "processor time in %lld s\n",
              static_cast<long long>(t.cases), static_cast<long long>(t.runs),
              static_cast<long long>(t.done), static_cast<long long>(t.compiled),
              static_cast<long long>(t.compared), static_cast<long long>(t.programs),
              static_cast<long long>(t.accepted), static_cast<long long>(findings),
              static_cast<long long>(childSeconds() - secondsBefore),
              static_cast<long long>(std::chrono::duration_cast<std::chrono::seconds>(
                                         std::chrono::steady_clock::now() - start)
                                         .count()));
  return findings == 0 ? 0 : 1;
}
