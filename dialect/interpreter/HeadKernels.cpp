// HeadKernels: residual sums, recombination of time steps, dequantisation.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/Kernels.h"

using namespace mlir;
using namespace synfire::spike;

FailureOr<Tensor> synfire::spike::evaluate(AddOp op, Operands operands) {
  const Tensor &lhs = *operands[0], &rhs = *operands[1];
  if (lhs.isReal()) {
    Tensor result = Tensor::ofReals(lhs.shape());
    for (int64_t i = 0; i < lhs.size(); ++i)
      result.reals()[i] = lhs.reals()[i] + rhs.reals()[i];
    return result;
  }
  Tensor result = Tensor::ofIntegers(lhs.shape());
  for (int64_t i = 0; i < lhs.size(); ++i)
    result.integers()[i] = lhs.integers()[i] + rhs.integers()[i];
  if (getFixedEncoding(op.getResult().getType()) && failed(checkCurrent(op, result)))
    return failure();
  return result;
}

/// Sum over the time steps, the last step, or all of them side by side.
static Tensor recombine(RecombineOp op, const Tensor &spikes) {
  int64_t steps = spikes.dim(0), tokens = spikes.dim(1), columns = spikes.dim(2);
  bool concatenates = op.getMode() == Recombination::Concatenate;
  int64_t width = concatenates ? steps * columns : columns;
  Tensor result = Tensor::ofIntegers({tokens, width});
  for (int64_t t = op.getMode() == Recombination::Last ? steps - 1 : 0; t < steps; ++t)
    for (int64_t n = 0; n < tokens; ++n)
      for (int64_t c = 0; c < columns; ++c)
        result.integers()[n * width + (concatenates ? t * columns : 0) + c] +=
            spikes.integers()[(t * tokens + n) * columns + c];
  return result;
}

FailureOr<Tensor> synfire::spike::evaluate(RecombineOp op, Operands operands) {
  Tensor counts = recombine(op, *operands[0]);
  if (getFixedEncoding(op.getResult().getType()))
    return counts;
  double divisor =
      op.getMode() == Recombination::Mean ? static_cast<double>(operands[0]->dim(0)) : 1.0;
  Tensor result = Tensor::ofReals(counts.shape());
  for (int64_t i = 0; i < counts.size(); ++i)
    result.reals()[i] = counts.at(i) / divisor;
  return result;
}

FailureOr<Tensor> synfire::spike::evaluate(DequantizeOp op, Operands operands) {
  const Tensor &input = *operands[0];
  FixedAttr encoding = getFixedEncoding(op.getInput().getType());
  Tensor result = Tensor::ofReals(input.shape());
  for (int64_t i = 0; i < input.size(); ++i)
    result.reals()[i] = realAt(input, encoding, i);
  return result;
}
