// Console: what goes to standard error: errors, notes, progress.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_CONSOLE_H
#define SYNFIRE_TOOLS_SYNFIRE_CONSOLE_H

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace synfire::tool {

/// "synfire: error: MESSAGE".
void printError(const std::string &message);
/// "synfire: MESSAGE".
void printNote(const std::string &message);

/// Set by Ctrl-C; long work looks at it and leaves without writing anything.
extern std::atomic<bool> interrupted;
void watchForInterrupt();

/// A line of progress on standard error, rewritten in place: only on a
/// terminal, and only once the work has taken a second.
class Progress {
public:
  explicit Progress(std::string what);
  ~Progress();
  void update(int64_t done, int64_t all);

private:
  std::string what;
  bool terminal, shown = false;
  std::chrono::steady_clock::time_point start, last;
};

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_CONSOLE_H
