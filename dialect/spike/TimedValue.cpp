// TimedValue: from a value back through delays and feedback.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/TimedValue.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace mlir;
using namespace synfire::spike;

SmallVector<int64_t> synfire::spike::addDelays(ArrayRef<int64_t> a, ArrayRef<int64_t> b) {
  if (a.empty() || b.empty())
    return SmallVector<int64_t>(a.empty() ? b : a);
  SmallVector<int64_t> sum(std::max(a.size(), b.size()));
  for (auto [c, steps] : llvm::enumerate(sum))
    steps = a[a.size() == 1 ? 0 : c] + b[b.size() == 1 ? 0 : c];
  return sum;
}

bool synfire::spike::movesInTime(Operation *op) { return isa<DelayOp, RecurrentOp>(op); }

/// The value that the region of a recurrent op yields as result or feedback `index`.
static Value yieldedBy(RecurrentOp op, unsigned index) {
  return op.getBody().front().getTerminator()->getOperand(index);
}

TimedValue synfire::spike::traceInTime(Value value) {
  TimedValue timed{value, {}, 0};
  SmallPtrSet<Value, 8> passed; // feedback
  while (true) {
    if (auto argument = dyn_cast<BlockArgument>(timed.value)) {
      auto region = dyn_cast<RecurrentOp>(argument.getOwner()->getParentOp());
      if (!region)
        break;
      if (!passed.insert(argument).second)
        return {};
      timed = {yieldedBy(region, argument.getArgNumber()), addDelays(timed.steps, {1}),
               timed.feedback + 1};
    } else if (auto region = timed.value.getDefiningOp<RecurrentOp>()) {
      timed.value = yieldedBy(region, cast<OpResult>(timed.value).getResultNumber());
    } else if (auto delay = timed.value.getDefiningOp<DelayOp>()) {
      timed = {delay.getInput(), addDelays(timed.steps, delay.getSteps()), timed.feedback};
    } else {
      break;
    }
  }
  if (llvm::all_of(timed.steps, [](int64_t steps) { return steps == 0; }))
    timed.steps.clear();
  else if (llvm::all_equal(timed.steps))
    timed.steps.truncate(1);
  return timed;
}

SmallVector<Operation *> synfire::spike::operationsOf(FunctionOpInterface function) {
  SmallVector<Operation *> operations;
  function.getFunctionBody().walk([&](Operation *op) {
    if (isa_and_nonnull<SpikeDialect>(op->getDialect()) && !op->hasTrait<OpTrait::IsTerminator>())
      operations.push_back(op);
  });
  return operations;
}
