// Printable: escapes and cuts.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/Printable.h"

#include "support/Utf8.h"

#include <cstdint>
#include <cstdio>

namespace synfire {

static std::string escaped(char c) {
  if (c == '\n')
    return "\\n";
  if (c == '\t')
    return "\\t";
  char text[8];
  std::snprintf(text, sizeof text, "\\x%02x", uint8_t(c));
  return text;
}

std::string printable(std::string_view text) {
  constexpr size_t kLongestWord = 200, kLongestText = 4000;
  std::string shown;
  size_t word = 0;
  while (!text.empty()) {
    if (shown.size() > kLongestText)
      return shown + "...";
    const size_t bytes = characterBytes(text);
    const char c = text[0];
    const std::string_view character = text.substr(0, bytes ? bytes : 1);
    text.remove_prefix(character.size());
    word = c == ' ' ? 0 : word + character.size();
    if (word > kLongestWord) {
      if (word - character.size() <= kLongestWord)
        shown += "...";
      continue;
    }
    if (bytes == 0)
      shown += '?';
    else if (uint8_t(c) < 0x20 || c == 0x7f)
      shown += escaped(c);
    else
      shown += character;
  }
  return shown;
}

std::string validUtf8(std::string_view text) {
  std::string valid;
  while (!text.empty()) {
    const size_t bytes = characterBytes(text);
    valid += bytes ? text.substr(0, bytes) : std::string_view("?");
    text.remove_prefix(bytes ? bytes : 1);
  }
  return valid;
}

} // namespace synfire
