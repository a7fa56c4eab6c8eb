// Utf8: characters of UTF-8 text.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_UTF8_H
#define SYNFIRE_SUPPORT_UTF8_H

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synfire {

/// The number of bytes, 1 to 4, of the character with which `text` starts. Returns 0 when
/// `text` does not start with a valid UTF-8 character (Unicode 15, table 3-7, which excludes
/// overlong forms and surrogates). Precondition: `text` is not empty.
size_t characterBytes(std::string_view text);

/// Splits a text into its characters, each a string of 1 to 4 bytes. Returns nothing when
/// `text` is not valid UTF-8.
std::optional<std::vector<std::string>> splitCharacters(std::string_view text);

/// `text` in single quotes, for a message. A text of more than about 60 bytes is cut, so that a
/// long value does not flood the terminal, and bytes that are not UTF-8 appear as '?'.
std::string quotedText(std::string_view text);

} // namespace synfire

#endif // SYNFIRE_SUPPORT_UTF8_H
