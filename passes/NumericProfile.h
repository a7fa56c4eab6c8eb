// NumericProfile: how a target keeps weights and membranes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_NUMERICPROFILE_H
#define SYNFIRE_PASSES_NUMERICPROFILE_H

#include "dialect/spike/Spike.h"

#include <optional>
#include <string>

namespace synfire {

/// How a target keeps weights and membranes. The members' defaults hold where no target is given.
struct NumericProfile {
  std::string target; ///< for messages; empty without a target
  int64_t weightBits = 8;
  int64_t stateBits = 32;                   ///< signed, sign included
  std::optional<int64_t> stateFractionBits; ///< kept when not all fit
  spike::LeakRounding leakRounding = spike::LeakRounding::TowardZero;
  bool saturates = false;

  int64_t largestWeight() const { return (int64_t{1} << (weightBits - 1)) - 1; }
  int64_t largestState() const { return (int64_t{1} << (stateBits - 1)) - 1; }
};

/// The profile of a target, which is found as loadTarget() finds it. `weightBits` is the width that
/// the user asks for; 0 stands for the largest width up to 8 bits that the chip has, or else its
/// smallest. With an empty `target`, weights have `weightBits` (0: 8) and membranes 32 bits. Fails
/// after an error at `op`, for an unknown target and for a width that it does not have.
mlir::FailureOr<NumericProfile> readProfile(mlir::Operation *op, llvm::StringRef target,
                                            llvm::StringRef targetsFolder, int64_t weightBits);

} // namespace synfire

#endif // SYNFIRE_PASSES_NUMERICPROFILE_H
