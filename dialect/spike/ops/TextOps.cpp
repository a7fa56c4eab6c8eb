// TextOps: verifiers and folds of text to spikes.
// (C1) and so on are the numbered constraints of TextOps.td.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Spike.h"
#include "dialect/spike/TensorRules.h"

#include "dialect/Violation.h"

#include <cmath>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

static LogicalResult verifyTable(Operation *op, Value tokens, ElementsAttr table, Value result) {
  RankedTensorType ids = tensorOf(tokens), out = tensorOf(result);
  ShapedType stored = table.getShapedType();
  if (ids.getRank() != 1 || !ids.getElementType().isSignlessInteger(32))
    return violated(op, "C1", "tokens", text(ids), "tensor<Nxi32>");
  if (stored.getRank() != 2 || !stored.getElementType().isF32())
    return violated(op, "C1", "table", text(Type(stored)), "rank 2 of f32");
  if (out.getRank() != 2 || !out.getElementType().isF32() || out.getEncoding())
    return violated(op, "C1", "result", text(out), "tensor<NxDxf32>");
  if (stored.getDimSize(1) != out.getDimSize(1))
    return violated(op, "C2", "columns of the table", Twine(stored.getDimSize(1)),
                    describe(out.getShape().drop_front()) + ", as the result");
  if (ids.getDimSize(0) != out.getDimSize(0))
    return violated(op, "C3", "tokens of the result", describe(out.getShape().take_front()),
                    describe(ids.getShape()) + ", as the operand");
  return success();
}

LogicalResult LookupOp::verify() {
  return verifyTable(*this, getTokens(), getTable(), getResult());
}

LogicalResult PositionOp::verify() {
  return verifyTable(*this, getTokens(), getTable(), getResult());
}

LogicalResult BinarizeOp::verify() {
  if (!tensorOf(getInput()).getElementType().isF32())
    return violated(*this, "C1", "operand element type",
                    text(tensorOf(getInput()).getElementType()), "f32");
  if (!tensorOf(getResult()).getElementType().isSignlessInteger(1))
    return violated(*this, "C1", "result element type",
                    text(tensorOf(getResult()).getElementType()), "i1");
  return verifySameShape(*this, "C1", getResult(), getInput());
}

LogicalResult ConcatOp::verify() {
  RankedTensorType out = tensorOf(getResult());
  if (getInputs().empty() || out.getRank() == 0)
    return violated(*this, "C1", "operands", Twine(getInputs().size()), "at least one, of rank 1");
  int64_t features = 0;
  for (Value input : getInputs()) {
    RankedTensorType type = tensorOf(input);
    if (type.getElementType() != out.getElementType() || type.getEncoding() || out.getEncoding())
      return violated(*this, "C1", "operand type", text(type),
                      text(out.getElementType()) + " without encoding, as the result");
    if (type.getRank() != out.getRank() ||
        type.getShape().drop_back() != out.getShape().drop_back())
      return violated(*this, "C1", "operand shape", describe(type.getShape()),
                      describe(out.getShape().drop_back()) + " in front, as the result");
    if (ShapedType::isDynamic(type.getShape().back()))
      return violated(*this, "C1", "operand shape", describe(type.getShape()),
                      "a static last dimension");
    features += type.getShape().back();
  }
  if (features != out.getShape().back())
    return violated(*this, "C1", "features of the result", describe(out.getShape().take_back()),
                    Twine(features) + ", the operands' sum");
  return success();
}

LogicalResult RepeatOp::verify() {
  RankedTensorType in = tensorOf(getInput()), out = tensorOf(getResult());
  if (in.getRank() != 2)
    return violated(*this, "C1", "operand shape", describe(in.getShape()), "NxD");
  if (failed(verifyTimed(*this, "C1", "result", getResult())))
    return failure();
  if (out.getShape().drop_front() != in.getShape())
    return violated(*this, "C1", "result shape", describe(out.getShape()),
                    "Tx" + describe(in.getShape()));
  if (in.getElementType() != out.getElementType() || in.getEncoding() != out.getEncoding())
    return violated(*this, "C1", "result type", text(out),
                    "the operand's element type, " + text(in.getElementType()));
  return success();
}

LogicalResult CodeOp::verify() { return success(); }
LogicalResult SliceOp::verify() { return success(); }
LogicalResult FlattenOp::verify() { return success(); }
OpFoldResult SliceOp::fold(FoldAdaptor) { return {}; }
OpFoldResult ConcatOp::fold(FoldAdaptor) { return {}; }
