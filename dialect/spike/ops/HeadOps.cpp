// HeadOps: verifiers, shapes and folds of recombination, dequantisation and top_k.
// (C1) and so on are the numbered constraints of HeadOps.td.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Spike.h"
#include "dialect/spike/TensorRules.h"

#include "dialect/Violation.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

LogicalResult RecombineOp::verify() {
  RankedTensorType in = tensorOf(getSpikes()), out = tensorOf(getResult());
  // (C1), (C2)
  if (failed(verifySpikesOrReal(*this, "operand", getSpikes())) ||
      failed(verifyTimed(*this, "operand", getSpikes())) ||
      failed(verifyCurrent(*this, "result", getResult())))
    return failure();
  int64_t steps = in.getDimSize(0);
  if (FixedAttr fixed = getFixedEncoding(out)) {
    // (C2)
    if (!isSpikeType(in))
      return violated(*this, "result type", text(out), "f32 (the operand is real)");
    double scale = getMode() == Recombination::Mean ? 1.0 / static_cast<double>(steps) : 1.0;
    if (fixed.getFractionBits() != 0 || fixed.getScale().size() != 1 || fixed.scaleOf(0) != scale)
      return violated(*this, "encoding of the result", text(Attribute(fixed)),
                      "fraction_bits 0 and the one scale " + text(scale));
  }
  // (C3)
  return verifyShape(*this, getResult(), inferShape());
}

SmallVector<int64_t> RecombineOp::inferShape() {
  ArrayRef<int64_t> in = tensorOf(getSpikes()).getShape();
  return {in[1], getMode() == Recombination::Concatenate ? in[0] * in[2] : in[2]};
}

/// spike.repeat gives its operand at every time step, so the last of these steps is the operand.
OpFoldResult RecombineOp::fold(FoldAdaptor) {
  auto repeat = getSpikes().getDefiningOp<RepeatOp>();
  bool same =
      getMode() == Recombination::Last && repeat && repeat.getInput().getType() == getType();
  return same ? repeat.getInput() : Value();
}

LogicalResult DequantizeOp::verify() {
  // (C1)
  if (!getFixedEncoding(getInput().getType()))
    return violated(*this, "operand type", text(getInput().getType()), "si32 with #spike.fixed");
  if (failed(verifyFeatures(*this, "operand", getInput())))
    return failure();
  if (!tensorOf(getResult()).getElementType().isF32())
    return violated(*this, "result element type", text(tensorOf(getResult()).getElementType()),
                    "f32");
  return verifySameShape(*this, getResult(), getInput());
}

LogicalResult TopKOp::verify() {
  RankedTensorType in = tensorOf(getInput()), out = tensorOf(getResult());
  // (C1)
  if (in.getRank() != 2 || !in.getElementType().isF32())
    return violated(*this, "operand", text(in), "tensor<NxDxf32>");
  if (out.getRank() != 2 || !out.getElementType().isSignlessInteger(32) || out.getEncoding())
    return violated(*this, "result", text(out), "tensor<NxKxi32>");
  if (out.getDimSize(0) != in.getDimSize(0))
    return violated(*this, "tokens of the result", describe(out.getShape().take_front()),
                    describe(in.getShape().take_front()) + " (as the operand)");
  // (C2)
  if (out.getDimSize(1) > in.getDimSize(1))
    return violated(*this, "ids of the result", Twine(out.getDimSize(1)),
                    "1.." + Twine(in.getDimSize(1)) + " (the features)");
  return success();
}

SmallVector<int64_t> TopKOp::inferShape() {
  return {tensorOf(getInput()).getDimSize(0), tensorOf(getResult()).getDimSize(1)};
}
