// EncodingGroups: which currents of a function must share one encoding.
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

/// The groups of a function, in order of their first current. Fails, after an
/// error, on a real value that no integer form exists for: a norm that was not
/// folded, an op that reads a current and is neither neuron nor addition,
/// synapses that read real values, attention that is added to other currents.
mlir::FailureOr<std::vector<EncodingGroup>> findEncodingGroups(mlir::FunctionOpInterface function);

} // namespace synfire

#endif // SYNFIRE_PASSES_ENCODINGGROUPS_H
