// TextCheck: finds bytes that are not text before a parser sees them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_TEXTCHECK_H
#define SYNFIRE_SUPPORT_TEXTCHECK_H

#include <optional>
#include <string>
#include <string_view>

namespace synfire {

/// A place in a text. Both numbers count from 1; a column is a character, not a byte.
struct TextPosition {
  int line = 1, column = 1;
};

/// What is wrong with a text, and where.
struct TextFault {
  TextPosition position;
  std::string message;
};

/// Finds the first byte that is not part of valid UTF-8, or that is a control character other
/// than tab and line end; nothing when there is none. Overlong forms and surrogates are not
/// valid UTF-8.
std::optional<TextFault> findNoText(std::string_view text);

/// "byte 7 is a NUL" for the first byte 0 of a JSON text, counted from 1; "" when there is none.
/// nlohmann's parser takes a NUL for the end, and would ignore what stands behind it.
std::string findNul(std::string_view json);

/// Whether `text` has a control character: a byte below 0x20, line ends and tabs included, or
/// 0x7F.
bool hasControlCharacter(std::string_view text);

} // namespace synfire

#endif // SYNFIRE_SUPPORT_TEXTCHECK_H
