// OpCountRules: the account op_count: what each op does, once, as built.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_COUNT_OPCOUNTRULES_H
#define SYNFIRE_DIALECT_COUNT_OPCOUNTRULES_H

#include "dialect/count/Activities.h"
#include "dialect/spike/Spike.h"

namespace synfire::spike {

/// Work that an account names but does not charge.
struct Unpriced {
  std::string what; ///< "bias_additions"
  double count = 0;
};

/// What one op does in one pass. Expectations where the spikes are; see Activity.
struct Work {
  double macs = 0, acs = 0, neuronUpdates = 0;
  std::vector<Unpriced> unpriced;
  std::string rule; ///< formula and numbers, for people; empty for ops without work
  /// Where a convention departs from its rules: what it states, and what is meant. Else empty.
  std::string stated = {}, meant = {};
};

/// The spikes that an op accumulates, or null when its input is real: spikes, or spikes whose
/// steps a `recombine` joins (an integrator readout adds their weights one by one).
mlir::Value spikesRead(mlir::Value input);

/// Scores that an attention forms: heads x steps x pairs of a token with a token that it sees.
double scoresFormed(SelfAttentionOp op, const Activities &activities);

/// Work of one op of the spike dialect by the account op_count.
Work opCountWork(mlir::Operation *op, Activities &activities);

/// "AC = spikes x outputs = 8776, 80": a formula and its numbers, for Work::rule.
std::string formula(llvm::StringRef text, llvm::ArrayRef<double> numbers);

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_COUNT_OPCOUNTRULES_H
