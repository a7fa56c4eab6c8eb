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
  if (failed(verifyReal(op, "C1", "operand", op->getOperand(0))) ||
      failed(verifyType(op, "C1", "result", op->getResult(0), in, ", the operand's")))
    return failure();
  for (auto [name, attr] : parameters)
    if (failed(verifyChannels(op, "C2", name, attr, in.getShape().back(), false)))
      return failure();
  if (!eps.isFinite() || eps.isNegative())
    return violated(op, "C3", "eps", text(eps.convertToDouble()), "a finite number of at least 0");
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
  if (failed(verifySpikesOrReal(*this, "C1", "operand", getInput())) ||
      failed(verifyType(*this, "C1", "result", getResult(),
                        in.clone(Float32Type::get(getContext())))) ||
      failed(verifyNumbers(*this, "C2", "factor", getFactor(), in.getShape().back())))
    return failure();
  return getOffset() ? verifyNumbers(*this, "C2", "offset", *getOffset(), in.getShape().back())
                     : success();
}

/// x * 1 is x to the bit (an offset of 0 would make 0 of -0).
OpFoldResult ScaleOp::fold(FoldAdaptor) {
  bool same = getInput().getType() == getType() && !getOffset() &&
              llvm::all_of(getFactor(), [](double factor) { return factor == 1.0; });
  return same ? getInput() : Value();
}
