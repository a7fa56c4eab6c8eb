// AttentionKernels: spiking self-attention in its defining form, (Q K^T) V.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/Kernels.h"

using namespace mlir;
using namespace synfire::spike;

FailureOr<Tensor> synfire::spike::evaluate(SelfAttentionOp op, Operands operands) {
  const Tensor::Integers &q = operands[0]->integers(), &k = operands[1]->integers(),
                         &v = operands[2]->integers();
  const Tensor &shape = *operands[0];
  int64_t steps = shape.dim(0), tokens = shape.dim(1), columns = shape.dim(2);
  int64_t width = columns / op.getHeadCount();

  // A V, exact integers: all operands are spikes.
  Tensor sums = Tensor::ofIntegers(shape.shape());
  for (int64_t t = 0; t < steps; ++t)
    for (int64_t first = 0; first < columns; first += width)
      for (int64_t n = 0; n < tokens; ++n) {
        int64_t seen = op.isCausal() ? n + 1 : tokens;
        int64_t reader = (t * tokens + n) * columns + first;
        for (int64_t m = 0; m < seen; ++m) {
          int64_t read = (t * tokens + m) * columns + first;
          int64_t score = 0;
          for (int64_t c = 0; c < width; ++c)
            score += q[reader + c] * k[read + c];
          for (int64_t c = 0; c < width; ++c)
            sums.integers()[reader + c] += score * v[read + c];
        }
      }

  if (FixedAttr encoding = getFixedEncoding(op.getResult().getType())) {
    for (int64_t &sum : sums.integers())
      sum <<= encoding.getFractionBits();
    if (failed(checkCurrent(op, sums)))
      return failure();
    return sums;
  }
  Tensor result = Tensor::ofReals(shape.shape());
  for (int64_t i = 0; i < sums.size(); ++i)
    result.reals()[i] = op.getAttentionScale() * sums.at(i);
  return result;
}
