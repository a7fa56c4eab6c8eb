// NearestName: "did you mean" for names that nobody knows.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_NEARESTNAME_H
#define SYNFIRE_SUPPORT_NEARESTNAME_H

#include <string>
#include <string_view>
#include <vector>

namespace synfire {

/// Returns "; did you mean 'X'?" where X is the candidate with the smallest edit distance to
/// `name`. Returns "" when no candidate is near: more than a third of the letters of `name`
/// would have to be edited, or more than two in a short name. The comparison ignores case and
/// takes '-' and '_' for the same.
std::string nearestName(std::string_view name, const std::vector<std::string> &candidates);

} // namespace synfire

#endif // SYNFIRE_SUPPORT_NEARESTNAME_H
