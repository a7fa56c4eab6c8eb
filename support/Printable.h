// Printable: text of files as messages and tables show it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_PRINTABLE_H
#define SYNFIRE_SUPPORT_PRINTABLE_H

#include <string>
#include <string_view>

namespace synfire {

/// `text` as one line that a terminal shows as it is: control characters as \n, \t or \x1b, bytes
/// that are not UTF-8 as '?'. A run of more than 200 bytes without a space, such as a name of a
/// megabyte, is cut and ends in "...", and so is all behind the first 4,000 bytes.
std::string printable(std::string_view text);

/// `text` with every byte that is not UTF-8 replaced by '?'.
std::string validUtf8(std::string_view text);

} // namespace synfire

#endif // SYNFIRE_SUPPORT_PRINTABLE_H
