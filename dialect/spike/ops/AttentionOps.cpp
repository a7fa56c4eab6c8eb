// AttentionOps: verifiers and folds of residuals, gates and attention.
// (C1) and so on are the numbered constraints of AttentionOps.td.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Spike.h"
#include "dialect/spike/TensorRules.h"

#include "dialect/Violation.h"

#include <cmath>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

/// Largest value of a spike type.
static uint64_t maximumOf(Type element) {
  return (uint64_t{1} << element.getIntOrFloatBitWidth()) - 1;
}

LogicalResult AddOp::verify() {
  RankedTensorType lhs = tensorOf(getLhs()), rhs = tensorOf(getRhs()), out = tensorOf(getResult());
  if (isCurrentType(lhs)) {
    if (rhs != lhs || out != lhs)
      return violated(*this, "C1", "types of the sum of currents", text(rhs) + " and " + text(out),
                      text(lhs) + " for all three");
    return success();
  }
  if (failed(verifySpikes(*this, "C2", "first operand", getLhs())) ||
      failed(verifySpikes(*this, "C2", "second operand", getRhs())) ||
      failed(verifySameShape(*this, "C2", getRhs(), getLhs())) ||
      failed(verifySameShape(*this, "C2", getResult(), getLhs())))
    return failure();
  for (RankedTensorType type : {lhs, rhs})
    if (type.getElementTypeBitWidth() > 32)
      return violated(*this, "C2", "operand element type", text(type.getElementType()),
                      "at most ui32");
  uint64_t largest = maximumOf(lhs.getElementType()) + maximumOf(rhs.getElementType());
  auto wanted = IntegerType::get(getContext(), llvm::Log2_64(largest) + 1, IntegerType::Unsigned);
  if (out.getElementType() != wanted)
    return violated(*this, "C2", "result element type", text(out.getElementType()),
                    text(wanted) + ", which holds a sum of " + Twine(largest));
  return success();
}

LogicalResult SelfAttentionOp::verify() {
  RankedTensorType q = tensorOf(getQ());
  if (failed(verifyTimed(*this, "C1", "q", getQ())))
    return failure();
  if (!q.getElementType().isSignlessInteger(1))
    return violated(*this, "C1", "q element type", text(q.getElementType()), "i1");
  for (auto [name, value] : {std::pair("k", getK()), std::pair("v", getV())})
    if (value.getType() != q)
      return violated(*this, "C1", name + Twine(" type"), text(value.getType()),
                      text(q) + ", as q");
  if (failed(verifyCurrent(*this, "C1", "result", getResult())) ||
      failed(verifySameShape(*this, "C1", getResult(), getQ())))
    return failure();
  int64_t heads = getHeads(), columns = q.getDimSize(2);
  if (heads < 1 || columns % heads != 0)
    return violated(*this, "C2", "heads", Twine(heads), "a divisor of " + Twine(columns));
  double scale = getAttentionScale();
  if (!std::isfinite(scale) || scale <= 0.0)
    return violated(*this, "C3", "scale", text(scale), "a positive finite number");
  if (FixedAttr fixed = getFixedEncoding(getResult().getType()))
    if (fixed.getScale().size() != 1 || fixed.scaleOf(0) != scale)
      return violated(*this, "C3", "encoding of the result", text(Attribute(fixed)),
                      "the one scale " + text(scale));
  return success();
}

LogicalResult LogicOp::verify() { return success(); }
LogicalResult KeyValueSumOp::verify() { return success(); }
LogicalResult SoftmaxAttentionOp::verify() { return success(); }
OpFoldResult LogicOp::fold(FoldAdaptor) { return {}; }
