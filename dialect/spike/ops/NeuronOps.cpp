// NeuronOps: verifiers and folds of neurons, delays and recurrence.
// (C1) and so on are the numbered constraints of NeuronOps.td.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Spike.h"
#include "dialect/spike/TensorRules.h"

#include "dialect/Violation.h"

#include <cmath>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

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

LogicalResult IntegratorOp::verify() { return success(); }
LogicalResult DelayOp::verify() { return success(); }
LogicalResult RecurrentOp::verify() { return success(); }
OpFoldResult DelayOp::fold(FoldAdaptor) { return {}; }
