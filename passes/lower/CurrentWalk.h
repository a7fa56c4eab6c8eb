// CurrentWalk: from a neuron's current back to the ops that write it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_LOWER_CURRENTWALK_H
#define SYNFIRE_PASSES_LOWER_CURRENTWALK_H

#include "dialect/spike/Spike.h"

namespace synfire {

/// The writers of a current, additions resolved, left operand first; a writer
/// that is added twice stands twice.
struct CurrentWriters {
  llvm::SmallVector<spike::SynapseLike> synapses;
  llvm::SmallVector<spike::AttentionLike> attentions;
};

/// Walks `current` back through additions. Fails, after an error at `reader`,
/// when the walk ends at anything but synapses or attention.
mlir::FailureOr<CurrentWriters> findWriters(mlir::Operation *reader, mlir::Value current);

} // namespace synfire

#endif // SYNFIRE_PASSES_LOWER_CURRENTWALK_H
