// SynapseKernels: linear maps on the host, and spikes that enter a stream.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_HOST_SYNAPSEKERNELS_H
#define SYNFIRE_SIMULATOR_HOST_SYNAPSEKERNELS_H

#include "simulator/host/KernelRules.h"

namespace synfire::sim::host {

/// y = ((x * inputFactor) W) * factor + bias, row by row.
class Linear final : public HostKernel {
public:
  std::vector<float> weights; ///< rows (inputs) x columns (outputs), row major
  int32_t rows = 0, columns = 0;
  std::vector<double> factor, bias; ///< one per column
  std::vector<double> inputFactor;  ///< one per row; empty if all are 1

  const char *name() const override { return "linear"; }
  std::string check(const HostValues &values) const override;
  HostWork work(const HostValues &values, int32_t position, int32_t tokens) const override;
  void hash(Hasher &hasher) const override;
  std::string evaluate(const HostToken &token, std::span<double> result) const override;
  /// Computes the result `y` for one input row.
  void apply(HostRows x, std::span<double> y) const;
};

/// Turns spikes into reals: a spike of value n becomes the real n.
class Inject final : public ElementwiseKernel<Inject, MovingKernel> {
public:
  const char *name() const override { return "inject"; }
  void hash(Hasher &) const override {}
  double apply(double x, size_t) const { return x; }
};

} // namespace synfire::sim::host

#endif // SYNFIRE_SIMULATOR_HOST_SYNAPSEKERNELS_H
