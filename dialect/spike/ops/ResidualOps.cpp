// ResidualOps: verifiers and folds of residuals and gates.
// (C1) and so on are the numbered constraints of ResidualOps.td.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Spike.h"
#include "dialect/spike/TensorRules.h"

#include "dialect/Violation.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

LogicalResult AddOp::verify() {
  RankedTensorType lhs = tensorOf(getLhs()), rhs = tensorOf(getRhs()), out = tensorOf(getResult());
  if (isCurrentType(lhs)) {
    // (C1)
    if (rhs != lhs || out != lhs)
      return violated(*this, "types of the sum of currents", text(rhs) + " and " + text(out),
                      text(lhs) + " for all three");
    return success();
  }
  // (C2)
  if (failed(verifySpikes(*this, "first operand", getLhs())) ||
      failed(verifySpikes(*this, "second operand", getRhs())) ||
      failed(verifySameShape(*this, getRhs(), getLhs())) ||
      failed(verifySameShape(*this, getResult(), getLhs())))
    return failure();
  return verifyHoldsSum(*this);
}

LogicalResult MultiplyOp::verify() {
  RankedTensorType lhs = tensorOf(getLhs());
  // (C1)
  if (failed(verifyReal(*this, "first operand", getLhs())) ||
      failed(verifyType(*this, "second operand", getRhs(), lhs, " (the first one's)")))
    return failure();
  return verifyType(*this, "result", getResult(), lhs, " (the operands')");
}

LogicalResult LogicOp::verify() {
  // The trait SameOperandsAndResultType compares shapes loosely: it takes a known number of tokens
  // and an unknown one (`?`) for equal. Gates need the very same type.
  RankedTensorType type = tensorOf(getResult());
  // (C1)
  for (auto [name, value] : {std::pair("first operand", getLhs()), {"second operand", getRhs()}})
    if (failed(verifyType(*this, name, value, type, " (the result's)")))
      return failure();
  if (!type.getElementType().isSignlessInteger(1))
    return violated(*this, "element type", text(type.getElementType()), "i1");
  return success();
}

/// `a or a` and `a and a` are a.
OpFoldResult LogicOp::fold(FoldAdaptor) {
  return getLhs() == getRhs() && getMode() != Logic::Iand ? getLhs() : Value();
}
