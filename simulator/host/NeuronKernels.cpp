// NeuronKernels: neurons on the host, in reals.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/host/NeuronKernels.h"

namespace synfire::sim::host {

std::string Neuron::check(const HostValues &values) const {
  std::string error = firstOf({checkAlike(values), checkColumns(values, "thresholds", thresholds)});
  if (error.empty() && equations.size() != 1 && equations.size() != thresholds.size())
    error = message("equations: ", needsHas(message("1 or ", thresholds.size()), equations.size()));
  for (size_t c = 0; error.empty() && c < equations.size(); ++c)
    error = checkConstants(equations[c].all());
  return error;
}

void Neuron::hash(Hasher &hasher) const {
  hasher.add(thresholds);
  for (const NeuronEquation &equation : equations)
    for (double number : equation.all())
      hasher.add(number);
  hasher.add(reset);
  hasher.add(strict);
}

std::string Neuron::evaluate(const HostToken &token, std::span<double> spikes) const {
  const HostRows current = token.input(0);
  const size_t columns = thresholds.size();
  for (size_t c = 0; c < columns; ++c) {
    const auto &[decay, gain, bias, vReset, vInit, currentDecay, currentGain] =
        equations[equations.size() == 1 ? 0 : c];
    const double threshold = thresholds[c];
    double v = vInit, filtered = 0;
    for (size_t i = c; i < current.size(); i += columns) {
      const double old = currentDecay * filtered, fresh = currentGain * current[i];
      filtered = old + fresh;
      const double kept = decay * v, added = gain * filtered;
      v = (kept + added) + bias;
      const bool fires = strict ? v > threshold : v >= threshold;
      spikes[i] = fires ? 1 : 0;
      if (!fires || reset == Reset::None)
        continue;
      v = reset == Reset::Hard ? vReset : v - threshold;
    }
  }
  return {};
}

} // namespace synfire::sim::host
