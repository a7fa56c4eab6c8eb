// TextCheck: finds bytes that are no text before a parser sees them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_TEXTCHECK_H
#define SYNFIRE_SUPPORT_TEXTCHECK_H

#include <optional>
#include <string>
#include <string_view>

namespace synfire {

/// Line and column, in characters, from 1.
struct TextPosition {
  int line = 1, column = 1;
};

/// What is wrong with a text, and where.
struct TextFault {
  TextPosition position;
  std::string message;
};

/// The first byte that is not UTF-8 (overlong forms, surrogates included), or that is
/// a control character other than tab and line end.
std::optional<TextFault> findNoText(std::string_view text);

/// Whether a text of one line has a byte below space, or a delete.
bool hasControlCharacter(std::string_view text);

} // namespace synfire

#endif // SYNFIRE_SUPPORT_TEXTCHECK_H
