// OpCountRules: the account op_count: the work of each op as the model defines it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_COUNT_OPCOUNTRULES_H
#define SYNFIRE_DIALECT_COUNT_OPCOUNTRULES_H

#include "dialect/count/Activities.h"
#include "dialect/spike/Spike.h"
#include "support/GradedSynop.h"

namespace synfire::spike {

/// Work that an account names but does not charge.
struct Unpriced {
  std::string what; ///< the name of the work: "bias_additions"
  double count = 0;
};

/// The work of one op in one pass. Counts are expectations when the spikes are (see Activity).
struct Work {
  double macs = 0, acs = 0, neuronUpdates = 0;
  std::vector<Unpriced> unpriced;
  /// The formula of the MACs or ACs with its numbers, for people, or what a norm folds into;
  /// otherwise empty. Neuron updates are named in `unpriced`, too.
  std::string rule;
  /// Where a published formula deviates from the convention's own rules: the published formula, and
  /// the one that follows from the rules. Otherwise empty.
  std::string stated = {}, meant = {};
  double spikeMacs = 0; ///< of `macs`: those of graded spikes, which are synaptic operations
};

/// The spikes that an op with this input accumulates: the input itself when it is spikes, the input
/// of a `recombine` that joins time steps of spikes (whose weights an integrator readout adds spike
/// by spike), or null when the input is real.
mlir::Value spikesRead(mlir::Value input);

/// The number of scores of an attention: heads x time steps x pairs of a token and a token that it
/// attends to.
double scoresFormed(SelfAttentionOp op, const Activities &activities);

/// The work of one op of the spike dialect by the account op_count: MACs, ACs, neuron updates and
/// unpriced work, from shapes and `activities`. An op whose spikes have no known rate counts none
/// and is recorded in `activities`; a recurrent op counts 0, since its inner ops count themselves.
/// `gradedSynop` says what graded spikes cost.
Work opCountWork(mlir::Operation *op, Activities &activities,
                 GradedSynop gradedSynop = GradedSynop::Accumulate);

/// A formula with its numbers, for Work::rule: "AC = spikes x outputs = 8776, 80".
std::string formula(llvm::StringRef text, llvm::ArrayRef<double> numbers);

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_COUNT_OPCOUNTRULES_H
