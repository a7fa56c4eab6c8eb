// TextOps: verifiers, shapes and folds of tables and codes, and of ops that join, cut and repeat.
// (C1) and so on are the numbered constraints of TextOps.td.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Spike.h"
#include "dialect/spike/TensorRules.h"

#include "dialect/Violation.h"

#include "llvm/Support/MathExtras.h"

#include <algorithm>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

//===----------------------------------------------------------------------===//
// Tables and codes
//===----------------------------------------------------------------------===//

/// Checks that there are at most `positions` tokens, if their number is known. The message calls
/// the limit `what`.
static LogicalResult verifyPositions(Operation *op, Value tokens, int64_t positions,
                                     StringRef what) {
  if (int64_t count = tensorOf(tokens).getDimSize(0); count > positions) // `?` is negative
    return violated(op, "tokens", Twine(count),
                    "at most " + Twine(positions) + " (the " + what + ")");
  return success();
}

static LogicalResult verifyIds(Operation *op, Value tokens) {
  RankedTensorType ids = tensorOf(tokens);
  // (C1)
  if (ids.getRank() != 1 || !ids.getElementType().isSignlessInteger(32))
    return violated(op, "tokens", text(ids), "tensor<Nxi32>");
  return success();
}

static LogicalResult verifyTable(Operation *op, Value tokens, ElementsAttr table, Value result) {
  RankedTensorType ids = tensorOf(tokens), out = tensorOf(result);
  ShapedType stored = table.getShapedType();
  if (failed(verifyIds(op, tokens)))
    return failure();
  // (C1)
  if (stored.getRank() != 2 || !stored.getElementType().isF32())
    return violated(op, "table", text(Type(stored)), "rank 2 of f32");
  if (out.getRank() != 2 || !out.getElementType().isF32() || out.getEncoding())
    return violated(op, "result", text(out), "tensor<NxDxf32>");
  // (C2)
  if (stored.getDimSize(1) != out.getDimSize(1))
    return violated(op, "columns of the table", Twine(stored.getDimSize(1)),
                    describe(out.getShape().drop_front()) + " (as the result)");
  // (C3)
  if (ids.getDimSize(0) != out.getDimSize(0))
    return violated(op, "tokens of the result", describe(out.getShape().take_front()),
                    describe(ids.getShape()) + " (as the operand)");
  return success();
}

LogicalResult LookupOp::verify() {
  return verifyTable(*this, getTokens(), getTable(), getResult());
}

LogicalResult PositionOp::verify() {
  if (failed(verifyTable(*this, getTokens(), getTable(), getResult())))
    return failure();
  // (C4)
  return verifyPositions(*this, getTokens(), getTable().getShapedType().getDimSize(0),
                         "rows of the table");
}

/// The shape NxD of a result with one row per token: N of the ids, D of the result's type.
static SmallVector<int64_t> perToken(Value tokens, Value result) {
  return {tensorOf(tokens).getDimSize(0), tensorOf(result).getDimSize(1)};
}

SmallVector<int64_t> LookupOp::inferShape() { return perToken(getTokens(), getResult()); }
SmallVector<int64_t> PositionOp::inferShape() { return perToken(getTokens(), getResult()); }
SmallVector<int64_t> CodeOp::inferShape() { return perToken(getTokens(), getResult()); }

