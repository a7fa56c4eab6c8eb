// LastResort: handlers of lack of memory, of faults of memory, and of LLVM's fatal errors.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/LastResort.h"

#include "support/MappedRanges.h"
#include "support/MemoryNeed.h"
#include "support/PendingOutputs.h"
#include "tools/synfire/Command.h"

#include "llvm/Support/ErrorHandling.h"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <new>

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

namespace synfire::tool {
namespace {

std::atomic<const char *> stage = "starting";

/// Kept for the message about a lack of memory, and given back before it is made.
char *reserve = nullptr;

void write(const char *text) {
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text, std::strlen(text));
}

/// Without a byte of memory.
void tellNoMemory() {
  write("synfire: error: out of memory while ");
  write(stage.load());
  write("\n");
}

/// Ends the process even where removing what is half written hangs: the thread that found no
/// memory, or met a fault, may hold a lock that this needs.
[[noreturn]] void end(ExitCode code) {
  static std::atomic<int> exitCode;
  exitCode = code;
  std::signal(SIGALRM, [](int) { _exit(exitCode); });
  alarm(1);
  try {
    pendingOutputs::abandonAll();
  } catch (const std::bad_alloc &) { // what it has not removed stays
  }
  _exit(code);
}

/// Gives the reserve back, for the one thread that tells the lack and ends the process; the others
/// wait for that.
void takeReserve() {
  static std::atomic_flag taken;
  while (taken.test_and_set())
    pause();
  std::set_new_handler(nullptr);
  std::free(reserve);
}

void noMemory() {
  takeReserve();
  try {
    write(("synfire: error: " + outOfMemory() + "\n").c_str());
  } catch (const std::bad_alloc &) {
    tellNoMemory();
  }
  end(kBadInput);
}

void noMemoryInLlvm(void *, const char *, bool) { noMemory(); }

void fatalInLlvm(void *, const char *reason, bool) {
  write("synfire: error: defect: ");
  write(reason);
  write("; please report it with the command and its input\n");
  end(kDefect);
}

char *stackEnd = nullptr; ///< the lowest address that the main thread's stack may reach

bool isStackOverflow(const void *address) {
  constexpr ptrdiff_t kReach = 1 << 20; // the largest frame that we expect
  const ptrdiff_t distance = static_cast<const char *>(address) - stackEnd;
  return stackEnd && distance > -kReach && distance < kReach;
}

/// Uses functions only that a handler may call, and end().
void onFault(int signal, siginfo_t *info, void *) {
  if (const char *file = mappedRanges::fileAt(info->si_addr); signal == SIGBUS && file) {
    write("synfire: error: '");
    write(file);
    write("': was truncated while it was read\n");
    end(kBadInput);
  }
  if (signal == SIGSEGV && memoryIsGone()) { // MLIR does not check what malloc() gives it
    takeReserve();
    tellNoMemory();
    end(kBadInput);
  }
  if (signal == SIGSEGV && isStackOverflow(info->si_addr)) {
    write("synfire: error: the stack ended while ");
    write(stage.load());
    write(": the input is nested too deeply\n");
    end(kBadInput);
  }
  // SA_RESETHAND: returning repeats the fault, which then ends the process.
}

void watchFaults() {
  pthread_attr_t attributes;
  void *lowest = nullptr;
  size_t size = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
    pthread_attr_getstack(&attributes, &lowest, &size);
    pthread_attr_destroy(&attributes);
    stackEnd = static_cast<char *>(lowest);
  }
  constexpr size_t kHandlerStack = 64 << 10;
  stack_t stack = {};
  stack.ss_sp = std::malloc(kHandlerStack); // for the life of the process
  stack.ss_size = kHandlerStack;
  if (!stack.ss_sp || sigaltstack(&stack, nullptr) != 0)
    return;
  struct sigaction action = {};
  action.sa_sigaction = onFault;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | static_cast<int>(SA_RESETHAND);
  sigaction(SIGBUS, &action, nullptr);
#if !defined(__SANITIZE_ADDRESS__) // which reports an end of the stack itself
  sigaction(SIGSEGV, &action, nullptr);
#endif
}

} // namespace

void setStage(const char *what) { stage = what; }

std::string outOfMemory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return std::string("out of memory while ") + stage.load() + ", with " +
         memoryAmount(1024.0 * static_cast<double>(usage.ru_maxrss)) + " in use and " +
         memoryAmount(static_cast<double>(memoryLeft())) + " left";
}

void installLastResort() {
  constexpr size_t kReserve = 100 << 10; // less than malloc() would map and give back to the system
  reserve = static_cast<char *>(std::malloc(kReserve));
  std::set_new_handler(noMemory);
  llvm::install_bad_alloc_error_handler(noMemoryInLlvm);
  llvm::install_fatal_error_handler(fatalInLlvm);
  watchFaults();
}

} // namespace synfire::tool
