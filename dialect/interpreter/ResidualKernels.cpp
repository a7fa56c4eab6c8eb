// ResidualKernels: residuals and gates.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/Kernels.h"

using namespace mlir;
using namespace synfire::spike;

static FailureOr<Tensor> evaluate(AddOp op, Operands operands) {
  const Tensor &lhs = *operands[0], &rhs = *operands[1];
  if (lhs.isReal())
    return mapReals(lhs, [&](double x, int64_t i) { return x + rhs.reals()[i]; });
  Tensor result = Tensor::ofIntegers(lhs.shape());
  for (int64_t i = 0; i < lhs.size(); ++i)
    result.integers()[i] = lhs.integers()[i] + rhs.integers()[i];
  if (getFixedEncoding(op.getResult().getType()) && failed(checkCurrent(op, result)))
    return failure();
  return result;
}

static FailureOr<Tensor> evaluate(MultiplyOp, Operands operands) {
  return mapReals(*operands[0], [&](double x, int64_t i) { return x * operands[1]->at(i); });
}

static FailureOr<Tensor> evaluate(LogicOp op, Operands operands) {
  const Tensor::Integers &a = operands[0]->integers(), &b = operands[1]->integers();
  Tensor result = Tensor::ofIntegers(operands[0]->shape());
  for (int64_t i = 0; i < result.size(); ++i)
    switch (op.getMode()) {
    case Logic::Or:
      result.integers()[i] = a[i] | b[i];
      break;
    case Logic::And:
      result.integers()[i] = a[i] & b[i];
      break;
    case Logic::Iand:
      result.integers()[i] = ~a[i] & b[i];
      break;
    }
  return result;
}

void synfire::spike::addResidualKernels(KernelTable &table) {
  table.add<AddOp, MultiplyOp, LogicOp>(
      [](auto op, Operands operands) { return ::evaluate(op, operands); });
}