LogicalResult CodeOp::verify() {
  RankedTensorType out = tensorOf(getResult());
  if (failed(verifyIds(*this, getTokens())))
    return failure();
  // (C1)
  if (out.getRank() != 2 || !out.getElementType().isSignlessInteger(1) || out.getEncoding())
    return violated(*this, "result", text(out), "tensor<NxDxi1>");
  int64_t size = getSize();
  // (C2)
  if (size < 1)
    return violated(*this, "size", Twine(size), "at least 1");
  int64_t width = getCode() == Code::OneHot
                      ? size
                      : std::max<int64_t>(1, llvm::Log2_64_Ceil(static_cast<uint64_t>(size)));
  if (out.getDimSize(1) != width)
    return violated(*this, "features of the result", Twine(out.getDimSize(1)),
                    Twine(width) + " (the width of " + stringifyCode(getCode()) + " for size " +
                        Twine(size) + ")");
  bool joint = getSource() == CodeSource::TokenAtPosition;
  // (C3)
  if (joint != getVocabulary().has_value())
    return violated(*this, "vocabulary", joint ? Twine("none") : Twine(*getVocabulary()),
                    joint ? "the number of ids (the code is of a token at a position)"
                          : "none (the code is not of a token at a position)");
  if (joint && (*getVocabulary() < 1 || size % *getVocabulary() != 0))
    return violated(*this, "vocabulary", Twine(*getVocabulary()),
                    "a divisor of " + Twine(size) + " (the size)");
  // (C4)
  if (tensorOf(getTokens()).getDimSize(0) != out.getDimSize(0))
    return violated(*this, "tokens of the result", describe(out.getShape().take_front()),
                    describe(tensorOf(getTokens()).getShape()) + " (as the operand)");
  if (getSource() == CodeSource::Token)
    return success();
  // (C5)
  return verifyPositions(*this, getTokens(), joint ? size / *getVocabulary() : size,
                         "positions that the size has room for");
}

LogicalResult BinarizeOp::verify() {
  // (C1)
  if (!tensorOf(getInput()).getElementType().isF32())
    return violated(*this, "operand element type", text(tensorOf(getInput()).getElementType()),
                    "f32");
  if (!tensorOf(getResult()).getElementType().isSignlessInteger(1))
    return violated(*this, "result element type", text(tensorOf(getResult()).getElementType()),
                    "i1");
  if (failed(verifyFeatures(*this, "operand", getInput())) ||
      failed(verifySameShape(*this, getResult(), getInput())))
    return failure();
  // (C2)
  if (!getThreshold().isFinite())
    return violated(*this, "threshold", text(getThreshold().convertToDouble()), "a finite number");
  return success();
}

//===----------------------------------------------------------------------===//
// Joining, cutting, repeating
//===----------------------------------------------------------------------===//

LogicalResult ConcatOp::verify() {
  RankedTensorType out = tensorOf(getResult());
  // (C1)
  if (getInputs().empty())
    return violated(*this, "operands", "0", "at least one");
  if (failed(verifyFeatures(*this, "result", getResult())))
    return failure();
  int64_t features = 0;
  for (Value input : getInputs()) {
    RankedTensorType type = tensorOf(input);
    if (type.getElementType() != out.getElementType() || type.getEncoding() || out.getEncoding())
      return violated(*this, "operand type", text(type),
                      text(out.getElementType()) + " without encoding (as the result)");
    if (type.getRank() != out.getRank() ||
        type.getShape().drop_back() != out.getShape().drop_back())
      return violated(*this, "operand shape", describe(type.getShape()),
                      describe(out.getShape().drop_back()) + " in front (as the result)");
    features += type.getShape().back();
  }
  if (features != out.getShape().back())
    return violated(*this, "features of the result", describe(out.getShape().take_back()),
                    Twine(features) + " (the operands' sum)");
  return success();
}

LogicalResult RepeatOp::verify() {
  RankedTensorType in = tensorOf(getInput()), out = tensorOf(getResult());
  // (C1)
  if (in.getRank() != 2)
    return violated(*this, "operand shape", describe(in.getShape()), "NxD");
  if (failed(verifyTimed(*this, "result", getResult())))
    return failure();
  if (out.getShape().drop_front() != in.getShape())
    return violated(*this, "result shape", describe(out.getShape()),
                    "Tx" + describe(in.getShape()));
  if (in.getElementType() != out.getElementType() || in.getEncoding() != out.getEncoding())
    return violated(*this, "result type", text(out),
                    "element type " + text(in.getElementType()) + " (the operand's)");
  return success();
}

SmallVector<int64_t> RepeatOp::inferShape() {
  ArrayRef<int64_t> in = tensorOf(getInput()).getShape();
  return {tensorOf(getResult()).getDimSize(0), in[0], in[1]};
}

SmallVector<int64_t> ConcatOp::inferShape() {
  SmallVector<int64_t> shape(tensorOf(getInputs().front()).getShape());
  for (Value input : getInputs().drop_front())
    shape.back() += tensorOf(input).getShape().back();
  return shape;
}

