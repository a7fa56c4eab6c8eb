// NormKernels: norms and scales on the host. dialect/RATIONALE.md, section 2, has the formulas.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_HOST_NORMKERNELS_H
#define SYNFIRE_SIMULATOR_HOST_NORMKERNELS_H

#include "simulator/host/KernelRules.h"

namespace synfire::sim::host {

/// y = (x - mean) / sqrt(variance + eps) * weight + bias, by column.
class BatchNorm final : public ElementwiseKernel<BatchNorm> {
public:
  std::vector<double> weight, bias, mean, variance; ///< one per column
  double eps = 0;

  const char *name() const override { return "batch_norm"; }
  std::string check(const HostValues &values) const override;
  void hash(Hasher &hasher) const override;
  double apply(double x, size_t column) const;
};

/// y = x / sqrt(phi + eps) * weight + bias, by column.
class PowerNorm final : public ElementwiseKernel<PowerNorm> {
public:
  std::vector<double> weight, bias, phi; ///< one per column
  double eps = 0;

  const char *name() const override { return "power_norm"; }
  std::string check(const HostValues &values) const override;
  void hash(Hasher &hasher) const override;
  double apply(double x, size_t column) const;
};

/// Normalises each row by the mean and variance of its own columns.
class LayerNorm final : public RowKernel<LayerNorm> {
public:
  std::vector<double> weight, bias; ///< one per column
  double eps = 0;

  const char *name() const override { return "layer_norm"; }
  std::string check(const HostValues &values) const override;
  void hash(Hasher &hasher) const override;
  void apply(HostRows x, std::span<double> y) const;
};

/// Divides each row by the root of the mean square of its own columns.
class RmsNorm final : public RowKernel<RmsNorm> {
public:
  std::vector<double> weight; ///< one per column
  double eps = 0;

  const char *name() const override { return "rms_norm"; }
  std::string check(const HostValues &values) const override;
  void hash(Hasher &hasher) const override;
  void apply(HostRows x, std::span<double> y) const;
};

/// y = x * factor + offset, by column.
class Scale final : public ElementwiseKernel<Scale> {
public:
  std::vector<double> factor; ///< one per column
  std::vector<double> offset; ///< one per column, or empty when nothing is added

  const char *name() const override { return "scale"; }
  std::string check(const HostValues &values) const override;
  void hash(Hasher &hasher) const override;
  double apply(double x, size_t column) const;
};

} // namespace synfire::sim::host

#endif // SYNFIRE_SIMULATOR_HOST_NORMKERNELS_H
