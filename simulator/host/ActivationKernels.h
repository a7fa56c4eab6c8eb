// ActivationKernels: activation functions on the host. dialect/RATIONALE.md, section 2, has the
// formulas.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_HOST_ACTIVATIONKERNELS_H
#define SYNFIRE_SIMULATOR_HOST_ACTIVATIONKERNELS_H

#include "simulator/host/KernelRules.h"

namespace synfire::sim::host {

/// GELU in its tanh form (hostGelu).
class Gelu final : public ElementwiseKernel<Gelu> {
public:
  const char *name() const override { return "gelu"; }
  void hash(Hasher &) const override {}
  double apply(double x, size_t column) const;
};

/// y = x / (1 + e^-x).
class Silu final : public ElementwiseKernel<Silu> {
public:
  const char *name() const override { return "silu"; }
  void hash(Hasher &) const override {}
  double apply(double x, size_t column) const;
};

/// y = max(x, 0).
class Relu final : public ElementwiseKernel<Relu> {
public:
  const char *name() const override { return "relu"; }
  void hash(Hasher &) const override {}
  double apply(double x, size_t) const { return x > 0 ? x : 0.0; }
};

/// y = threshold / levels * clip(floor(x * levels / threshold + 1/2), 0, levels), by column.
class ClipFloor final : public ElementwiseKernel<ClipFloor> {
public:
  std::vector<double> thresholds; ///< one per column
  int32_t levels = 1;

  const char *name() const override { return "clip_floor"; }
  std::string check(const HostValues &values) const override;
  void hash(Hasher &hasher) const override;
  double apply(double x, size_t column) const;
};

/// The softmax over the columns of each row.
class Softmax final : public RowKernel<Softmax> {
public:
  const char *name() const override { return "softmax"; }
  void hash(Hasher &) const override {}
  void apply(HostRows x, std::span<double> y) const;
};

} // namespace synfire::sim::host

#endif // SYNFIRE_SIMULATOR_HOST_ACTIVATIONKERNELS_H
