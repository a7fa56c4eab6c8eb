// Utf8: characters of UTF-8 text.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_UTF8_H
#define SYNFIRE_SUPPORT_UTF8_H

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synfire {

/// Bytes of the valid UTF-8 character at the start of `text`, 0 when there is
/// none (Unicode 15, table 3-7: no overlong forms, no surrogates).
size_t characterBytes(std::string_view text);

/// Characters of a UTF-8 text; nothing when a byte is not valid UTF-8.
std::optional<std::vector<std::string>> splitCharacters(std::string_view text);

/// Text in quotes for a message, shortened so that a hostile value does not
/// flood the terminal.
std::string quotedText(std::string_view text);

} // namespace synfire

#endif // SYNFIRE_SUPPORT_UTF8_H
