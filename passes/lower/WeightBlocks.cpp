// WeightBlocks: the integers of synapse blocks, made from the source weights.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/lower/WeightBlocks.h"

#include "dialect/NamedError.h"
#include "dialect/spike/FixedPoint.h"
#include "passes/WriterRange.h"

#include "llvm/Support/xxhash.h"

#include <algorithm>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

WeightBlocks::WeightBlocks(ModuleOp module) {
  module.walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (isa<chip::ProgramOp>(op)) // has copies of the synapse ops that the host computes
      return WalkResult::skip();
    if (auto synapse = dyn_cast<SynapseLike>(op)) {
      synapses.push_back(synapse);
      byName.try_emplace(sourceName(synapse), synapse);
    }
    return WalkResult::advance();
  });
}

LogicalResult WeightBlocks::fill(chip::ProjectionOp projection, const BlockShape &shape,
                                 std::vector<int32_t> &out) const {
  bool diagonal = projection.getEncoding() == "sparse";
  out.resize(diagonal ? shape.columns : shape.rows * shape.columns);
  auto found = byName.find(projection.getOp());
  // The synapses of gates, of sums of spikes and of counts for the host are not in the model.
  const bool gate = found != byName.end() && isSpikeType(found->second->getResult(0).getType());
  if (found == byName.end() || gate) {
    if (!diagonal)
      return projection.emitError()
             << "'" << projection.getOp()
             << "': is not in the module that the program was made from; as text it keeps "
                "the names of its operations with --mlir-print-debuginfo";
    std::fill(out.begin(), out.end(), static_cast<int32_t>(projection.getUniform()));
    return success();
  }
  SynapseLike synapse = found->second;
  FixedAttr encoding = getFixedEncoding(synapse->getResult(0).getType());
  if (!encoding)
    return emitNamedError(synapse) << "is not quantised";
  const WeightForm form = synapse.getWeightForm();
  if (diagonal) {
    for (int64_t c = 0; c < shape.columns; ++c)
      out[c] = static_cast<int32_t>(quantizeWeight(synapse.getDiagonalWeight(), 1.0, 1.0,
                                                   encoding.scaleOf(shape.firstColumn + c), form));
    return success();
  }
  auto emitError = [&] { return emitNamedError(synapse) << "weight: "; };
  FailureOr<WeightView> weights = WeightView::get(synapse.getStoredWeight(), emitError);
  if (failed(weights))
    return failure();
  double input = inputScale(synapse);
  SmallVector<double> row(shape.rows);
  for (int64_t c = 0; c < shape.columns; ++c) {
    int64_t column = shape.firstColumn + c;
    loadColumn(synapse, *weights, column, shape.firstRow, row);
    double factor = synapse.getColumnFactor(column), scale = encoding.scaleOf(column);
    for (int64_t r = 0; r < shape.rows; ++r)
      out[r * shape.columns + c] =
          static_cast<int32_t>(quantizeWeight(row[r], factor, input, scale, form));
  }
  return success();
}

FailureOr<std::vector<int64_t>> WeightBlocks::countNonzeros(chip::ProjectionOp projection) const {
  const auto rows = static_cast<int64_t>(projection.getRows());
  std::vector<int64_t> counts;
  std::vector<int32_t> column;
  for (int64_t c = 0; c < static_cast<int64_t>(projection.getColumns()); ++c) {
    if (failed(fill(projection, {0, rows, c, 1}, column)))
      return failure();
    counts.push_back(rows - std::count(column.begin(), column.end(), 0));
  }
  return counts;
}

/// Replaces `hash` by the hash of itself and of `numbers`.
static void chain(uint64_t &hash, ArrayRef<double> numbers) {
  uint64_t link[] = {hash,
                     llvm::xxh3_64bits(ArrayRef(reinterpret_cast<const uint8_t *>(numbers.data()),
                                                numbers.size() * sizeof(double)))};
  hash = llvm::xxh3_64bits(ArrayRef(reinterpret_cast<const uint8_t *>(link), sizeof(link)));
}

uint64_t WeightBlocks::checksum() const {
  uint64_t hash = 0;
  SmallVector<double> row;
  for (SynapseLike synapse : synapses) {
    if (synapse.isDiagonal())
      continue;
    FailureOr<WeightView> weights = WeightView::get(synapse.getStoredWeight());
    row.resize(synapse.getRows());
    for (int64_t c = 0; succeeded(weights) && c < synapse.getColumns(); ++c) {
      loadColumn(synapse, *weights, c, 0, row);
      chain(hash, row);
      chain(hash, {synapse.getColumnFactor(c), synapse.getBiasAt(c)});
    }
  }
  return hash;
}
