// SynapseOps: verifiers and shapes of synapses.
// (C1) and so on are the numbered constraints of SynapseOps.td.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Spike.h"
#include "dialect/spike/TensorRules.h"

#include "dialect/Violation.h"

#include <cmath>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

/// The operand's shape with `features` as its last dimension.
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
  // (C1)
  if (weight.getRank() != 2 || !weight.getElementType().isF32())
    return violated(*this, "weight", text(Type(weight)), "rank 2 of f32");
  int64_t outputs = weight.getDimSize(getTransposed() ? 1 : 0);
  int64_t inputs = weight.getDimSize(getTransposed() ? 0 : 1);
  StringRef inputsName =
      getTransposed() ? "rows of the weight, transposed" : "columns of the weight";
  StringRef outputsName =
      getTransposed() ? "columns of the weight, transposed" : "rows of the weight";
  // (C3)
  if (failed(verifyFeatures(*this, "operand", getInput())) ||
      failed(verifyFeatures(*this, "result", getResult())))
    return failure();
  // (C2)
  if (inputs != in.getShape().back())
    return violated(*this, inputsName, Twine(inputs),
                    describe(in.getShape().take_back()) + " (the operand's features)");
  if (outputs != out.getShape().back())
    return violated(*this, outputsName, Twine(outputs),
                    describe(out.getShape().take_back()) + " (the result's features)");
  // (C3)
  if (in.getShape().drop_back() != out.getShape().drop_back())
    return violated(*this, "leading dimensions of the result", describe(out.getShape().drop_back()),
                    describe(in.getShape().drop_back()) + " (as the operand)");
  // (C4)
  if (failed(verifyOutputs(*this, getBias(), getChannelScale(), outputs)))
    return failure();
  if (auto factors = getInputFactor()) {
    if (static_cast<int64_t>(factors->size()) != inputs)
      return violated(*this, "entries of input_factor", Twine(factors->size()),
                      Twine(inputs) + " (one per input)");
    if (failed(verifyNumbers(*this, "input_factor", *factors, inputs)))
      return failure();
  }
  // (C5)
  if (failed(verifyWeightForm(*this, getResult(), getWeightBits(), getWeightFormat())))
    return failure();
  // (C6)
  if (!isSpikeType(in) && failed(verifyCurrent(*this, "operand", getInput())))
    return failure();
  if (failed(verifyCurrent(*this, "result", getResult())))
    return failure();
  if (getFixedEncoding(out) && in.getElementType().isF32())
    return violated(*this, "operand type", text(in), "spikes or si32 (the result is quantised)");
  if (FixedAttr fixed = getFixedEncoding(in);
      fixed && (!getFixedEncoding(out) || fixed.getScale().size() != 1))
    return violated(*this, "operand type", text(in),
                    "one scale and a quantised result (the operand is quantised)");
  return success();
}

LogicalResult InjectOp::verify() {
  // (C1)
  if (failed(verifySpikes(*this, "operand", getInput())) ||
      failed(verifyFeatures(*this, "operand", getInput())) ||
      failed(verifyCurrent(*this, "result", getResult())) ||
      failed(verifySameShape(*this, getResult(), getInput())))
    return failure();
  // (C2)
  return verifyWeightForm(*this, getResult(), getWeightBits(), getWeightFormat());
}
