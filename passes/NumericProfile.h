// NumericProfile: how a target keeps weights and membranes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_NUMERICPROFILE_H
#define SYNFIRE_PASSES_NUMERICPROFILE_H

#include "dialect/spike/Spike.h"

#include <optional>
#include <string>

namespace synfire {

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

/// The profile of a target, read as passes/TargetOption.h reads it. `weightBits`
/// 0 means the largest precision up to 8 that the chip has, or the smallest
/// above. Errors stand at `op`: unknown target, precision that it lacks.
/// Without a target: 8 bits unless given, and 32-bit membranes.
mlir::FailureOr<NumericProfile> readProfile(mlir::Operation *op, llvm::StringRef target,
                                            llvm::StringRef targetsFolder, int64_t weightBits);

} // namespace synfire

#endif // SYNFIRE_PASSES_NUMERICPROFILE_H
