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

} // namespace synfire

#endif // SYNFIRE_SUPPORT_MESSAGE_H
