// NeuronKernels: neurons scanned over time steps, in float64 and in integers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/interpreter/Kernels.h"
#include "dialect/spike/FixedPoint.h"

#include <algorithm>

using namespace mlir;
using namespace synfire::spike;

/// v[t] = decay v'[t-1] + gain I[t], each product rounded on its own.
static Tensor scanReal(NeuronModel model, const Tensor &current) {
  int64_t steps = current.dim(0), neurons = current.dim(1) * current.dim(2);
  ArrayRef<double> thresholds = model.getThresholds();
  Tensor spikes = Tensor::ofIntegers(current.shape());
  for (int64_t neuron = 0; neuron < neurons; ++neuron) {
    double threshold = thresholds.size() == 1 ? thresholds[0] : thresholds[neuron % current.dim(2)];
    double v = model.getInitialPotential();
    for (int64_t t = 0; t < steps; ++t) {
      int64_t at = t * neurons + neuron;
      v = model.getDecay() * v + model.getGain() * current.reals()[at];
      bool fires = model.getCompareRule() == Compare::Greater ? v > threshold : v >= threshold;
      spikes.integers()[at] = fires ? 1 : 0;
      if (fires && model.getResetRule() == Reset::Hard)
        v = model.getResetPotential();
      else if (fires && model.getResetRule() == Reset::Soft)
        v -= threshold;
    }
  }
  return spikes;
}

/// numerator * v / 2^shift, rounded by the chip's rule.
static int64_t leak(int64_t v, const FixedNeuron &neuron, LeakRounding rounding) {
  __int128 product = static_cast<__int128>(neuron.decayNumerator) * v;
  __int128 unit = static_cast<__int128>(1) << neuron.decayShift;
  __int128 quotient = product / unit, rest = product % unit; // toward zero
  if (rounding == LeakRounding::Floor && rest < 0)
    --quotient;
  if (rounding == LeakRounding::Nearest) {
    __int128 doubled = 2 * (rest < 0 ? -rest : rest);
    if (doubled > unit || (doubled == unit && quotient % 2 != 0))
      quotient += product < 0 ? -1 : 1;
  }
  return static_cast<int64_t>(quotient);
}

static FailureOr<Tensor> scanFixed(NeuronOp op, FixedAttr encoding, const Tensor &current) {
  int64_t steps = current.dim(0), columns = current.dim(2);
  int64_t neurons = current.dim(1) * columns;
  FixedNeuron fixed = makeFixedNeuron(op.getNeuronModel(), encoding, columns);
  // Without a state nothing bounds a membrane but the arithmetic here.
  StateAttr state =
      op.getState().value_or(StateAttr::get(op.getContext(), 62, LeakRounding::TowardZero, false));
  int64_t largest = (int64_t{1} << (state.getBits() - 1)) - 1, smallest = -largest - 1;
  Tensor spikes = Tensor::ofIntegers(current.shape());
  for (int64_t neuron = 0; neuron < neurons; ++neuron) {
    int64_t c = neuron % columns;
    int64_t v = fixed.vInit[c];
    for (int64_t t = 0; t < steps; ++t) {
      int64_t at = t * neurons + neuron;
      v = leak(v, fixed, state.getLeakRounding()) + current.integers()[at];
      if (state.getSaturates())
        v = std::clamp(v, smallest, largest);
      else if (v < smallest || v > largest)
        return errorAt(op, current.shape(), at)
               << "the membrane overflows its state of " << state.getBits() << " bits: has " << v
               << ", needs " << smallest << ".." << largest;
      bool fires = v >= fixed.threshold[c];
      spikes.integers()[at] = fires ? 1 : 0;
      if (fires && fixed.reset == Reset::Hard)
        v = fixed.vReset[c];
      else if (fires && fixed.reset == Reset::Soft)
        v -= fixed.decrement[c];
    }
  }
  return spikes;
}

FailureOr<Tensor> synfire::spike::evaluate(NeuronOp op, Operands operands) {
  if (FixedAttr encoding = getFixedEncoding(op.getCurrent().getType()))
    return scanFixed(op, encoding, *operands[0]);
  return scanReal(op.getNeuronModel(), *operands[0]);
}
