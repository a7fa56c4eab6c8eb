// CurrentWalk: from a neuron's current back to the ops that write it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_LOWER_CURRENTWALK_H
#define SYNFIRE_PASSES_LOWER_CURRENTWALK_H

#include "dialect/spike/Spike.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

namespace synfire {

/// The ops whose results a current is the sum of, in the order of the additions' operands, left
/// before right. An op that is added twice stands there twice.
struct CurrentWriters {
  llvm::SmallVector<spike::SynapseLike> synapses;
  llvm::SmallVector<spike::AttentionLike> attentions;
};

/// Finds the writers of `current`, which `reader` reads: follows additions back to their operands
/// until it meets synapses or attention, and an integrator to its current. Fails, after an error at
/// `reader`, when it meets anything else, a block argument for one.
mlir::FailureOr<CurrentWriters> findWriters(mlir::Operation *reader, mlir::Value current);

inline int64_t columnsOf(mlir::Value value) {
  return llvm::cast<mlir::RankedTensorType>(value.getType()).getShape().back();
}
inline int64_t rankOf(mlir::Value value) {
  return llvm::cast<mlir::RankedTensorType>(value.getType()).getRank();
}

/// Whether the tokens of a function are points of a grid, all of which a chip computes in one tick:
/// it is when an op of it convolves, pools or flattens them.
bool isGridModel(mlir::FunctionOpInterface function);
/// Whether the op brings the values of all points of a grid to one point (spike.flatten). On a chip
/// this is wiring.
bool joinsPoints(mlir::Operation *op);

/// The chip's integers that an op takes out to the host: its result are reals of them.
mlir::Value integersReadOut(mlir::Operation *op);
/// The current that an op reads as a population of the chip, if it does: that of its neurons, or
/// one that the host reads after every time step.
mlir::Value currentReadBy(mlir::Operation *op);
/// Whether the op is an integrator, or synapses whose current the host alone reads. Then their
/// readout (the neurons that sum it up for the host) carries the name of the op, which gets no row
/// of its own.
bool isReadoutItself(mlir::Operation *op);

} // namespace synfire

#endif // SYNFIRE_PASSES_LOWER_CURRENTWALK_H
