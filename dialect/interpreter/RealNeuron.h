// RealNeuron: one neuron of RATIONALE.md, section 3, while it is scanned.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_INTERPRETER_REALNEURON_H
#define SYNFIRE_DIALECT_INTERPRETER_REALNEURON_H

#include "dialect/spike/Spike.h"

namespace synfire::spike {

/// A neuron in float64; every product and sum is rounded on its own.
class RealNeuron {
public:
  explicit RealNeuron(NeuronModel model)
      : filters(model.filtersCurrent()), currentDecay(model.getCurrentDecayFactor()),
        currentGain(model.getCurrentGainFactor()), decay(model.getDecay()), gain(model.getGain()),
        bias(model.getBiasPotential()), vInit(model.getInitialPotential()),
        vReset(model.getResetPotential()), reset(model.getResetRule()),
        strictly(model.getCompareRule() == Compare::Greater) {}

  /// Before the first step of a neuron with this threshold.
  void start(double neuronThreshold) {
    threshold = neuronThreshold;
    v = vInit;
    i = 0.0;
  }

  /// Whether it fires at the next step, this being its current.
  bool step(double current) {
    i = filters ? currentDecay * i + currentGain * current : current;
    v = decay * v + gain * i + bias;
    bool fires = strictly ? v > threshold : v >= threshold;
    if (fires && reset == Reset::Hard)
      v = vReset;
    else if (fires && reset == Reset::Soft)
      v -= threshold;
    return fires;
  }

private:
  bool filters;
  double currentDecay, currentGain, decay, gain, bias, vInit, vReset;
  Reset reset;
  bool strictly;
  double threshold = 0.0, v = 0.0, i = 0.0;
};

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_INTERPRETER_REALNEURON_H
