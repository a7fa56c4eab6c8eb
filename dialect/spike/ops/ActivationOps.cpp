// ActivationOps: verifiers and folds of activations.
// (C1) and so on are the numbered constraints of ActivationOps.td.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Spike.h"
#include "dialect/spike/TensorRules.h"

#include "dialect/Violation.h"

#include <limits>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

/// Checks (C1), which is the same for all activations.
static LogicalResult verifyElementwise(Operation *op) {
  // (C1)
  if (failed(verifyReal(op, "operand", op->getOperand(0))))
    return failure();
  return verifyType(op, "result", op->getResult(0), op->getOperand(0).getType(),
                    " (the operand's)");
}

LogicalResult GeluOp::verify() { return verifyElementwise(*this); }
LogicalResult SiluOp::verify() { return verifyElementwise(*this); }
LogicalResult ReluOp::verify() { return verifyElementwise(*this); }
LogicalResult SoftmaxOp::verify() { return verifyElementwise(*this); }

LogicalResult ClipFloorOp::verify() {
  // (C2)
  if (failed(verifyElementwise(*this)) ||
      failed(verifyNumbers(*this, "threshold", getThreshold(),
                           tensorOf(getInput()).getShape().back())))
    return failure();
  for (double threshold : getThreshold())
    if (threshold <= 0.0)
      return violated(*this, "threshold", text(threshold), "a positive number");
  constexpr int64_t most = std::numeric_limits<int32_t>::max();
  if (auto levels = static_cast<int64_t>(getLevels()); levels < 1 || levels > most)
    return violated(*this, "levels", Twine(levels), "1.." + Twine(most));
  return success();
}

/// relu(relu(x)) is relu(x): a relu leaves values that are not negative as they are.
OpFoldResult ReluOp::fold(FoldAdaptor) {
  return getInput().getDefiningOp<ReluOp>() ? getInput() : Value();
}
