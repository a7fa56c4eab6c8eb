// Interpreter: the meaning of the spike dialect, slow, clear and exact.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/Interpreter.h"

#include "dialect/interpreter/Kernels.h"

#include "llvm/ADT/DenseMap.h"

using namespace mlir;
using namespace synfire::spike;

const SpikeRecord *InterpretResult::findSpikes(StringRef name) const {
  auto found = llvm::find_if(spikes, [&](const SpikeRecord &r) { return r.name == name; });
  return found == spikes.end() ? nullptr : &*found;
}

namespace {

/// Values by name, each kept until its last reader has run.
class Frame {
public:
  void define(Value value, Tensor tensor) {
    if (!value.use_empty())
      live.try_emplace(value,
                       Cell{std::move(tensor), std::distance(value.use_begin(), value.use_end())});
  }

  const Tensor &operator[](Value value) const { return live.find(value)->second.tensor; }

  void release(OpOperand &use) {
    auto found = live.find(use.get());
    if (--found->second.readers == 0)
      live.erase(found);
  }

private:
  struct Cell {
    Tensor tensor;
    int64_t readers;
  };
  llvm::DenseMap<Value, Cell> live;
};

} // namespace

static LogicalResult recordSpikes(Operation *op, const Tensor &value, InterpretResult &result) {
  SpikeRecord record{sourceName(op), isa<NeuronLike>(op), value.dim(0),
                     value.dim(1),   value.dim(2),        {}};
  record.values.reserve(value.size());
  for (int64_t spike : value.integers()) {
    if (spike > 255)
      return op->emitOpError() << "'" << record.name
                               << "': a graded spike is too large to record: has " << spike
                               << ", needs at most 255";
    record.values.push_back(static_cast<uint8_t>(spike));
  }
  result.spikes.push_back(std::move(record));
  return success();
}

static void recordCurrent(Operation *op, const Tensor &value, InterpretResult &result) {
  CurrentRecord record{sourceName(op), value.dim(0), value.dim(1), value.dim(2), {}};
  FixedAttr encoding = getFixedEncoding(op->getResult(0).getType());
  record.values.reserve(value.size());
  for (int64_t i = 0; i < value.size(); ++i)
    record.values.push_back(realAt(value, encoding, i));
  result.currents.push_back(std::move(record));
}

static LogicalResult record(Operation *op, const Tensor &value, const InterpretOptions &options,
                            InterpretResult &result) {
  if (value.rank() != 3)
    return success();
  if (isSpikeType(op->getResult(0).getType()))
    return recordSpikes(op, value, result);
  if (options.keepCurrents)
    recordCurrent(op, value, result);
  return success();
}

/// One token argument, one body block, one result; as many tokens as allowed.
static LogicalResult checkCall(func::FuncOp function, int64_t tokens) {
  if (function.isExternal() || !function.getBody().hasOneBlock())
    return function.emitOpError() << "cannot be interpreted: has "
                                  << function.getBody().getBlocks().size() << " blocks, needs one";
  auto type = function.getNumArguments() == 1
                  ? dyn_cast<RankedTensorType>(function.getArgumentTypes()[0])
                  : RankedTensorType();
  if (!type || type.getRank() != 1 || !type.getElementType().isSignlessInteger(32) ||
      function.getNumResults() != 1)
    return function.emitOpError() << "cannot be interpreted: has type "
                                  << function.getFunctionType()
                                  << ", needs (tensor<?xi32>) -> one tensor";
  if (tokens == 0)
    return function.emitOpError() << "has no tokens to run on: has 0, needs at least 1";
  if (!type.isDynamicDim(0) && type.getDimSize(0) != tokens)
    return function.emitOpError() << "takes another number of tokens: has " << tokens << ", needs "
                                  << type.getDimSize(0);
  auto model = function->getAttrOfType<ModelAttr>(kModelAttrName);
  if (model && tokens > model.getContextLength())
    return function.emitOpError() << "too many tokens for model '" << model.getName().getValue()
                                  << "': has " << tokens << ", needs at most "
                                  << model.getContextLength() << ", its context";
  return success();
}

FailureOr<InterpretResult> synfire::spike::interpret(func::FuncOp function,
                                                     ArrayRef<int32_t> tokens,
                                                     const InterpretOptions &options) {
  auto count = static_cast<int64_t>(tokens.size());
  if (failed(checkCall(function, count)))
    return failure();
  InterpretResult result;
  Frame frame;
  Tensor ids = Tensor::ofIntegers({count});
  llvm::copy(tokens, ids.integers().begin());
  frame.define(function.getArgument(0), std::move(ids));

  for (Operation &op : function.getBody().front()) {
    if (auto exit = dyn_cast<func::ReturnOp>(op)) {
      const Tensor &logits = frame[exit.getOperand(0)];
      if (logits.rank() != 2)
        return exit.emitOpError() << "returns no logits: has rank " << logits.rank()
                                  << ", needs [tokens, vocabulary]";
      result.tokens = logits.dim(0);
      result.vocabulary = logits.dim(1);
      FixedAttr encoding = getFixedEncoding(exit.getOperand(0).getType());
      for (int64_t i = 0; i < logits.size(); ++i)
        result.logits.push_back(realAt(logits, encoding, i));
      break;
    }
    SmallVector<const Tensor *> operands;
    for (Value operand : op.getOperands())
      operands.push_back(&frame[operand]);
    FailureOr<Tensor> value = evaluate(&op, operands);
    if (failed(value) || failed(record(&op, *value, options, result)))
      return failure();
    if (options.observe)
      options.observe(&op, operands, *value);
    for (OpOperand &operand : op.getOpOperands())
      frame.release(operand);
    frame.define(op.getResult(0), std::move(*value));
  }
  return result;
}
