// ResidualKernels: residual additions, gates and logic on the host.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_HOST_RESIDUALKERNELS_H
#define SYNFIRE_SIMULATOR_HOST_RESIDUALKERNELS_H

#include "simulator/host/KernelRules.h"

namespace synfire::sim::host {

/// The sum of two values, both reals or both spikes.
class Add final : public PairwiseKernel<Add> {
public:
  const char *name() const override { return "add"; }
  bool isDumped() const override { return true; }
  int64_t largestSpike(std::span<const HostValue> inputs) const override;
  void hash(Hasher &) const override {}
  double apply(double a, double b) const { return a + b; }
};

/// The product of two reals.
class Multiply final : public PairwiseKernel<Multiply> {
public:
  const char *name() const override { return "multiply"; }
  void hash(Hasher &) const override {}
  double apply(double a, double b) const { return a * b; }
};

/// OR, AND or IAND of two binary spikes; IAND is (not a) and b.
class Logic final : public PairwiseKernel<Logic, MovingKernel> {
public:
  enum class Mode { Or, And, Iand } mode = Mode::Or;

  const char *name() const override { return "logic"; }
  bool isDumped() const override { return true; }
  std::string check(const HostValues &values) const override;
  int64_t largestSpike(std::span<const HostValue>) const override { return 1; }
  void hash(Hasher &hasher) const override { hasher.add(mode); }
  double apply(double a, double b) const;
};

} // namespace synfire::sim::host

#endif // SYNFIRE_SIMULATOR_HOST_RESIDUALKERNELS_H
