// NeuronKernels: neurons on the host, in reals.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_HOST_NEURONKERNELS_H
#define SYNFIRE_SIMULATOR_HOST_NEURONKERNELS_H

#include "simulator/host/KernelRules.h"

namespace synfire::sim::host {

/// One neuron per column, its state vInit before the token's first step:
/// i[t] = currentDecay i[t-1] + currentGain I[t] where it filters, else I[t];
/// v[t] = (decay v'[t-1] + gain i[t]) + bias.
class Neuron final : public YieldingKernel {
public:
  std::vector<double> thresholds; ///< one per column
  double decay = 1, gain = 1, bias = 0, vReset = 0, vInit = 0;
  bool filters = false;
  double currentDecay = 0, currentGain = 1;
  enum class Reset { Hard, Soft, None } reset = Reset::Hard;
  bool strict = false; ///< fires where v > threshold, else where v >= threshold

  const char *name() const override { return "neuron"; }
  bool isDumped() const override { return true; }
  std::string check(const HostValues &values) const override;
  int64_t largestSpike(std::span<const HostValue>) const override { return 1; }
  void hash(Hasher &hasher) const override;
  std::string evaluate(const HostToken &token, std::span<double> result) const override;
};

} // namespace synfire::sim::host

#endif // SYNFIRE_SIMULATOR_HOST_NEURONKERNELS_H
