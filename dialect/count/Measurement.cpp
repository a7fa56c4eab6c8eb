// Measurement: the spikes that a run of the interpreter had, by op.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/count/Measurement.h"

#include "dialect/interpreter/NeuronRules.h"
#include "dialect/interpreter/Tensor.h"
#include "dialect/spike/Spike.h"

#include "llvm/ADT/StringMap.h"

#include <algorithm>
#include <numeric>

using namespace mlir;

namespace synfire::spike {

//===----------------------------------------------------------------------===//
// Scores
//===----------------------------------------------------------------------===//

/// The number of scores that are not zero. Time is the innermost loop, as in the interpreter,
/// because a score neuron runs over the time steps of one pair of tokens.
static int64_t countScores(SelfAttentionOp op, const Tensor &q, const Tensor &k) {
  const int64_t steps = q.dim(0), tokens = q.dim(1), heads = op.getHeadCount();
  const int64_t width = q.columns() / heads;
  ScoreNeuron neuron(op);
  int64_t nonZero = 0;
  for (int64_t head = 0; head < heads; ++head) {
    const int64_t keyHead = head * op.getKeyHeadCount() / heads;
    for (int64_t n = 0; n < tokens; ++n)
      for (int64_t m = 0; m < (op.isCausal() ? n + 1 : tokens); ++m) {
        neuron.start();
        for (int64_t t = 0; t < steps; ++t) {
          const int64_t *query =
              q.integers().data() + (t * tokens + n) * q.columns() + head * width;
          const int64_t *key =
              k.integers().data() + (t * tokens + m) * k.columns() + keyHead * width;
          int64_t score = std::inner_product(query, query + width, key, int64_t{0});
          (void)neuron.step(score); // the run that has made the spikes has seen no overflow
          nonZero += score != 0;
        }
      }
  }
  return nonZero;
}

//===----------------------------------------------------------------------===//
// Spikes
//===----------------------------------------------------------------------===//

/// The spikes of a tensor [steps x] tokens x features, by step and token: `count` counts those of a
/// row.
static Activity countSpikes(
    const Tensor &value,
    llvm::function_ref<int64_t(ArrayRef<int64_t>)> count = [](ArrayRef<int64_t> row) {
      return static_cast<int64_t>(row.size()) - llvm::count(row, 0);
    }) {
  const int64_t features = value.columns();
  std::vector<int64_t> cells;
  for (int64_t row = 0; row < value.rows(); ++row)
    cells.push_back(count(ArrayRef(value.integers()).slice(row * features, features)));
  return Activity::counted(value.rank() == 3 ? value.dim(0) : 1, value.dim(value.rank() - 2),
                           features, std::move(cells));
}

/// The sums of their values.
static Activity countValues(const Tensor &value) {
  return countSpikes(value, [](ArrayRef<int64_t> row) {
    return std::accumulate(row.begin(), row.end(), int64_t{0});
  });
}

static bool isSpikeTensor(Type type, const Tensor &value) {
  return isSpikeType(type) && value.rank() >= 2 && !value.isReal();
}

static int64_t countProducts(const Tensor &k, const Tensor &v) {
  int64_t count = 0;
  for (int64_t i = 0; i < k.size(); ++i)
    count += k.integers()[i] != 0 && v.integers()[i] != 0;
  return count;
}

void Measurement::observe(Operation *op, ArrayRef<const Tensor *> operands, const Tensor &value) {
  if (op->getNumResults() == 1 && isSpikeTensor(op->getResult(0).getType(), value)) {
    spikesOf[op] = countSpikes(value);
    valuesOf[op] = countValues(value);
  }
  if (auto attention = dyn_cast<SelfAttentionOp>(op))
    productsOf[op] = countScores(attention, *operands[0], *operands[1]);
  if (isa<KeyValueSumOp>(op))
    productsOf[op] = countProducts(*operands[0], *operands[1]);
  for (auto [operand, tensor] : llvm::zip(op->getOperands(), operands)) {
    auto argument = dyn_cast<BlockArgument>(operand);
    if (argument && isa<func::FuncOp>(argument.getOwner()->getParentOp()) && !input &&
        isSpikeTensor(argument.getType(), *tensor)) {
      input = countSpikes(*tensor);
      inputSums = countValues(*tensor);
    }
  }
}

std::optional<Activity> Measurement::spikes(Operation *op) const {
  auto found = spikesOf.find(op);
  return found == spikesOf.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Activity> Measurement::values(Operation *op) const {
  auto found = valuesOf.find(op);
  return found == valuesOf.end() ? std::nullopt : std::optional(found->second);
}

std::optional<int64_t> Measurement::products(Operation *op) const {
  auto found = productsOf.find(op);
  return found == productsOf.end() ? std::nullopt : std::optional(found->second);
}

FailureOr<Measurement> Measurement::forFunction(func::FuncOp counted) const {
  llvm::StringMap<Operation *> seen;
  auto remember = [&](Operation *op) -> LogicalResult {
    auto [at, isNew] = seen.try_emplace(sourceName(op), op);
    if (isNew || at->second == op)
      return success();
    return op->emitOpError() << "'" << at->first()
                             << "': 2 ops with spikes have this name, so that their spikes cannot "
                                "be told apart; give each a location of its own";
  };
  for (const auto &[op, spikes] : spikesOf)
    if (failed(remember(op)))
      return failure();
  for (const auto &[op, count] : productsOf)
    if (failed(remember(op)))
      return failure();

  Measurement result;
  result.input = input;
  result.inputSums = inputSums;
  counted.walk([&](Operation *op) {
    auto at = seen.find(sourceName(op));
    if (at == seen.end() || at->second->getName().getStringRef() != op->getName().getStringRef())
      return;
    if (auto spikes = spikesOf.find(at->second); spikes != spikesOf.end())
      result.spikesOf[op] = spikes->second;
    if (auto values = valuesOf.find(at->second); values != valuesOf.end())
      result.valuesOf[op] = values->second;
    if (auto products = productsOf.find(at->second); products != productsOf.end())
      result.productsOf[op] = products->second;
  });
  return result;
}

} // namespace synfire::spike
