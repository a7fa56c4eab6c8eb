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

/// Rows x columns of a projection. Sparse: the diagonal of the columns, `rows`
/// being equal to them.
struct BlockShape {
  int64_t firstRow = 0, rows = 0, firstColumn = 0, columns = 0;
};

/// Finds source weights by report name and quantises blocks of them.
class WeightBlocks {
public:
  /// `module` holds the quantised function.
  explicit WeightBlocks(mlir::ModuleOp module);

  /// Integers of a block, row major, into `out`. Fails, after an error, when
  /// the weights cannot be read.
  mlir::LogicalResult fill(chip::ProjectionOp projection, const BlockShape &shape,
                           std::vector<int16_t> &out) const;

  /// Hash of all source weights, their factors and biases, in model order.
  uint64_t checksum() const;

private:
  llvm::SmallVector<spike::SynapseLike> synapses;
  llvm::StringMap<spike::SynapseLike> byName;
};

} // namespace synfire

#endif // SYNFIRE_PASSES_LOWER_WEIGHTBLOCKS_H
