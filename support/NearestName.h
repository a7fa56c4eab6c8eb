// NearestName: "did you mean" for names that nobody knows.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_NEARESTNAME_H
#define SYNFIRE_SUPPORT_NEARESTNAME_H

#include <string>
#include <string_view>
#include <vector>

namespace synfire {

/// "; did you mean 'X'?" for the nearest candidate, or "" when none is near (at
/// most a third of the letters edited, two in short names). Case, and '-' for '_',
/// make no difference.
std::string nearestName(std::string_view name, const std::vector<std::string> &candidates);

} // namespace synfire

#endif // SYNFIRE_SUPPORT_NEARESTNAME_H
