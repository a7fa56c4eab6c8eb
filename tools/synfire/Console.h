// Console: prints errors, notes and progress to standard error, and JSON to standard output.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_CONSOLE_H
#define SYNFIRE_TOOLS_SYNFIRE_CONSOLE_H

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <cstdint>
#include <string>

namespace synfire::tool {

/// In everything that is printed to standard error from now on, `shown` stands in place of
/// `path`: results are written under temporary names, which the user never sees.
void showAs(const std::string &path, const std::string &shown);

/// Prints `line`, made one line (support/Printable.h), and a newline.
void printLine(const std::string &line);
/// Prints "synfire: error: MESSAGE".
void printError(const std::string &message);
/// Prints "synfire: MESSAGE".
void printNote(const std::string &message);

/// Prints `json` and a newline to standard output. Bytes that are not UTF-8 are replaced: a name
/// may come from the file system.
void printJson(const nlohmann::ordered_json &json);

/// A line of progress on standard error, which is rewritten in place. It appears only on a
/// terminal, and only after the work has taken one second.
class Progress {
public:
  explicit Progress(std::string what);
  ~Progress();
  /// Shows that `done` of `all` units of work are done.
  void update(int64_t done, int64_t all);

private:
  std::string what;
  bool terminal, shown = false;
  std::chrono::steady_clock::time_point start, last;
};

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_CONSOLE_H
