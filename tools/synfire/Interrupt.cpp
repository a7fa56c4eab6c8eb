// Interrupt: a thread that waits for the signals that end the process.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/Interrupt.h"

#include "support/PendingOutputs.h"
#include "tools/synfire/Command.h"

#include <atomic>
#include <csignal>
#include <system_error>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace synfire::tool {
namespace {

std::atomic<bool> interrupted = false;

/// The signals that end the process.
sigset_t endingSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction action = {};
    if (sigaction(signal, nullptr, &action) == 0 && action.sa_handler != SIG_IGN)
      sigaddset(&signals, signal);
  }
  return signals;
}

std::string messageAbout(const std::vector<std::string> &kept) {
  std::string names;
  for (const std::string &name : kept)
    names += (names.empty() ? "'" : ", '") + name + "'";
  // On a terminal, the line of progress is cleared first.
  return std::string(isatty(STDERR_FILENO) != 0 ? "\r\033[K" : "") +
         "synfire: error: interrupted; " +
         (names.empty() ? "nothing was written" : names + " had been written") + "\n";
}

[[noreturn]] void waitAndEnd(sigset_t signals) {
  int signal = 0;
  while (sigwait(&signals, &signal) != 0) {
  }
  interrupted = true;
  const std::string message = messageAbout(pendingOutputs::abandonAll());
  // Not through stderr's FILE, which the interrupted thread may hold; and a pipe that is full,
  // because its reader has stopped, is not waited for.
  pollfd writable{STDERR_FILENO, POLLOUT, 0};
  if (poll(&writable, 1, /*milliseconds=*/100) == 1)
    (void)!write(STDERR_FILENO, message.data(), message.size());
  _exit(kBadInput);
}

} // namespace

std::string endAtInterrupt() {
  const sigset_t signals = endingSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr); // threads inherit it
  try {
    std::thread(waitAndEnd, signals).detach();
  } catch (const std::system_error &error) {
    return std::string("cannot start a thread: ") + error.code().message();
  }
  return {};
}

void stopIfInterrupted() {
  while (interrupted)
    pause();
}

void endWithParent(int parent) {
  close_range(STDERR_FILENO + 1, ~0U, 0); // the lock of a folder, for example
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) // it had ended before
    _exit(kBadInput);
  const sigset_t signals = endingSignals();
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

void prepareStreams() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (fcntl(stream, F_GETFD) < 0)
      (void)open("/dev/null", O_RDWR); // gets the lowest number that is free: this one
}

bool outputHasNoReader() {
  pollfd output{STDOUT_FILENO, POLLOUT, 0};
  return poll(&output, 1, 0) == 1 && (output.revents & (POLLERR | POLLHUP)) != 0;
}

} // namespace synfire::tool
