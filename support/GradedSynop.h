// GradedSynop: what a graded spike costs at a synapse.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_GRADEDSYNOP_H
#define SYNFIRE_SUPPORT_GRADEDSYNOP_H

#include <array>
#include <cstddef>

namespace synfire {

/// What a graded spike of value v costs at each weight that it reads: v accumulates of the weight,
/// or one multiplication of it by v.
enum class GradedSynop { Accumulate, Multiply };
inline constexpr std::array kGradedSynopNames{"accumulate", "multiply"};
constexpr const char *gradedSynopName(GradedSynop synop) {
  return kGradedSynopNames[static_cast<size_t>(synop)];
}

} // namespace synfire

#endif // SYNFIRE_SUPPORT_GRADEDSYNOP_H
