// SynapseOps: verifiers and folds of synapses and norms.
// (C1) and so on are the numbered constraints of SynapseOps.td.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Spike.h"
#include "dialect/spike/TensorRules.h"

#include "dialect/Violation.h"

#include <cmath>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

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

LogicalResult ConvOp::verify() { return success(); }
LogicalResult PoolOp::verify() { return success(); }
LogicalResult LayerNormOp::verify() { return success(); }
LogicalResult ScaleOp::verify() { return success(); }
OpFoldResult ScaleOp::fold(FoldAdaptor) { return {}; }
