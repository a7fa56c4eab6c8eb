// TextOps: verifiers and folds of text to spikes.
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

/// Positions 0 .. N - 1 are below `positions`, as far as N is known.
static LogicalResult verifyPositions(Operation *op, StringRef id, Value tokens, int64_t positions,
                                     StringRef what) {
  if (int64_t count = tensorOf(tokens).getDimSize(0); count > positions) // `?` is negative
    return violated(op, id, "tokens", Twine(count),
                    "at most " + Twine(positions) + ", the " + what);
  return success();
}

static LogicalResult verifyIds(Operation *op, Value tokens) {
  RankedTensorType ids = tensorOf(tokens);
  if (ids.getRank() != 1 || !ids.getElementType().isSignlessInteger(32))
    return violated(op, "C1", "tokens", text(ids), "tensor<Nxi32>");
  return success();
}

static LogicalResult verifyTable(Operation *op, Value tokens, ElementsAttr table, Value result) {
  RankedTensorType ids = tensorOf(tokens), out = tensorOf(result);
  ShapedType stored = table.getShapedType();
  if (failed(verifyIds(op, tokens)))
    return failure();
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
  if (failed(verifyTable(*this, getTokens(), getTable(), getResult())))
    return failure();
  return verifyPositions(*this, "C4", getTokens(), getTable().getShapedType().getDimSize(0),
                         "rows of the table");
}

/// Shape of a code or a row for every token: N of the ids, D of the result.
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
  if (out.getRank() != 2 || !out.getElementType().isSignlessInteger(1) || out.getEncoding())
    return violated(*this, "C1", "result", text(out), "tensor<NxDxi1>");
  int64_t size = getSize();
  if (size < 1)
    return violated(*this, "C2", "size", Twine(size), "at least 1");
  int64_t width = getCode() == Code::OneHot
                      ? size
                      : std::max<int64_t>(1, llvm::Log2_64_Ceil(static_cast<uint64_t>(size)));
  if (out.getDimSize(1) != width)
    return violated(*this, "C2", "features of the result", Twine(out.getDimSize(1)),
                    Twine(width) + ", the width of " + stringifyCode(getCode()) + " for size " +
                        Twine(size));
  bool joint = getSource() == CodeSource::TokenAtPosition;
  if (joint != getVocabulary().has_value())
    return violated(*this, "C3", "vocabulary", joint ? Twine("none") : Twine(*getVocabulary()),
                    joint ? "the number of ids, as the code is of a token at a position"
                          : "none, as the code is not of a token at a position");
  if (joint && (*getVocabulary() < 1 || size % *getVocabulary() != 0))
    return violated(*this, "C3", "vocabulary", Twine(*getVocabulary()),
                    "a divisor of " + Twine(size) + ", the size");
  if (tensorOf(getTokens()).getDimSize(0) != out.getDimSize(0))
    return violated(*this, "C4", "tokens of the result", describe(out.getShape().take_front()),
                    describe(tensorOf(getTokens()).getShape()) + ", as the operand");
  if (getSource() == CodeSource::Token)
    return success();
  return verifyPositions(*this, "C5", getTokens(), joint ? size / *getVocabulary() : size,
                         "positions that the size has room for");
}

LogicalResult BinarizeOp::verify() {
  if (!tensorOf(getInput()).getElementType().isF32())
    return violated(*this, "C1", "operand element type",
                    text(tensorOf(getInput()).getElementType()), "f32");
  if (!tensorOf(getResult()).getElementType().isSignlessInteger(1))
    return violated(*this, "C1", "result element type",
                    text(tensorOf(getResult()).getElementType()), "i1");
  if (failed(verifyFeatures(*this, "C1", "operand", getInput())) ||
      failed(verifySameShape(*this, "C1", getResult(), getInput())))
    return failure();
  if (!getThreshold().isFinite())
    return violated(*this, "C2", "threshold", text(getThreshold().convertToDouble()),
                    "a finite number");
  return success();
}

//===----------------------------------------------------------------------===//
// Joining, cutting, repeating
//===----------------------------------------------------------------------===//

LogicalResult ConcatOp::verify() {
  RankedTensorType out = tensorOf(getResult());
  if (getInputs().empty())
    return violated(*this, "C1", "operands", "0", "at least one");
  if (failed(verifyFeatures(*this, "C1", "result", getResult())))
    return failure();
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

/// The encoding of features from .. from + count - 1.
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
  if (failed(verifyFeatures(*this, "C1", "operand", getInput())))
    return failure();
  if (out.getRank() != in.getRank() || out.getShape().drop_back() != in.getShape().drop_back())
    return violated(*this, "C1", "result shape", describe(out.getShape()),
                    describe(in.getShape().drop_back()) + " in front, as the operand");
  int64_t from = static_cast<int64_t>(getFrom()), features = in.getShape().back(),
          count = out.getShape().back();
  if (from < 0 || from > features - count)
    return violated(*this, "C2", "features", Twine(count) + " from " + Twine(from),
                    "all within 0.." + Twine(features - 1));
  auto wanted =
      RankedTensorType::get(out.getShape(), in.getElementType(), sliceEncoding(in, from, count));
  return verifyType(*this, "C1", "result", getResult(), wanted, ", as the operand");
}

LogicalResult FlattenOp::verify() {
  RankedTensorType in = tensorOf(getInput());
  if (failed(verifyFeatures(*this, "C1", "operand", getInput())))
    return failure();
  if (!in.hasStaticShape())
    return violated(*this, "C1", "operand shape", describe(in.getShape()), "static tokens");
  if (FixedAttr fixed = getFixedEncoding(in); fixed && fixed.getScale().size() != 1)
    return violated(*this, "C1", "scales of the operand", Twine(fixed.getScale().size()), "1");
  return verifyType(*this, "C2", "result", getResult(), in.clone(inferShape()));
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

/// A slice of all is the operand; one of a slice, or of one operand of a concat, reads that.
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
      return {}; // It begins in this part and ends in another.
    from -= features;
  }
  return {};
}
