// Evaluation: runs the operations of a block, and records what they emit.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/Evaluation.h"

#include "dialect/NamedError.h"
#include "dialect/interpreter/Kernels.h"
#include "dialect/spike/TensorRules.h"

#include <cmath>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

void Frame::define(Value value, Tensor tensor) {
  if (!value.use_empty())
    live.try_emplace(value,
                     Cell{std::move(tensor), std::distance(value.use_begin(), value.use_end())});
}

void Frame::release(Value value) {
  auto found = live.find(value);
  if (--found->second.readers == 0)
    live.erase(found);
}

/// Fails when a real is not finite, after an overflow of float64 or a division by 0. Every op is
/// checked, because a later comparison would hide such a number.
static LogicalResult checkFinite(Operation *op, const Tensor &value) {
  if (!value.isReal())
    return success();
  auto bad = llvm::find_if_not(value.reals(), [](double x) { return std::isfinite(x); });
  if (bad == value.reals().end())
    return success();
  return errorAt(op, value.shape(), bad - value.reals().begin())
         << "needs a finite value, has " << (std::isnan(*bad) ? "nan" : std::to_string(*bad));
}

LogicalResult Evaluation::run(Block &block, Frame &frame) {
  for (Operation &op : block.without_terminator()) {
    if (auto recurrent = dyn_cast<RecurrentOp>(op)) {
      if (failed(runRecurrent(recurrent, frame)))
        return failure();
      continue;
    }
    SmallVector<const Tensor *> operands;
    for (Value operand : op.getOperands())
      operands.push_back(&frame[operand]);
    if (options.prepare && result && !op.getParentOfType<RecurrentOp>() &&
        failed(options.prepare(&op, operands)))
      return failure();
    FailureOr<Tensor> value = evaluate(&op, operands);
    if (failed(value) || failed(checkFinite(&op, *value)))
      return failure();
    if (steps && value->rank() == 3 && value->dim(0) != *steps)
      value = value->firstSteps(*steps); // a repeat always yields all steps of its type
    if (result)
      record(&op, *value);
    if (result && options.observe)
      options.observe(&op, operands, *value);
    for (Value operand : op.getOperands())
      frame.release(operand);
    frame.define(op.getResult(0), std::move(*value));
  }
  return success();
}

/// Calls `visit` for every use inside `op` of a value that is defined outside of it.
static void forEachCapture(RecurrentOp op, llvm::function_ref<void(Value)> visit) {
  op.getBody().walk([&](Operation *inside) {
    for (Value operand : inside->getOperands())
      if (!op.getBody().isAncestor(operand.getParentRegion()))
        visit(operand);
  });
}

/// The body is causal: the first t steps of the feedback determine the first t steps of the
/// results, and these determine step t of the feedback. Round t runs the body on t + 1 steps, so
/// that it reads only steps of the feedback that are final, and an overflow in any round is one in
/// the solution. The last round computes the solution.
LogicalResult Evaluation::runRecurrent(RecurrentOp op, Frame &frame) {
  Block &body = op.getBody().front();
  int64_t rounds = steps.value_or(resultShape(op).front());
  std::vector<Tensor> results;
  for (BlockArgument argument : body.getArguments()) {
    RankedTensorType type = tensorOf(argument);
    std::vector<int64_t> none{0, type.isDynamicDim(1) ? tokens : type.getDimSize(1),
                              type.getDimSize(2)};
    results.push_back(type.getElementType().isF32() ? Tensor::ofReals(none)
                                                    : Tensor::ofIntegers(none));
  }
  for (int64_t round = 0; round < rounds; ++round) {
    Frame inner;
    forEachCapture(op, [&](Value value) {
      const Tensor &outside = frame[value];
      inner.define(value, outside.rank() == 3 ? outside.firstSteps(round + 1) : outside);
    });
    for (auto [argument, past] : llvm::zip_equal(body.getArguments(), results)) {
      int64_t step = past.dim(1) * past.dim(2);
      inner.define(argument, past.rearranged({round + 1, past.dim(1), past.dim(2)},
                                             [&](int64_t i) { return i - step; }));
    }
    bool last = round + 1 == rounds;
    Evaluation evaluation(options, tokens, last ? result : nullptr, round + 1);
    if (failed(evaluation.run(body, inner)))
      return failure();
    for (auto [past, yielded] : llvm::zip_equal(results, body.getTerminator()->getOperands()))
      past = inner[yielded];
  }
  forEachCapture(op, [&](Value value) { frame.release(value); });
  for (auto [value, tensor] : llvm::zip_equal(op.getResults(), results))
    frame.define(value, std::move(tensor));
  return success();
}

//===----------------------------------------------------------------------===//
// Records
//===----------------------------------------------------------------------===//

void Evaluation::record(Operation *op, const Tensor &value) {
  if (value.rank() != 3)
    return;
  Type type = op->getResult(0).getType();
  if (isSpikeType(type)) {
    SpikeRecord record{sourceName(op), isa<NeuronLike>(op), value.dim(0),
                       value.dim(1),   value.dim(2),        {}};
    record.values.assign(value.integers().begin(), value.integers().end());
    record.isGate = isa<SpikeGate>(op);
    result->spikes.push_back(std::move(record));
  } else if (options.keepCurrents) {
    CurrentRecord record{sourceName(op), value.dim(0), value.dim(1), value.dim(2), {}};
    FixedAttr encoding = getFixedEncoding(type);
    record.values.reserve(value.size());
    for (int64_t i = 0; i < value.size(); ++i)
      record.values.push_back(realAt(value, encoding, i));
    result->currents.push_back(std::move(record));
  }
}
