// GroupEncoding: scale and fraction of the currents of one group.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_GROUPENCODING_H
#define SYNFIRE_PASSES_GROUPENCODING_H

#include "passes/EncodingGroups.h"
#include "passes/NumericProfile.h"
#include "passes/WriterRange.h"

namespace synfire {

/// The encoding that a group gets: an integer i of channel c stands for the real
/// i * scale[c] * 2^-fractionBits.
struct GroupEncoding {
  llvm::SmallVector<double> scale; ///< one, or one per channel
  int64_t fractionBits = 0;
  llvm::SmallVector<WriterStatistics> writers; ///< one per entry of EncodingGroup::synapses
};

/// Chooses scale and fraction bits by the rules of dialect/RATIONALE.md ("Fixed-point neurons").
/// Warns at a neuron whose leak has to be rounded because a state has too few bits, and at one of
/// which a state can overflow when every input fires. `maxTokens` is the most tokens that
/// attention of the group sums over, or that neurons run across. Warns, too, when the integrator of
/// a group without neurons can overflow. Fails, after an error, when a weight, column factor or
/// bias cannot be read or is not finite.
mlir::FailureOr<GroupEncoding> chooseEncoding(const EncodingGroup &group,
                                              const NumericProfile &profile, int64_t maxTokens);

/// The fraction bits of the membranes of score neurons, whose unit is a score of 1: as many as make
/// no leak inexact, or fewer, after a warning at the attention, where the state does not hold them
/// (by the rule of chooseEncoding()). Warns, too, when a membrane can overflow. Precondition: the
/// attention has a score model with an integer form.
int64_t chooseScoreFraction(spike::AttentionLike attention, const NumericProfile &profile);

} // namespace synfire

#endif // SYNFIRE_PASSES_GROUPENCODING_H
