// FiringRates: sets thresholds so that neurons fire at a stated rate.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/FiringRates.h"

#include "dialect/interpreter/Kernels.h"

#include <cmath>
#include <limits>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

/// The spikes of `op` with this threshold, per neuron and step; the op keeps the threshold.
static FailureOr<double> rateWith(NeuronOp op, double threshold, Operands operands) {
  op.setModelAttr(cast<NeuronModel>(op.getModelAttr()).withThreshold(threshold));
  FailureOr<Tensor> spikes = evaluate(op, operands);
  if (failed(spikes))
    return failure();
  int64_t fired = 0;
  for (int64_t spike : spikes->integers())
    fired += spike;
  return static_cast<double>(fired) / static_cast<double>(spikes->size());
}

LogicalResult FiringRates::set(Operation *op, ArrayRef<const Tensor *> operands) {
  auto neurons = dyn_cast<NeuronOp>(op);
  if (!neurons || !operands[0]->isReal())
    return success();
  FiringRate best{op, 0, std::numeric_limits<double>::infinity()};
  bool broken = false;
  auto fires = [&](double threshold) {
    FailureOr<double> reached = rateWith(neurons, threshold, operands);
    if ((broken = failed(reached)))
      return rate;
    if (std::abs(*reached - rate) < std::abs(best.rate - rate))
      best = {best.op, threshold, *reached};
    return *reached;
  };
  // Thresholds beyond 2^64 and below 2^-64 of a unit are met by no model.
  constexpr int kDoublings = 64, kHalvings = 52;
  double low = 1, high = 1;
  if (fires(1) > rate) {
    for (int i = 0; i < kDoublings && fires(high = 2 * high) > rate; ++i)
      low = high;
  } else {
    for (int i = 0; i < kDoublings && fires(low = low / 2) < rate; ++i)
      high = low;
  }
  for (int i = 0; i < kHalvings && !broken && std::abs(best.rate - rate) > kEnough; ++i) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high)
      break;
    (fires(middle) > rate ? low : high) = middle;
  }
  if (broken)
    return failure();
  neurons.setModelAttr(cast<NeuronModel>(neurons.getModelAttr()).withThreshold(best.threshold));
  rates.push_back(best);
  return success();
}
