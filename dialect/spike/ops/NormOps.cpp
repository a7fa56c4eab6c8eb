// NormOps: verifiers and folds of norms and scales.
// (C1) and so on are the numbered constraints of NormOps.td.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Spike.h"
#include "dialect/spike/TensorRules.h"

#include "dialect/Violation.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

static LogicalResult verifyNorm(Operation *op,
                                ArrayRef<std::pair<StringRef, ElementsAttr>> parameters,
                                const APFloat &eps) {
  RankedTensorType in = tensorOf(op->getOperand(0));
  // (C1)
  if (failed(verifyReal(op, "operand", op->getOperand(0))) ||
      failed(verifyType(op, "result", op->getResult(0), in, " (the operand's)")))
    return failure();
  // (C2)
  for (auto [name, attr] : parameters)
    if (failed(verifyChannels(op, name, attr, in.getShape().back(), false)))
      return failure();
  // (C3)
  if (!eps.isFinite() || eps.isNegative())
    return violated(op, "eps", text(eps.convertToDouble()), "a finite number of at least 0");
  return success();
}

LogicalResult BatchNormOp::verify() {
  return verifyNorm(*this,
                    {{"weight", getWeight()},
                     {"bias", getBias()},
                     {"mean", getMean()},
                     {"variance", getVariance()}},
                    getEps());
}

LogicalResult PowerNormOp::verify() {
  return verifyNorm(*this, {{"weight", getWeight()}, {"bias", getBias()}, {"phi", getPhi()}},
                    getEps());
}

LogicalResult LayerNormOp::verify() {
  return verifyNorm(*this, {{"weight", getWeight()}, {"bias", getBias()}}, getEps());
}

LogicalResult RmsNormOp::verify() { return verifyNorm(*this, {{"weight", getWeight()}}, getEps()); }

LogicalResult ScaleOp::verify() {
  RankedTensorType in = tensorOf(getInput());
  // (C1), (C2)
  if (failed(verifySpikesOrReal(*this, "operand", getInput())) ||
      failed(verifyType(*this, "result", getResult(), in.clone(Float32Type::get(getContext())))) ||
      failed(verifyNumbers(*this, "factor", getFactor(), in.getShape().back())))
    return failure();
  // (C2)
  return getOffset() ? verifyNumbers(*this, "offset", *getOffset(), in.getShape().back())
                     : success();
}

/// x * 1 is x, to the bit. An op with an offset stays, even if this is 0, because -0 + 0 is 0.
OpFoldResult ScaleOp::fold(FoldAdaptor) {
  bool same = getInput().getType() == getType() && !getOffset() &&
              llvm::all_of(getFactor(), [](double factor) { return factor == 1.0; });
  return same ? getInput() : Value();
}
