// Console: errors, notes and progress on standard error, JSON on standard output.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/Console.h"

#include "support/Printable.h"
#include "tools/synfire/Interrupt.h"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <unistd.h>
#include <utility>
#include <vector>

namespace synfire::tool {

/// What showAs() was told: paths, and what is shown in place of each.
static std::vector<std::pair<std::string, std::string>> &shownPaths() {
  static std::vector<std::pair<std::string, std::string>> paths;
  return paths;
}

void showAs(const std::string &path, const std::string &shown) {
  shownPaths().emplace_back(path, shown);
}

void printLine(const std::string &line) {
  stopIfInterrupted();
  std::string text = line;
  for (const auto &[path, shown] : shownPaths())
    for (size_t at = 0; (at = text.find(path, at)) != std::string::npos; at += shown.size())
      text.replace(at, path.size(), shown);
  // Standard output first, so that the order is right when both streams go to one file.
  std::fflush(stdout);
  std::fprintf(stderr, "%s\n", printable(text).c_str());
}

void printError(const std::string &message) { printLine("synfire: error: " + message); }

void printNote(const std::string &message) { printLine("synfire: " + message); }

void printJson(const nlohmann::ordered_json &json) {
  std::printf("%s\n", json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
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
