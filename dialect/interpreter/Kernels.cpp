// Kernels: the table of kernels, and messages that they share.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/Kernels.h"

#include "llvm/ADT/TypeSwitch.h"

#include <cmath>
#include <limits>

using namespace mlir;
using namespace synfire::spike;

FailureOr<Tensor> synfire::spike::evaluate(Operation *op, Operands operands) {
  return llvm::TypeSwitch<Operation *, FailureOr<Tensor>>(op)
      .Case<LookupOp, PositionOp, BinarizeOp, ConcatOp, RepeatOp, LinearOp, InjectOp, BatchNormOp,
            PowerNormOp, NeuronOp, SelfAttentionOp, AddOp, RecombineOp, DequantizeOp>(
          [&](auto known) { return evaluate(known, operands); })
      .Default([](Operation *unknown) -> FailureOr<Tensor> {
        return unknown->emitOpError() << "cannot be interpreted: only operations of the spike "
                                         "dialect and func.return can";
      });
}

InFlightDiagnostic synfire::spike::errorAt(Operation *op, ArrayRef<int64_t> shape, int64_t index) {
  InFlightDiagnostic diagnostic = op->emitOpError();
  diagnostic << "'" << sourceName(op) << "': neuron " << index % shape.back();
  index /= shape.back();
  if (shape.size() > 1)
    diagnostic << ", token " << index % shape[shape.size() - 2];
  if (shape.size() > 2)
    diagnostic << ", step " << index / shape[1];
  diagnostic << ": ";
  return diagnostic;
}

double synfire::spike::realAt(const Tensor &value, FixedAttr encoding, int64_t index) {
  if (!encoding)
    return value.at(index);
  return std::ldexp(value.at(index) * encoding.scaleOf(index % value.columns()),
                    -static_cast<int>(encoding.getFractionBits()));
}

LogicalResult synfire::spike::checkCurrent(Operation *op, const Tensor &current) {
  using Limits = std::numeric_limits<int32_t>;
  for (int64_t i = 0; i < current.size(); ++i)
    if (int64_t value = current.integers()[i]; value < Limits::min() || value > Limits::max())
      return errorAt(op, current.shape(), i)
             << "the current overflows si32: has " << value << ", needs " << Limits::min() << ".."
             << Limits::max();
  return success();
}
