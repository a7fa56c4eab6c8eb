// NeuronOps: verifiers and folds of neurons, delays and recurrence.
// (C1) and so on are the numbered constraints of NeuronOps.td.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/FixedPoint.h"
#include "dialect/spike/Spike.h"
#include "dialect/spike/TensorRules.h"

#include "dialect/Violation.h"

#include <algorithm>
#include <limits>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

LogicalResult NeuronOp::verify() {
  // (C1)
  if (failed(verifyCurrent(*this, "operand", getCurrent())) ||
      failed(verifyTimed(*this, "operand", getCurrent())) ||
      failed(verifySameShape(*this, getSpikes(), getCurrent())))
    return failure();
  if (!tensorOf(getSpikes()).getElementType().isSignlessInteger(1))
    return violated(*this, "result element type", text(tensorOf(getSpikes()).getElementType()),
                    "i1");
  // (C2)
  for (const auto &[name, numbers] : getNeuronModel().getNumberLists())
    if (auto entries = static_cast<int64_t>(numbers.size());
        entries != 1 && entries != getNeuronCount())
      return violated(*this, "numbers of " + name, Twine(entries),
                      "1, or " + Twine(getNeuronCount()) + " (one per channel)");
  // (C3)
  if (getState() && !getFixedEncoding(getCurrent().getType()))
    return violated(*this, "state", text(*getState()), "none (the current is real)");
  // (C4)
  if (getFixedEncoding(getCurrent().getType()) && !hasIntegerForm(getNeuronModel()))
    return violated(*this, "model on a quantised current", text(getModel()),
                    "one that has an integer form (dialect/RATIONALE.md, \"Fixed-point neurons\")");
  return success();
}

LogicalResult IntegratorOp::verify() {
  // (C1)
  FixedAttr encoding = getFixedEncoding(getCurrent().getType());
  if (failed(verifyCurrent(*this, "operand", getCurrent())) ||
      failed(verifyTimed(*this, "operand", getCurrent())) ||
      (!encoding && failed(verifyType(*this, "result", getMembrane(), getCurrent().getType(),
                                      " (the operand's)"))))
    return failure();
  double decay = getDecay().convertToDouble(), gain = getGain().convertToDouble();
  // (C2)
  if (!(decay >= 0.0 && decay <= 1.0)) // NaN fails, too: it compares as false
    return violated(*this, "decay", text(decay), "0..1");
  if (!getGain().isFinite())
    return violated(*this, "gain", text(gain), "a finite number");
  // (C3)
  if (!encoding)
    return getState() ? violated(*this, "state", text(*getState()), "none (the current is real)")
                      : success();
  // (C4)
  if (!(gain > 0.0))
    return violated(*this, "gain on a quantised current", text(gain), "a number above 0");
  // (C1)
  return verifyType(*this, "result", getMembrane(), integratedType(tensorOf(getCurrent()), gain),
                    " (the operand's, by the gain)");
}

//===----------------------------------------------------------------------===//
// delay
//===----------------------------------------------------------------------===//

static constexpr int64_t kMaxDelay = std::numeric_limits<int32_t>::max();

LogicalResult DelayOp::verify() {
  // (C1)
  if (failed(verifyTimed(*this, "operand", getInput())) ||
      failed(verifyType(*this, "result", getResult(), getInput().getType(), " (the operand's)")))
    return failure();
  auto entries = static_cast<int64_t>(getSteps().size());
  int64_t channels = tensorOf(getInput()).getDimSize(2);
  // (C2)
  if (entries != 1 && entries != channels)
    return violated(*this, "entries of steps", Twine(entries),
                    "1, or " + Twine(channels) + " (one per channel)");
  for (int64_t steps : getSteps())
    if (steps < 0 || steps > kMaxDelay)
      return violated(*this, "steps", Twine(steps), "0.." + Twine(kMaxDelay));
  return success();
}

/// A delay by 0 is its operand. A delay of a delay is one delay by the sum of their steps.
OpFoldResult DelayOp::fold(FoldAdaptor) {
  if (llvm::all_of(getSteps(), [](int64_t steps) { return steps == 0; }))
    return getInput();
  auto inner = getInput().getDefiningOp<DelayOp>();
  if (!inner)
    return {};
  ArrayRef<int64_t> before = inner.getSteps(), after = getSteps();
  SmallVector<int64_t> sum(std::max(before.size(), after.size()));
  for (auto [c, steps] : llvm::enumerate(sum)) {
    steps = before[before.size() == 1 ? 0 : c] + after[after.size() == 1 ? 0 : c];
    if (steps > kMaxDelay)
      return {};
  }
  setSteps(sum);
  getInputMutable().assign(inner.getInput());
  return getResult();
}

//===----------------------------------------------------------------------===//
// recurrent
//===----------------------------------------------------------------------===//

/// Checks (C1): `types`, which are those of the block arguments or of the yielded values, are the
/// types of the results. Messages call one of these values `what`.
static LogicalResult verifyFeedback(RecurrentOp op, StringRef what, TypeRange types) {
  // (C1)
  if (types.size() != op.getNumResults())
    return violated(op, "number of " + what.str() + "s", Twine(types.size()),
                    Twine(op.getNumResults()) + " (one per result)");
  for (auto [index, type, result] : llvm::enumerate(types, op.getResultTypes()))
    if (type != result)
      return violated(op, what + " #" + Twine(index), text(type),
                      text(result) + " (as the result)");
  return success();
}

/// Checks (C2) for one op of the body. The region has `steps` time steps.
static LogicalResult verifyStepwise(RecurrentOp region, Operation *op, int64_t steps) {
  auto refuse = [&](const Twine &rule, const Twine &actual, const Twine &limit) {
    InFlightDiagnostic error = region.emitOpError();
    error << rule << ": needs " << limit << ", has " << actual;
    error.attachNote(op->getLoc()) << "'" << sourceName(op) << "' is here";
    return error;
  };
  if (!isa<SpikeDialect>(op->getDialect()))
    return refuse("op in the body", op->getName().getStringRef(), "ops of the spike dialect");
  if (auto mixing = dyn_cast<TokenMixing>(op); mixing && mixing.mixesTokens())
    return refuse("op in the body", op->getName().getStringRef(),
                  "ops that look at no other token (the others stand outside the region)");
  for (Value result : op->getResults())
    if (tensorOf(result).getRank() != 3 || tensorOf(result).getDimSize(0) != steps)
      return refuse("result in the body", describe(tensorOf(result).getShape()),
                    "TxNxD with T " + Twine(steps) + " (the region's)");
  return success();
}

LogicalResult RecurrentOp::verify() {
  // (C3)
  if (getNumResults() == 0)
    return violated(*this, "results", "0", "at least 1");
  for (Value result : getResults()) {
    // (C1)
    if (failed(verifyTimed(*this, "result", result)))
      return failure();
    if (tensorOf(result).getDimSize(0) != tensorOf(getResult(0)).getDimSize(0))
      return violated(*this, "steps of a result", Twine(tensorOf(result).getDimSize(0)),
                      Twine(tensorOf(getResult(0)).getDimSize(0)) + " (as the first)");
  }
  return verifyFeedback(*this, "block argument", getBody().getArgumentTypes());
}

LogicalResult RecurrentOp::verifyRegions() {
  auto yield = cast<YieldOp>(getBody().front().getTerminator());
  if (failed(verifyFeedback(*this, "yielded value", yield.getOperandTypes())))
    return failure();
  for (Operation &op : getBody().front().without_terminator())
    if (failed(verifyStepwise(*this, &op, tensorOf(getResult(0)).getDimSize(0))))
      return failure();
  return success();
}
