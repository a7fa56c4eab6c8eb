// GroupEncoding: scale and fraction of the currents of one group.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_GROUPENCODING_H
#define SYNFIRE_PASSES_GROUPENCODING_H

#include "passes/EncodingGroups.h"
#include "passes/NumericProfile.h"
#include "passes/WriterRange.h"

namespace synfire {

struct GroupEncoding {
  llvm::SmallVector<double> scale; ///< one, or one per channel
  int64_t fractionBits = 0;
  llvm::SmallVector<WriterStatistics> writers; ///< as EncodingGroup::synapses

  /// What the whole group would have liked, when the state did not hold it.
  int64_t wantedFractionBits = 0;
};

/// Chooses the encoding by the rules of dialect/RATIONALE.md ("Fixed-point
/// neurons") and warns, at the neuron, where the state does not hold all guard
/// bits and where the static bound of a membrane exceeds it. `maxTokens` bounds
/// the sums of attention. Fails after an error (a weight that is not finite).
mlir::FailureOr<GroupEncoding> chooseEncoding(const EncodingGroup &group,
                                              const NumericProfile &profile, int64_t maxTokens);

} // namespace synfire

#endif // SYNFIRE_PASSES_GROUPENCODING_H
