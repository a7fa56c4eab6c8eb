// Recurrence: one time step of a recurrent region, op by op.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/Recurrence.h"

#include "dialect/interpreter/Evaluation.h"
#include "dialect/spike/TensorRules.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

void synfire::spike::forEachCapture(RecurrentOp op, llvm::function_ref<void(Value)> visit) {
  op.getBody().walk([&](Operation *inside) {
    for (Value operand : inside->getOperands())
      if (!op.getBody().isAncestor(operand.getParentRegion()))
        visit(operand);
  });
}

Recurrence::Recurrence(RecurrentOp op, int64_t tokens) : op(op), tokens(tokens) {
  for (BlockArgument argument : op.getBody().front().getArguments()) {
    RankedTensorType type = tensorOf(argument);
    std::vector<int64_t> shape{1, type.isDynamicDim(1) ? tokens : type.getDimSize(1),
                               type.getDimSize(2)};
    last.push_back(type.getElementType().isF32() ? Tensor::ofReals(shape)
                                                 : Tensor::ofIntegers(shape));
  }
}

LogicalResult Recurrence::step(Outside outside) {
  Block &body = op.getBody().front();
  llvm::DenseMap<Value, Tensor> values;
  auto valueOf = [&](Value value) -> const Tensor & {
    auto found = values.find(value);
    return found == values.end() ? outside(value) : found->second;
  };
  for (auto [argument, before] : llvm::zip_equal(body.getArguments(), last))
    values.try_emplace(argument, std::move(before));
  for (Operation &inside : body.without_terminator()) {
    if (auto region = dyn_cast<RecurrentOp>(inside)) {
      std::unique_ptr<Recurrence> &recurrence = inner[region];
      if (!recurrence)
        recurrence = std::make_unique<Recurrence>(region, tokens);
      if (failed(recurrence->step(valueOf)))
        return failure();
      for (auto [result, tensor] : llvm::zip_equal(region.getResults(), recurrence->results()))
        values.try_emplace(result, tensor);
      continue;
    }
    SmallVector<const Tensor *> operands;
    for (Value operand : inside.getOperands())
      operands.push_back(&valueOf(operand));
    FailureOr<Tensor> value = evaluateStep(&inside, operands, memories[&inside]);
    if (failed(value) || failed(checkFinite(&inside, *value)))
      return failure();
    if (value->dim(0) > 1)
      value = value->firstSteps(1); // a repeat always yields all steps of its type
    values.try_emplace(inside.getResult(0), std::move(*value));
  }
  for (auto [result, yielded] : llvm::zip_equal(last, body.getTerminator()->getOperands()))
    result = valueOf(yielded);
  return success();
}
