// Interpreter: the meaning of the spike dialect, slow, clear and exact.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/Interpreter.h"

#include "dialect/NamedError.h"
#include "dialect/Violation.h"
#include "dialect/interpreter/Evaluation.h"
#include "dialect/interpreter/Kernels.h"
#include "dialect/interpreter/RunMemory.h"
#include "dialect/spike/TensorRules.h"

#include <cmath>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

const SpikeRecord *InterpretResult::findSpikes(StringRef name) const {
  auto found = llvm::find_if(spikes, [&](const SpikeRecord &r) { return r.name == name; });
  return found == spikes.end() ? nullptr : &*found;
}

/// Checks that a function has one block, one argument whose type `accepts` allows, and one result.
/// Returns the argument's type, or null after a message that names `needs`.
static RankedTensorType checkSignature(func::FuncOp function,
                                       llvm::function_ref<bool(RankedTensorType)> accepts,
                                       StringRef needs) {
  if (function.isExternal() || !function.getBody().hasOneBlock()) {
    emitModelError(function) << "needs one block, has " << function.getBody().getBlocks().size();
    return {};
  }
  auto type = function.getNumArguments() == 1
                  ? dyn_cast<RankedTensorType>(function.getArgumentTypes()[0])
                  : RankedTensorType();
  if (type && function.getNumResults() == 1 && accepts(type))
    return type;
  emitModelError(function) << "needs the type (" << needs << ") -> one tensor, has "
                           << text(function.getFunctionType());
  return {};
}

static LogicalResult checkContext(func::FuncOp function, int64_t tokens) {
  auto model = function->getAttrOfType<ModelAttr>(kModelAttrName);
  if (model && tokens > model.getContextLength())
    return emitModelError(function) << "needs at most " << model.getContextLength()
                                    << " tokens (its context), has " << tokens;
  return success();
}

static FailureOr<InterpretResult> run(func::FuncOp function, Tensor input, int64_t tokens,
                                      const InterpretOptions &options) {
  Block &body = function.getBody().front();
  if (failed(checkMemory(function, tokens, options)))
    return failure();
  InterpretResult result;
  Frame frame;
  frame.define(body.getArgument(0), std::move(input));
  if (failed(Evaluation(options, tokens, &result).run(body, frame)))
    return failure();
  Operation *exit = body.getTerminator();
  const Tensor &logits = frame[exit->getOperand(0)];
  if (logits.rank() != 2)
    return emitModelError(function)
           << "needs a result of rank 2 (tokens x vocabulary), has rank " << logits.rank();
  result.tokens = logits.dim(0);
  result.vocabulary = logits.dim(1);
  FixedAttr encoding = getFixedEncoding(exit->getOperand(0).getType());
  result.logits.reserve(logits.size());
  for (int64_t i = 0; i < logits.size(); ++i)
    result.logits.push_back(realAt(logits, encoding, i));
  return result;
}

FailureOr<InterpretResult> synfire::spike::interpret(func::FuncOp function,
                                                     ArrayRef<int32_t> tokens,
                                                     const InterpretOptions &options) {
  auto isIds = [](RankedTensorType type) {
    return type.getRank() == 1 && type.getElementType().isSignlessInteger(32);
  };
  RankedTensorType type = checkSignature(function, isIds, "tensor<?xi32>");
  if (!type)
    return failure();
  auto count = static_cast<int64_t>(tokens.size());
  if (count == 0)
    return emitModelError(function) << "needs at least 1 token, has 0";
  if (!type.isDynamicDim(0) && type.getDimSize(0) != count)
    return emitModelError(function) << "needs " << type.getDimSize(0) << " tokens, has " << count;
  if (failed(checkContext(function, count)))
    return failure();
  Tensor ids = Tensor::ofIntegers({count});
  llvm::copy(tokens, ids.integers().begin());
  return run(function, std::move(ids), count, options);
}

/// Checks the input against the type of the argument and returns it as a tensor.
static FailureOr<Tensor> readInput(func::FuncOp function, RankedTensorType type,
                                   const InputTensor &input) {
  bool fits = static_cast<int64_t>(input.shape.size()) == type.getRank();
  int64_t numbers = 1;
  for (size_t d = 0; fits && d < input.shape.size(); ++d)
    fits = input.shape[d] > 0 && (type.isDynamicDim(d) || type.getDimSize(d) == input.shape[d]) &&
           !__builtin_mul_overflow(numbers, input.shape[d], &numbers);
  if (!fits)
    return emitModelError(function) << "input: needs the shape " << describe(type.getShape())
                                    << ", has " << describe(input.shape);
  if (static_cast<int64_t>(input.values.size()) != numbers)
    return emitModelError(function) << "input: needs " << numbers << " numbers (of shape "
                                    << describe(input.shape) << "), has " << input.values.size();
  bool real = type.getElementType().isF32();
  double largest = real ? 0.0 : std::ldexp(1.0, type.getElementTypeBitWidth()) - 1.0;
  Tensor result = real ? Tensor::ofReals(input.shape) : Tensor::ofIntegers(input.shape);
  for (int64_t i = 0; i < numbers; ++i) {
    double x = input.values[i];
    if (real ? !std::isfinite(x) : !(x >= 0.0 && x <= largest && x == std::floor(x))) {
      InFlightDiagnostic diagnostic = emitModelError(function)
                                      << "input: number " << i << ": needs ";
      if (real)
        diagnostic << "a finite number";
      else
        diagnostic << "a spike in 0.." << static_cast<uint64_t>(largest);
      return diagnostic << ", has " << std::to_string(x);
    }
    if (real)
      result.reals()[i] = x;
    else
      result.integers()[i] = static_cast<int64_t>(x);
  }
  return result;
}

FailureOr<InterpretResult> synfire::spike::interpret(func::FuncOp function,
                                                     const InputTensor &input,
                                                     const InterpretOptions &options) {
  auto isInput = [](RankedTensorType type) {
    return (type.getRank() == 2 || type.getRank() == 3) && !type.getEncoding() &&
           (isSpikeType(type) || type.getElementType().isF32()) &&
           type.getElementTypeBitWidth() <= 32;
  };
  RankedTensorType type = checkSignature(function, isInput, "[T x] N x D spikes or f32");
  if (!type)
    return failure();
  FailureOr<Tensor> value = readInput(function, type, input);
  if (failed(value))
    return failure();
  int64_t tokens = input.shape[input.shape.size() - 2];
  // The context limits only a dynamic number of tokens. A static one, the points of an image, is
  // fixed by the type.
  if (type.isDynamicDim(type.getRank() - 2) && failed(checkContext(function, tokens)))
    return failure();
  return run(function, std::move(*value), tokens, options);
}
