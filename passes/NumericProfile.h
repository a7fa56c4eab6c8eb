// NumericProfile: how a target keeps weights and membranes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_NUMERICPROFILE_H
#define SYNFIRE_PASSES_NUMERICPROFILE_H

#include "dialect/spike/Spike.h"
#include "passes/WeightForms.h"
#include "support/Limits.h"

#include <optional>
#include <string>

namespace synfire {

/// How a target keeps weights and membranes. The members' defaults hold where no target is given.
struct NumericProfile {
  std::string target;     ///< for messages; empty without a target
  WeightForms forms;      ///< that weights can have
  WeightRequest weights;  ///< what is asked of all weights whose op asks for nothing
  int64_t stateBits = 32; ///< signed, sign included
  std::optional<int64_t> stateFractionBits; ///< kept when not all fit
  std::optional<int64_t> currentBits;       ///< of a filtered current; without it those of states
  int64_t currentFractionBits = kMaxFractionBits; ///< the most that a filtered current keeps
  spike::LeakRounding leakRounding = spike::LeakRounding::TowardZero;
  bool saturates = false;

  /// The form of the weights of an op: what its attributes ask for, and beyond that what is asked
  /// of all weights. Fails, after an error at the op, when the target does not have it.
  mlir::FailureOr<WeightForm> formOf(spike::SynapseLike synapse) const;
  int64_t largestState() const { return (int64_t{1} << (stateBits - 1)) - 1; }
  int64_t bitsOfCurrent() const { return currentBits.value_or(stateBits); }
  int64_t largestCurrent() const { return (int64_t{1} << (bitsOfCurrent() - 1)) - 1; }
};

/// The profile of a target, which is found as loadTarget() finds it. `weights` is what the user
/// asks of weights (WeightForms::choose). With an empty `target`, weights can have every form, and
/// have 8 bits if nothing is asked; membranes have 32 bits. Fails after an error at `op`, for an
/// unknown target and for weights that it does not have.
mlir::FailureOr<NumericProfile> readProfile(mlir::Operation *op, llvm::StringRef target,
                                            llvm::StringRef targetsFolder,
                                            const WeightRequest &weights);

/// What the options of a command or a pass ask of weights. Fails, after an error at `op`, for a
/// format that does not exist; an empty one asks for none.
mlir::FailureOr<WeightRequest> readRequest(mlir::Operation *op, int64_t bits,
                                           llvm::StringRef format);

} // namespace synfire

#endif // SYNFIRE_PASSES_NUMERICPROFILE_H
