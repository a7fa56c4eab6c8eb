// Console: errors, notes and progress on standard error.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/Console.h"

#include <cstdio>
#include <unistd.h>

namespace synfire::tool {

// Standard output is flushed first, so that the order is right when both streams go to one file.

void printError(const std::string &message) {
  std::fflush(stdout);
  std::fprintf(stderr, "synfire: error: %s\n", message.c_str());
}

void printNote(const std::string &message) {
  std::fflush(stdout);
  std::fprintf(stderr, "synfire: %s\n", message.c_str());
}

Progress::Progress(std::string what)
    : what(std::move(what)), terminal(isatty(STDERR_FILENO) != 0),
      start(std::chrono::steady_clock::now()), last(start) {}

Progress::~Progress() {
  if (shown)
    std::fputs("\r\033[K", stderr);
}

void Progress::update(int64_t done, int64_t all) {
  const auto now = std::chrono::steady_clock::now();
  if (!terminal || now - start < std::chrono::seconds(1) ||
      now - last < std::chrono::milliseconds(200))
    return;
  last = now;
  shown = true;
  std::fprintf(stderr, "\r\033[K%s: %lld of %lld", what.c_str(), static_cast<long long>(done),
               static_cast<long long>(all));
  std::fflush(stderr);
}

} // namespace synfire::tool
