// Utf8: characters of UTF-8 text.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/Utf8.h"

#include <cstdint>

namespace synfire {

size_t characterBytes(std::string_view text) {
  auto byte = [&](size_t i) { return i < text.size() ? uint8_t(text[i]) : uint8_t(0); };
  auto tails = [&](size_t count) {
    for (size_t i = 1; i <= count; ++i)
      if ((byte(i) & 0xC0) != 0x80)
        return false;
    return true;
  };
  uint8_t a = byte(0), b = byte(1);
  if (a < 0x80)
    return 1;
  if (a >= 0xC2 && a <= 0xDF)
    return tails(1) ? 2 : 0;
  if (a >= 0xE0 && a <= 0xEF)
    return tails(2) && !(a == 0xE0 && b < 0xA0) && !(a == 0xED && b > 0x9F) ? 3 : 0;
  if (a >= 0xF0 && a <= 0xF4)
    return tails(3) && !(a == 0xF0 && b < 0x90) && !(a == 0xF4 && b > 0x8F) ? 4 : 0;
  return 0;
}

std::optional<std::vector<std::string>> splitCharacters(std::string_view text) {
  std::vector<std::string> characters;
  while (!text.empty()) {
    size_t bytes = characterBytes(text);
    if (bytes == 0)
      return std::nullopt;
    characters.emplace_back(text.substr(0, bytes));
    text.remove_prefix(bytes);
  }
  return characters;
}

std::string quotedText(std::string_view text) {
  constexpr size_t kShownBytes = 60;
  std::string shown = "'";
  while (!text.empty() && shown.size() <= kShownBytes) {
    size_t bytes = characterBytes(text);
    shown += bytes ? text.substr(0, bytes) : "?";
    text.remove_prefix(bytes ? bytes : 1);
  }
  shown += text.empty() ? "'" : "...'";
  return shown;
}

} // namespace synfire
