// NumberText: numbers as people read them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_NUMBERTEXT_H
#define SYNFIRE_SUPPORT_NUMBERTEXT_H

#include <cstdint>
#include <string>

namespace synfire {

/// The digits of `number` in groups of three: grouped(-1234567) is "-1,234,567".
std::string grouped(int64_t number);

} // namespace synfire

#endif // SYNFIRE_SUPPORT_NUMBERTEXT_H
