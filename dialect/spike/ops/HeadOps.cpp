// HeadOps: verifiers and folds of the way out.
// (C1) and so on are the numbered constraints of HeadOps.td.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Spike.h"
#include "dialect/spike/TensorRules.h"

#include "dialect/Violation.h"

#include <cmath>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

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

LogicalResult TopKOp::verify() { return success(); }
