// SpikeOps: verifiers of the spike dialect's operations. (C1) and so on are the
// numbered constraints of SpikeOps.td.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Spike.h"
#include "dialect/spike/TensorRules.h"

#include "dialect/Violation.h"

#include "mlir/IR/Builders.h"

#include <cmath>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

//===----------------------------------------------------------------------===//
// Text to spikes
//===----------------------------------------------------------------------===//

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

//===----------------------------------------------------------------------===//
// Synapses and norms
//===----------------------------------------------------------------------===//

LogicalResult LinearOp::verify() {
  RankedTensorType in = tensorOf(getInput()), out = tensorOf(getResult());
  ShapedType weight = getWeight().getShapedType();
  if (weight.getRank() != 2 || !weight.getElementType().isF32())
    return violated(*this, "C1", "weight", text(Type(weight)), "rank 2 of f32");
  if (in.getRank() < 1 || weight.getDimSize(1) != in.getShape().back())
    return violated(*this, "C2", "columns of the weight", Twine(weight.getDimSize(1)),
                    describe(in.getShape().take_back()) + ", the operand's features");
  if (out.getRank() < 1 || weight.getDimSize(0) != out.getShape().back())
    return violated(*this, "C2", "rows of the weight", Twine(weight.getDimSize(0)),
                    describe(out.getShape().take_back()) + ", the result's features");
  if (in.getShape().drop_back() != out.getShape().drop_back())
    return violated(*this, "C3", "leading dimensions of the result",
                    describe(out.getShape().drop_back()),
                    describe(in.getShape().drop_back()) + ", as the operand");
  int64_t outputs = weight.getDimSize(0);
  if (getBias() && failed(verifyChannels(*this, "C4", "bias", *getBias(), outputs, true)))
    return failure();
  if (getChannelScale() && static_cast<int64_t>(getChannelScale()->size()) != outputs)
    return violated(*this, "C4", "entries of channel_scale", Twine(getChannelScale()->size()),
                    Twine(outputs) + ", one per output");
  if (failed(verifyWeightBits(*this, "C5", getResult(), getWeightBits())))
    return failure();
  if (!isSpikeType(in) && failed(verifyCurrent(*this, "C6", "operand", getInput())))
    return failure();
  if (failed(verifyCurrent(*this, "C6", "result", getResult())))
    return failure();
  if (getFixedEncoding(out) && in.getElementType().isF32())
    return violated(*this, "C6", "operand type", text(in),
                    "spikes or si32, as the result is quantised");
  if (FixedAttr fixed = getFixedEncoding(in);
      fixed && (!getFixedEncoding(out) || fixed.getScale().size() != 1))
    return violated(*this, "C6", "operand type", text(in),
                    "one scale and a quantised result, as it is quantised");
  return success();
}

LogicalResult InjectOp::verify() {
  if (failed(verifySpikes(*this, "C1", "operand", getInput())) ||
      failed(verifyCurrent(*this, "C1", "result", getResult())) ||
      failed(verifySameShape(*this, "C1", getResult(), getInput())))
    return failure();
  return verifyWeightBits(*this, "C2", getResult(), getWeightBits());
}

static LogicalResult verifyNorm(Operation *op,
                                ArrayRef<std::pair<StringRef, ElementsAttr>> parameters) {
  RankedTensorType in = tensorOf(op->getOperand(0)), out = tensorOf(op->getResult(0));
  if (in.getRank() < 1 || !in.getElementType().isF32())
    return violated(op, "C1", "operand type", text(in), "f32 with a channel dimension");
  if (in != out)
    return violated(op, "C1", "result type", text(out), text(in) + ", the operand's");
  for (auto [name, attr] : parameters)
    if (failed(verifyChannels(op, "C2", name, attr, in.getShape().back(), false)))
      return failure();
  return success();
}

LogicalResult BatchNormOp::verify() {
  return verifyNorm(*this, {{"weight", getWeight()},
                            {"bias", getBias()},
                            {"mean", getMean()},
                            {"variance", getVariance()}});
}

LogicalResult PowerNormOp::verify() {
  return verifyNorm(*this, {{"weight", getWeight()}, {"bias", getBias()}, {"phi", getPhi()}});
}

//===----------------------------------------------------------------------===//
// Neurons, residuals, attention
//===----------------------------------------------------------------------===//

LogicalResult NeuronOp::verify() {
  if (failed(verifyCurrent(*this, "C1", "operand", getCurrent())) ||
      failed(verifyTimed(*this, "C1", "operand", getCurrent())) ||
      failed(verifySameShape(*this, "C1", getSpikes(), getCurrent())))
    return failure();
  if (!tensorOf(getSpikes()).getElementType().isSignlessInteger(1))
    return violated(*this, "C1", "result element type",
                    text(tensorOf(getSpikes()).getElementType()), "i1");
  auto thresholds = static_cast<int64_t>(getNeuronModel().getThresholds().size());
  if (thresholds != 1 && thresholds != getNeuronCount())
    return violated(*this, "C2", "thresholds", Twine(thresholds),
                    "1, or " + Twine(getNeuronCount()) + ", one per channel");
  if (getState() && !getFixedEncoding(getCurrent().getType()))
    return violated(*this, "C3", "state", text(*getState()), "none, as the current is real");
  return success();
}

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

//===----------------------------------------------------------------------===//
// Head
//===----------------------------------------------------------------------===//

LogicalResult RecombineOp::verify() {
  RankedTensorType in = tensorOf(getSpikes()), out = tensorOf(getResult());
  if (failed(verifySpikes(*this, "C1", "operand", getSpikes())) ||
      failed(verifyTimed(*this, "C1", "operand", getSpikes())) ||
      failed(verifyCurrent(*this, "C2", "result", getResult())))
    return failure();
  int64_t steps = in.getDimSize(0);
  if (FixedAttr fixed = getFixedEncoding(out)) {
    double scale = getMode() == Recombination::Mean ? 1.0 / static_cast<double>(steps) : 1.0;
    if (fixed.getFractionBits() != 0 || fixed.getScale().size() != 1 || fixed.scaleOf(0) != scale)
      return violated(*this, "C2", "encoding of the result", text(Attribute(fixed)),
                      "fraction_bits 0 and the one scale " + text(scale));
  }
  int64_t width = in.getDimSize(2) * (getMode() == Recombination::Concatenate ? steps : 1);
  int64_t wanted[] = {in.getDimSize(1), width};
  if (out.getShape() != ArrayRef<int64_t>(wanted))
    return violated(*this, "C3", "result shape", describe(out.getShape()), describe(wanted));
  return success();
}

LogicalResult DequantizeOp::verify() {
  if (!getFixedEncoding(getInput().getType()))
    return violated(*this, "C1", "operand type", text(getInput().getType()),
                    "si32 with #spike.fixed");
  if (!tensorOf(getResult()).getElementType().isF32())
    return violated(*this, "C1", "result element type",
                    text(tensorOf(getResult()).getElementType()), "f32");
  return verifySameShape(*this, "C1", getResult(), getInput());
}

#define GET_OP_CLASSES
#include "dialect/spike/SpikeOps.cpp.inc"
