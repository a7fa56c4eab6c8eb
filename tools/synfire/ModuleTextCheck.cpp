// ModuleTextCheck: brackets, strings and comments of a module's text.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/ModuleTextCheck.h"

#include "support/Message.h"
#include "support/Utf8.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <string>

namespace synfire::tool {
namespace {

class Scanner {
public:
  explicit Scanner(std::string_view text) : text(text) {}

  std::optional<TextFault> scan() {
    while (at < text.size()) {
      const char c = text[at];
      if (c == '"') {
        if (auto fault = string())
          return fault;
        continue;
      }
      if (c == '/' && text.substr(at, 2) == "//") {
        at = std::min(text.find('\n', at), text.size());
        continue;
      }
      if (const std::string_view mark = text.substr(at, 3); mark == "{-#" || mark == "#-}")
        inMetadata = mark == "{-#";
      if (auto fault = bracket(c))
        return fault;
      ++at;
    }
    return std::nullopt;
  }

private:
  std::optional<TextFault> bracket(char c) {
    const bool arrow = c == '>' && at > 0 && text[at - 1] == '-';
    if (c == '(' || c == '[' || c == '{' || c == '<')
      ++depth;
    else if (depth > 0 && (c == ')' || c == ']' || c == '}' || (c == '>' && !arrow)))
      --depth;
    // A chain of signs or arrows has no brackets, and the reader calls itself for each.
    if (c == '-')
      ++signs;
    else if (std::string_view("()> \t\n\r").find(c) == std::string_view::npos)
      signs = 0;
    if (depth <= kMaxNesting && signs <= kMaxNesting)
      return std::nullopt;
    return fault(at, needsHas(message("at most ", kMaxNesting, " levels of nesting"), "more"));
  }

  /// A string; in the metadata, one that is a blob if its text starts with 0x.
  std::optional<TextFault> string() {
    const size_t start = at++;
    while (at < text.size() && text[at] != '"' && text[at] != '\n')
      at += text[at] == '\\' ? 2 : 1;
    at = std::min(at + 1, text.size());
    signs = 0;
    std::string_view blob = text.substr(start + 1, at - start - 1);
    if (!inMetadata || !blob.starts_with("0x") || blob.size() < 10)
      return std::nullopt;
    uint32_t stored = 0;
    const auto [end, error] = std::from_chars(blob.data() + 2, blob.data() + 10, stored, 16);
    if (error != std::errc() || end != blob.data() + 10)
      return std::nullopt;                                // MLIR says that these are no digits
    const uint32_t alignment = __builtin_bswap32(stored); // little endian in the text
    if (std::has_single_bit(alignment))
      return std::nullopt;
    return fault(start, "the blob " + quotedText(keyBefore(start)) + " " +
                            needsHas("an alignment that is a power of two", message(alignment)));
  }

  /// The key in front of a value: `w` in `w: "0x..."`.
  std::string_view keyBefore(size_t value) const {
    const size_t colon = text.find_last_not_of(" \t\r\n", value - 1);
    if (colon == std::string_view::npos || colon == 0 || text[colon] != ':')
      return {};
    const size_t last = text.find_last_not_of(" \t\r\n", colon - 1);
    if (last == std::string_view::npos)
      return {};
    const size_t before = text.find_last_of(" \t\r\n{,", last);
    const size_t first = before == std::string_view::npos ? 0 : before + 1;
    return text.substr(first, last + 1 - first);
  }

  TextFault fault(size_t place, const std::string &what) const {
    TextPosition position;
    for (char c : text.substr(0, place)) {
      position.column = c == '\n' ? 1 : position.column + 1;
      position.line += c == '\n';
    }
    return {position, what};
  }

  std::string_view text;
  size_t at = 0;
  int depth = 0, signs = 0;
  bool inMetadata = false; ///< between `{-#` and `#-}`, where the resources stand
};

} // namespace

std::optional<TextFault> findFatalText(std::string_view text) { return Scanner(text).scan(); }

} // namespace synfire::tool