SmallVector<int64_t> SliceOp::inferShape() {
  SmallVector<int64_t> shape(tensorOf(getInput()).getShape());
  shape.back() = tensorOf(getResult()).getShape().back();
  return shape;
}

/// The encoding of the features from .. from + count - 1 of `type`, null if it has none.
static Attribute sliceEncoding(RankedTensorType type, int64_t from, int64_t count) {
  auto fixed = dyn_cast_or_null<FixedAttr>(type.getEncoding());
  if (!fixed || fixed.getScale().size() == 1)
    return fixed;
  auto scales =
      DenseF64ArrayAttr::get(type.getContext(), fixed.getScale().asArrayRef().slice(from, count));
  return FixedAttr::get(type.getContext(), scales, fixed.getFractionBits());
}

LogicalResult SliceOp::verify() {
  RankedTensorType in = tensorOf(getInput()), out = tensorOf(getResult());
  // (C1)
  if (failed(verifyFeatures(*this, "operand", getInput())))
    return failure();
  if (out.getRank() != in.getRank() || out.getShape().drop_back() != in.getShape().drop_back())
    return violated(*this, "result shape", describe(out.getShape()),
                    describe(in.getShape().drop_back()) + " in front (as the operand)");
  int64_t from = static_cast<int64_t>(getFrom()), features = in.getShape().back(),
          count = out.getShape().back();
  // (C2)
  if (from < 0 || from > features - count)
    return violated(*this, "features", Twine(count) + " from " + Twine(from),
                    "all within 0.." + Twine(features - 1));
  auto wanted =
      RankedTensorType::get(out.getShape(), in.getElementType(), sliceEncoding(in, from, count));
  // (C1)
  return verifyType(*this, "result", getResult(), wanted, " (as the operand)");
}

LogicalResult FlattenOp::verify() {
  RankedTensorType in = tensorOf(getInput());
  // (C1)
  if (failed(verifyFeatures(*this, "operand", getInput())))
    return failure();
  if (!in.hasStaticShape())
    return violated(*this, "operand shape", describe(in.getShape()), "static tokens");
  if (FixedAttr fixed = getFixedEncoding(in); fixed && fixed.getScale().size() != 1)
    return violated(*this, "scales of the operand", Twine(fixed.getScale().size()), "1");
  // (C2)
  return verifyType(*this, "result", getResult(), in.clone(inferShape()));
}

SmallVector<int64_t> FlattenOp::inferShape() {
  SmallVector<int64_t> shape(tensorOf(getInput()).getShape());
  size_t tokens = shape.size() - 2;
  shape.back() *= shape[tokens];
  shape[tokens] = 1;
  return shape;
}

//===----------------------------------------------------------------------===//
// Folds: each gives the same value, to the bit
//===----------------------------------------------------------------------===//

OpFoldResult FlattenOp::fold(FoldAdaptor) {
  return getInput().getType() == getType() ? getInput() : Value();
}

OpFoldResult ConcatOp::fold(FoldAdaptor) {
  return getInputs().size() == 1 ? getInputs().front() : Value();
}

/// A slice of all features is its operand. A slice of a slice becomes one slice of the inner one's
/// operand. A slice of a concat that lies within one operand of the concat becomes a slice of it.
OpFoldResult SliceOp::fold(FoldAdaptor) {
  if (getInput().getType() == getType())
    return getInput();
  int64_t from = static_cast<int64_t>(getFrom()), count = tensorOf(getResult()).getShape().back();
  if (auto inner = getInput().getDefiningOp<SliceOp>()) {
    setFrom(from + inner.getFrom());
    getInputMutable().assign(inner.getInput());
    return getResult();
  }
  auto concat = getInput().getDefiningOp<ConcatOp>();
  if (!concat)
    return {};
  for (Value part : concat.getInputs()) {
    int64_t features = tensorOf(part).getShape().back();
    if (from + count <= features) {
      setFrom(from);
      getInputMutable().assign(part);
      return getResult();
    }
    if (from < features)
      return {}; // The slice begins in this part and ends in another.
    from -= features;
  }
  return {};
}
