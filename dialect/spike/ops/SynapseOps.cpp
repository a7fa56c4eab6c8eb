// SynapseOps: verifiers and folds of synapses.
// (C1) and so on are the numbered constraints of SynapseOps.td.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Spike.h"
#include "dialect/spike/TensorRules.h"

#include "dialect/Violation.h"

#include <cmath>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

/// Shape of the operand with another last dimension.
static SmallVector<int64_t> withFeatures(Value operand, int64_t features) {
  SmallVector<int64_t> shape(tensorOf(operand).getShape());
  shape.back() = features;
  return shape;
}

SmallVector<int64_t> LinearOp::inferShape() {
  return withFeatures(getInput(), getWeight().getShapedType().getDimSize(getTransposed() ? 1 : 0));
}

LogicalResult LinearOp::verify() {
  RankedTensorType in = tensorOf(getInput()), out = tensorOf(getResult());
  ShapedType weight = getWeight().getShapedType();
  if (weight.getRank() != 2 || !weight.getElementType().isF32())
    return violated(*this, "C1", "weight", text(Type(weight)), "rank 2 of f32");
  int64_t outputs = weight.getDimSize(getTransposed() ? 1 : 0);
  int64_t inputs = weight.getDimSize(getTransposed() ? 0 : 1);
  StringRef inputsName =
      getTransposed() ? "rows of the weight, transposed" : "columns of the weight";
  StringRef outputsName =
      getTransposed() ? "columns of the weight, transposed" : "rows of the weight";
  if (failed(verifyFeatures(*this, "C3", "operand", getInput())) ||
      failed(verifyFeatures(*this, "C3", "result", getResult())))
    return failure();
  if (inputs != in.getShape().back())
    return violated(*this, "C2", inputsName, Twine(inputs),
                    describe(in.getShape().take_back()) + ", the operand's features");
  if (outputs != out.getShape().back())
    return violated(*this, "C2", outputsName, Twine(outputs),
                    describe(out.getShape().take_back()) + ", the result's features");
  if (in.getShape().drop_back() != out.getShape().drop_back())
    return violated(*this, "C3", "leading dimensions of the result",
                    describe(out.getShape().drop_back()),
                    describe(in.getShape().drop_back()) + ", as the operand");
  if (failed(verifyOutputs(*this, "C4", getBias(), getChannelScale(), outputs)))
    return failure();
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
      failed(verifyFeatures(*this, "C1", "operand", getInput())) ||
      failed(verifyCurrent(*this, "C1", "result", getResult())) ||
      failed(verifySameShape(*this, "C1", getResult(), getInput())))
    return failure();
  return verifyWeightBits(*this, "C2", getResult(), getWeightBits());
}
