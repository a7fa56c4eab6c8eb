// Evaluation: runs the operations of a block, and records what they emit.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/Evaluation.h"

#include "dialect/NamedError.h"
#include "dialect/interpreter/Kernels.h"
#include "dialect/interpreter/Recurrence.h"
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

LogicalResult synfire::spike::checkFinite(Operation *op, const Tensor &value) {
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

/// Time step `step` of a value with time, as a tensor of one step.
static Tensor stepOf(const Tensor &value, int64_t step) {
  const int64_t size = value.dim(1) * value.dim(2);
  return value.rearranged({1, value.dim(1), value.dim(2)},
                          [&](int64_t i) { return step * size + i; });
}

/// Makes `from`, of one step, the time step `step` of a value with time.
static void setStep(Tensor &value, int64_t step, const Tensor &from) {
  const int64_t first = step * from.size();
  if (value.isReal())
    llvm::copy(from.reals(), value.reals().begin() + first);
  else
    llvm::copy(from.integers(), value.integers().begin() + first);
}

int64_t Evaluation::solveRecurrent(RecurrentOp op, const Frame &frame,
                                   std::vector<Tensor> &arguments) const {
  const int64_t count = arguments.front().dim(0);
  // The error of a step that fails is told by the run over all steps up to it.
  ScopedDiagnosticHandler silence(op.getContext(), [](Diagnostic &) { return success(); });
  Recurrence recurrence(op, tokens);
  for (int64_t step = 0; step < count; ++step) {
    llvm::DenseMap<Value, Tensor> captures;
    forEachCapture(op, [&](Value value) {
      if (const Tensor &whole = frame[value]; whole.rank() == 3 && !captures.contains(value))
        captures.try_emplace(value, stepOf(whole, step));
    });
    auto outside = [&](Value value) -> const Tensor & {
      auto found = captures.find(value);
      return found == captures.end() ? frame[value] : found->second;
    };
    if (failed(recurrence.step(outside)))
      return step;
    if (step + 1 < count)
      for (auto [argument, result] : llvm::zip_equal(arguments, recurrence.results()))
        setStep(argument, step + 1, result);
  }
  return count;
}

/// The arguments are found first, step by step. Then they are known, and the body is run like any
/// other, once for all steps, which records its values. If a step fails, that run goes up to this
/// step, so that it fails as the solution does.
LogicalResult Evaluation::runRecurrent(RecurrentOp op, Frame &frame) {
  Block &body = op.getBody().front();
  const int64_t count = steps.value_or(resultShape(op).front());
  std::vector<Tensor> arguments;
  for (BlockArgument argument : body.getArguments()) {
    RankedTensorType type = tensorOf(argument);
    std::vector<int64_t> shape{count, type.isDynamicDim(1) ? tokens : type.getDimSize(1),
                               type.getDimSize(2)};
    arguments.push_back(type.getElementType().isF32() ? Tensor::ofReals(shape)
                                                      : Tensor::ofIntegers(shape));
  }
  const int64_t solved = solveRecurrent(op, frame, arguments);
  const int64_t run = std::min(solved + 1, count);
  Frame inner;
  forEachCapture(op, [&](Value value) {
    const Tensor &outside = frame[value];
    inner.define(value, outside.rank() == 3 ? outside.firstSteps(run) : outside);
  });
  for (auto [argument, tensor] : llvm::zip_equal(body.getArguments(), arguments))
    inner.define(argument, run < count ? tensor.firstSteps(run) : std::move(tensor));
  Evaluation evaluation(options, tokens, solved == count ? result : nullptr, run);
  if (failed(evaluation.run(body, inner)))
    return failure();
  assert(solved == count && "a step failed that does not fail among all steps");
  forEachCapture(op, [&](Value value) { frame.release(value); });
  for (auto [value, yielded] :
       llvm::zip_equal(op.getResults(), body.getTerminator()->getOperands()))
    frame.define(value, inner[yielded]);
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
