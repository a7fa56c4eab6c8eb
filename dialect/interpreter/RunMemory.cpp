// RunMemory: whether the memory for a run is there.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/RunMemory.h"

#include "dialect/NamedError.h"
#include "dialect/spike/Spike.h"
#include "dialect/spike/TensorRules.h"
#include "support/MemoryNeed.h"

#include "llvm/ADT/DenseMap.h"

#include <algorithm>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

namespace {

/// Follows Evaluation over a block without computing anything.
class RunMemory {
public:
  RunMemory(int64_t tokens, const InterpretOptions &options) : tokens(tokens), options(options) {}

  double ofFunction(Block &body) {
    define(body.getArgument(0));
    run(body);
    hold(numbers(body.getTerminator()->getOperand(0)) * sizeof(double)); // the logits
    return peak;
  }

private:
  double numbers(Value value) const {
    double count = 1;
    for (int64_t size : tensorOf(value).getShape())
      count *= static_cast<double>(ShapedType::isDynamic(size) ? tokens : size);
    return count;
  }
  /// All numbers of a Tensor have 8 bytes.
  double bytes(Value value) const { return numbers(value) * 8; }

  void hold(double more) {
    held += more;
    peak = std::max(peak, held);
  }

  void define(Value value) {
    hold(bytes(value));
    if (value.use_empty())
      held -= bytes(value);
    else
      readers[value] = std::distance(value.use_begin(), value.use_end());
  }

  void release(Value value) {
    if (--readers[value] == 0)
      held -= bytes(value);
  }

  void record(Value value) {
    double each = 0;
    if (tensorOf(value).getRank() == 3 && isSpikeType(value.getType()))
      each = sizeof(decltype(SpikeRecord::values)::value_type);
    else if (tensorOf(value).getRank() == 3 && options.keepCurrents)
      each = sizeof(decltype(CurrentRecord::values)::value_type);
    recorded += each * numbers(value);
    hold(each * numbers(value));
  }

  void run(Block &block) {
    for (Operation &op : block.without_terminator()) {
      if (auto recurrent = dyn_cast<RecurrentOp>(op)) {
        runRecurrent(recurrent);
        continue;
      }
      define(op.getResult(0));
      record(op.getResult(0));
      for (Value operand : op.getOperands())
        release(operand);
    }
  }

  /// The bytes that a region keeps while it is computed step by step: the values of one step, the
  /// states of neurons, and what delays still have to yield.
  double ofSteps(RecurrentOp op) const {
    double kept = 0;
    op.getBody().walk([&](Operation *inside) {
      for (Value result : inside->getResults()) {
        const auto steps = static_cast<double>(tensorOf(result).getDimSize(0));
        const double step = bytes(result) / steps;
        auto delay = dyn_cast<DelayOp>(inside);
        const double past =
            delay ? std::min(steps, static_cast<double>(*llvm::max_element(delay.getSteps()))) : 0;
        kept += step * (3 + past);
      }
    });
    return kept;
  }

  /// The region is computed step by step, and then once more on all steps: beside what is held
  /// outside, the body then has a copy of each value that it reads from there, and its arguments.
  void runRecurrent(RecurrentOp op) {
    Block &body = op.getBody().front();
    SmallVector<Value> captures;
    op.getBody().walk([&](Operation *inside) {
      for (Value operand : inside->getOperands())
        if (!op.getBody().isAncestor(operand.getParentRegion()))
          captures.push_back(operand);
    });
    RunMemory inner = *this;
    inner.readers.clear();
    for (BlockArgument argument : body.getArguments())
      inner.define(argument);
    const double steps = ofSteps(op);
    inner.hold(steps);
    inner.held -= steps;
    for (Value capture : captures)
      if (!inner.readers.contains(capture))
        inner.define(capture);
    inner.run(body);
    peak = inner.peak;
    hold(inner.recorded - recorded);
    recorded = inner.recorded;
    for (Value capture : captures)
      release(capture);
    for (Value result : op.getResults())
      define(result);
  }

  int64_t tokens;
  const InterpretOptions &options;
  llvm::DenseMap<Value, int64_t> readers;
  double held = 0, recorded = 0, peak = 0; ///< bytes
};

} // namespace

/// The most numbers that a value may have (16 GiB), with however much memory.
static constexpr int64_t kLargestValue = int64_t{1} << 31;

static LogicalResult checkSizes(Operation *op, int64_t tokens) {
  for (Value value : op->getResults()) {
    int64_t numbers = 1;
    for (int64_t size : tensorOf(value).getShape())
      if (__builtin_mul_overflow(numbers, ShapedType::isDynamic(size) ? tokens : size, &numbers) ||
          numbers > kLargestValue)
        return emitNamedError(op) << "needs a value of at most " << kLargestValue
                                  << " numbers, has " << describe(tensorOf(value).getShape())
                                  << " with " << tokens << " tokens";
  }
  return success();
}

LogicalResult synfire::spike::checkMemory(func::FuncOp function, int64_t tokens,
                                          const InterpretOptions &options) {
  const WalkResult sizes = function.getBody().walk([&](Operation *op) {
    return failed(checkSizes(op, tokens)) ? WalkResult::interrupt() : WalkResult::advance();
  });
  if (sizes.wasInterrupted())
    return failure();
  const double bytes = RunMemory(tokens, options).ofFunction(function.getBody().front());
  const std::string what =
      "interpreting " + std::to_string(tokens) + (tokens == 1 ? " token" : " tokens");
  if (std::string lack = lacksMemory(what, bytes); !lack.empty())
    return emitModelError(function) << lack;
  return success();
}
