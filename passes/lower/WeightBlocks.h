// WeightBlocks: the integers of synapse blocks, made from the source weights.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_LOWER_WEIGHTBLOCKS_H
#define SYNFIRE_PASSES_LOWER_WEIGHTBLOCKS_H

#include "dialect/chip/Chip.h"
#include "dialect/spike/Spike.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"

#include <vector>

namespace synfire {

/// Which weights of a projection a block holds: rows [firstRow, firstRow + rows) of columns
/// [firstColumn, firstColumn + columns). Of a sparse projection: those on its diagonal, where rows
/// and columns are the same.
struct BlockShape {
  int64_t firstRow = 0, rows = 0, firstColumn = 0, columns = 0;
};

/// Makes the integer weights of a program's blocks from the real weights of the model. A projection
/// finds its weights by the name of its op.
class WeightBlocks {
public:
  /// `module` holds the quantised function.
  explicit WeightBlocks(mlir::ModuleOp module);

  /// Resizes `out` and fills it with the integers of a block: rows x columns of them, row major, or
  /// one per column when the projection is sparse. A sparse projection whose op has no weights in
  /// the module (a sum of spikes) gets ones. Fails, after an error, when the op is not in the
  /// module, is not quantised, or when its weights cannot be read.
  mlir::LogicalResult fill(chip::ProjectionOp projection, const BlockShape &shape,
                           std::vector<int32_t> &out) const;

  /// How many integers of each column of a projection are not 0. Fails like fill().
  mlir::FailureOr<std::vector<int64_t>> countNonzeros(chip::ProjectionOp projection) const;

  /// A hash of all stored weights, factors and biases of the model, in model order. Weights that
  /// cannot be read are left out.
  uint64_t checksum() const;

private:
  llvm::SmallVector<spike::SynapseLike> synapses;
  llvm::StringMap<spike::SynapseLike> byName;
};

} // namespace synfire

#endif // SYNFIRE_PASSES_LOWER_WEIGHTBLOCKS_H
