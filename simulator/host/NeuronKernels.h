// NeuronKernels: neurons on the host, in reals.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_HOST_NEURONKERNELS_H
#define SYNFIRE_SIMULATOR_HOST_NEURONKERNELS_H

#include "simulator/host/KernelRules.h"
#include "support/NeuronForm.h"

namespace synfire::sim::host {

/// One neuron per column, its membrane vInit and its other states 0 before the token's first step.
class Neuron final : public YieldingKernel {
public:
  std::vector<double> thresholds;                                         ///< one per column
  std::vector<NeuronEquation> equations = std::vector<NeuronEquation>(1); ///< or one per column
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
