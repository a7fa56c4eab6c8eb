// TextCheck: refuses bytes that are no text before a parser sees them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "targets/TextCheck.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>

namespace synfire {

/// Bytes of the valid UTF-8 character at `at`, 0 when there is none
/// (Unicode 15, table 3-7).
static size_t characterBytes(const std::string &text, size_t at) {
  auto byte = [&](size_t i) -> uint8_t { return i < text.size() ? uint8_t(text[i]) : 0; };
  auto tail = [&](size_t i) { return (byte(i) & 0xC0) == 0x80; };
  uint8_t a = byte(at), b = byte(at + 1);
  if (a < 0x80)
    return 1;
  if (a >= 0xC2 && a <= 0xDF)
    return tail(at + 1) ? 2 : 0;
  if (a >= 0xE0 && a <= 0xEF) {
    bool narrow = (a == 0xE0 && b < 0xA0) || (a == 0xED && b > 0x9F);
    return tail(at + 1) && tail(at + 2) && !narrow ? 3 : 0;
  }
  if (a >= 0xF0 && a <= 0xF4) {
    bool narrow = (a == 0xF0 && b < 0x90) || (a == 0xF4 && b > 0x8F);
    return tail(at + 1) && tail(at + 2) && tail(at + 3) && !narrow ? 4 : 0;
  }
  return 0;
}

bool hasControlCharacter(const std::string &text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return uint8_t(c) < 0x20 || c == 0x7F; });
}

void checkText(const std::string &text, const std::shared_ptr<const std::string> &file) {
  ConfigPosition position{file, 1, 1};
  for (size_t at = 0; at < text.size();) {
    size_t bytes = characterBytes(text, at);
    uint8_t c = uint8_t(text[at]);
    bool control = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
    if (bytes == 0 || control) {
      char hex[8];
      std::snprintf(hex, sizeof hex, "0x%02x", c);
      failAt(position, std::string("byte ") + hex +
                           (control ? " is a control character, not text" : " is not valid UTF-8"));
    }
    position.column = c == '\n' ? 1 : position.column + 1;
    position.line += c == '\n';
    at += bytes;
  }
}

} // namespace synfire
