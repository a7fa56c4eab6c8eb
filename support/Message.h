// Message: joins the parts of an error message.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_MESSAGE_H
#define SYNFIRE_SUPPORT_MESSAGE_H

#include <sstream>
#include <string>

namespace synfire {

/// Writes all parts one after the other: message("needs ", 3, ", has ", 2) is "needs 3, has 2".
template <typename... Parts> std::string message(const Parts &...parts) {
  std::ostringstream text;
  (text << ... << parts);
  return text.str();
}

/// The end of every message about a limit: needsHas("1 to 8 bits", 9) is "needs 1 to 8 bits, has
/// 9". support/README.md has the forms of messages.
template <typename Limit, typename Actual>
std::string needsHas(const Limit &limit, const Actual &actual) {
  return message("needs ", limit, ", has ", actual);
}

} // namespace synfire

#endif // SYNFIRE_SUPPORT_MESSAGE_H
