// EncodingGroups: which currents of a function become integers, and which of
// them must share one encoding.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_ENCODINGGROUPS_H
#define SYNFIRE_PASSES_ENCODINGGROUPS_H

#include "dialect/spike/Spike.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

#include <vector>

namespace synfire {

/// Currents that additions connect: those of a residual stream, or a single current. They get one
/// encoding: its scales suit all ops that write the currents, its fraction bits all neurons that
/// read them.
struct EncodingGroup {
  llvm::SmallVector<mlir::Value> currents;              ///< in program order
  llvm::SmallVector<spike::SynapseLike> synapses;       ///< writers
  llvm::SmallVector<spike::AttentionLike> attentions;   ///< writers
  llvm::SmallVector<spike::NeuronLike> neurons;         ///< readers
  llvm::SmallVector<spike::IntegratorLike> integrators; ///< readers, too
  /// Size of the last dimension of every current.
  int64_t channels() const;
};

/// What of a function becomes integers; the rest stays real.
struct EncodingPlan {
  std::vector<EncodingGroup> groups; ///< in order of their first current
  /// Recombinations of spikes that are counted in integers.
  llvm::SmallVector<spike::RecombineOp> counts;
};

/// Decides which currents of a function become integers. A synapse or attention op has an integer
/// form when it reads spikes over the time steps of the model. A stream becomes one group when all
/// ops that write it have an integer form. When one of them has none (a layer norm, say), the
/// stream stays real, and the result of each writer with an integer form becomes a group of its
/// own. Only neurons and integrators with an integer form (hasIntegerForm in
/// dialect/spike/FixedPoint.h) read a group's integers; all other readers get them as reals. A
/// spike.inject of spikes that the host computes or is given (the model's input) into a real stream
/// stays real. `additionsOnHost`: every stream with an addition stays real. The function is not
/// changed.
EncodingPlan planEncodings(mlir::FunctionOpInterface function, bool additionsOnHost = false);

/// Whether an op reads the integer counts of recombined spikes as they are: synapses that are not
/// on a grid.
bool readsCounts(mlir::Operation *op);

} // namespace synfire

#endif // SYNFIRE_PASSES_ENCODINGGROUPS_H
