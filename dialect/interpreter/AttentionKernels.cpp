// AttentionKernels: attention, each in its defining form.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/Kernels.h"
#include "dialect/interpreter/NeuronRules.h"

using namespace mlir;
using namespace synfire::spike;

//===----------------------------------------------------------------------===//
// Spiking attention
//===----------------------------------------------------------------------===//

/// The result A V of spiking attention, in exact integers because all operands are spikes. A score
/// neuron runs over the time steps of one pair of tokens, so time is the innermost loop.
static FailureOr<Tensor> attend(SelfAttentionOp op, const Tensor &q, const Tensor &k,
                                const Tensor &v) {
  int64_t steps = q.dim(0), tokens = q.dim(1), columns = q.columns(), keyColumns = k.columns();
  int64_t heads = op.getHeadCount(), width = columns / heads;
  ScoreNeuron neuron(op);
  Tensor sums = Tensor::ofIntegers(q.shape());
  for (int64_t h = 0; h < heads; ++h)
    for (int64_t n = 0; n < tokens; ++n)
      for (int64_t m = 0; m < (op.isCausal() ? n + 1 : tokens); ++m) {
        neuron.start();
        for (int64_t t = 0; t < steps; ++t) {
          int64_t reader = (t * tokens + n) * columns + h * width;
          int64_t read = (t * tokens + m) * keyColumns + h * op.getKeyHeadCount() / heads * width;
          int64_t score = 0;
          for (int64_t e = 0; e < width; ++e)
            score += q.integers()[reader + e] * k.integers()[read + e];
          if (auto overflow = neuron.step(score))
            return refuseOverflow(
                std::move(errorAt(op, q.shape(), reader) << "score of token " << m << ": "),
                *overflow);
          if (score != 0)
            for (int64_t c = 0; c < width; ++c)
              sums.integers()[reader + c] += score * v.integers()[read + c];
        }
      }
  return sums;
}

static FailureOr<Tensor> evaluate(SelfAttentionOp op, Operands operands) {
  FixedAttr encoding = getFixedEncoding(op.getResult().getType());
  FailureOr<Tensor> sums = attend(op, *operands[0], *operands[1], *operands[2]);
  if (failed(sums))
    return failure();
  if (!encoding)
    return mapReals(*sums, [&](double sum, int64_t) { return op.getAttentionScale() * sum; });
  for (int64_t &sum : sums->integers())
    sum = currentOf(sum, encoding.getFractionBits());
  if (failed(checkCurrent(op, *sums)))
    return failure();
  return sums;
}

static FailureOr<Tensor> evaluate(KeyValueSumOp op, Operands operands) {
  const Tensor::Integers &k = operands[0]->integers(), &v = operands[1]->integers();
  int64_t steps = operands[0]->dim(0), tokens = operands[0]->dim(1);
  int64_t columns = operands[0]->columns();
  Tensor sums = Tensor::ofIntegers(operands[0]->shape());
  for (int64_t t = 0; t < steps; ++t)
    for (int64_t n = 0; n < tokens; ++n)
      for (int64_t m = 0; m < (op.getCausal() ? n + 1 : tokens); ++m)
        for (int64_t c = 0; c < columns; ++c) {
          int64_t read = (t * tokens + m) * columns + c;
          sums.integers()[(t * tokens + n) * columns + c] += k[read] * v[read];
        }
  FixedAttr encoding = getFixedEncoding(op.getResult().getType());
  if (!encoding)
    return mapReals(sums, [](double sum, int64_t) { return sum; });
  for (int64_t &sum : sums.integers())
    sum = currentOf(sum, encoding.getFractionBits());
  if (failed(checkCurrent(op, sums)))
    return failure();
  return sums;
}

//===----------------------------------------------------------------------===//
// Softmax attention
//===----------------------------------------------------------------------===//

static FailureOr<Tensor> evaluate(SoftmaxAttentionOp op, Operands operands) {
  const Tensor &q = *operands[0], &k = *operands[1], &v = *operands[2];
  int64_t tokens = q.dim(q.rank() - 2), columns = q.columns(), keyColumns = k.columns();
  int64_t heads = op.getHeads(), keyHeads = op.getKvHeads().value_or(heads);
  int64_t width = columns / heads;
  double scale = op.getScale().convertToDouble();
  Tensor result = Tensor::ofReals(q.shape());
  std::vector<double> weights;
  for (int64_t row = 0; row < q.rows(); ++row) { // token n of a time step
    int64_t n = row % tokens, firstRow = row - n, seen = op.getCausal() ? n + 1 : tokens;
    for (int64_t h = 0; h < heads; ++h) {
      int64_t reader = row * columns + h * width;
      int64_t keyHead = h * keyHeads / heads * width;
      weights.resize(seen);
      for (int64_t m = 0; m < seen; ++m) {
        double sum = 0.0;
        for (int64_t e = 0; e < width; ++e)
          sum += q.reals()[reader + e] * k.reals()[(firstRow + m) * keyColumns + keyHead + e];
        weights[m] = scale * sum;
      }
      applySoftmax(weights);
      for (int64_t m = 0; m < seen; ++m)
        for (int64_t c = 0; c < width; ++c)
          result.reals()[reader + c] +=
              weights[m] * v.reals()[(firstRow + m) * keyColumns + keyHead + c];
    }
  }
  return result;
}

void synfire::spike::addAttentionKernels(KernelTable &table) {
  table.add<SelfAttentionOp, KeyValueSumOp, SoftmaxAttentionOp>(
      [](auto op, Operands operands) { return ::evaluate(op, operands); });
}
