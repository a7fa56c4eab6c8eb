// TextCheck: finds bytes that are not text before a parser sees them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/TextCheck.h"

#include "support/Utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>

namespace synfire {

static bool isControl(char c) { return uint8_t(c) < 0x20 || c == 0x7F; }

bool hasControlCharacter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), isControl);
}

std::string findNul(std::string_view json) {
  const size_t nul = json.find('\0');
  return nul == std::string_view::npos ? std::string()
                                       : "byte " + std::to_string(nul + 1) + " is a NUL";
}

std::optional<TextFault> findNoText(std::string_view text) {
  TextPosition position;
  while (!text.empty()) {
    const size_t bytes = characterBytes(text);
    const char c = text[0];
    const bool control = isControl(c) && c != '\t' && c != '\n' && c != '\r';
    if (bytes == 0 || control) {
      char hex[8];
      std::snprintf(hex, sizeof hex, "0x%02x", uint8_t(c));
      return TextFault{position,
                       std::string("byte ") + hex +
                           (control ? " is a control character, not text" : " is not valid UTF-8")};
    }
    position.column = c == '\n' ? 1 : position.column + 1;
    position.line += c == '\n';
    text.remove_prefix(bytes);
  }
  return std::nullopt;
}

} // namespace synfire
