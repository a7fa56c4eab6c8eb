// EncodingGroups: which currents of a function become integers, and which of
// them must share one encoding.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_ENCODINGGROUPS_H
#define SYNFIRE_PASSES_ENCODINGGROUPS_H

#include "dialect/spike/Spike.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

#include <vector>

namespace synfire {

/// Currents connected by additions: a residual stream, or a single current.
/// All writers share one scale per channel, all readers one fraction.
struct EncodingGroup {
  llvm::SmallVector<mlir::Value> currents;            ///< in program order
  llvm::SmallVector<spike::SynapseLike> synapses;     ///< writers
  llvm::SmallVector<spike::AttentionLike> attentions; ///< writers
  llvm::SmallVector<spike::NeuronLike> neurons;       ///< readers
  int64_t channels() const;
};

/// What of a function becomes integers; the rest stays real.
struct EncodingPlan {
  std::vector<EncodingGroup> groups; ///< in order of their first current
  /// Recombinations of spikes that are counted in integers.
  llvm::SmallVector<spike::RecombineOp> counts;
};

/// Synapses and attention that spikes feed over the model's time steps have an
/// integer form. A stream becomes a group when all its writers have one; with a
/// real writer (a layer norm, say) it stays real, and each of its writers that
/// has one becomes a group of its own. Neurons without an integer form (hasIntegerForm of
/// dialect/spike/FixedPoint.h) and all other
/// ops read the group's integers as reals. Spikes that the host knows and that only
/// enter a real stream stay where they are.
EncodingPlan planEncodings(mlir::FunctionOpInterface function);

} // namespace synfire

#endif // SYNFIRE_PASSES_ENCODINGGROUPS_H
