// GridKernels: convolution and pooling on the host, whose positions are the points of a grid.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_HOST_GRIDKERNELS_H
#define SYNFIRE_SIMULATOR_HOST_GRIDKERNELS_H

#include "simulator/host/KernelRules.h"
#include "support/GridWindow.h"

namespace synfire::sim::host {

/// Base of the kernels with one input that read other points of it.
class GridKernel : public HostKernel {
public:
  bool mixesPoints() const override { return true; }
};

/// y[p, o] = factor[o] * sum over taps k and inputs i of weight[o, i, k] * x[q, g(o) + i] +
/// bias[o], where q is the point that tap k of the window at p reads (spike.conv).
class Conv final : public GridKernel {
public:
  GridWindow window;
  int32_t groups = 1;
  int32_t groupInputs = 0, groupOutputs = 0; ///< channels of one group
  std::vector<float> weights;                ///< [group][tap][input][output]
  std::vector<double> factor, bias;          ///< one per output

  const char *name() const override { return "conv"; }
  std::string check(const HostValues &values) const override;
  HostWork work(const HostValues &values, int32_t position, int32_t tokens) const override;
  void hash(Hasher &hasher) const override;
  std::string evaluate(const HostToken &token, std::span<double> result) const override;
};

/// The sum, the average or the largest of the numbers of a window that lie in the grid; an average
/// divides by all taps of the window (spike.pool).
class Pool final : public GridKernel {
public:
  enum class Mode { Sum, Average, Max } mode = Mode::Sum;
  GridWindow window;

  const char *name() const override { return "pool"; }
  bool isDumped() const override { return true; }
  std::string check(const HostValues &values) const override;
  int64_t largestSpike(std::span<const HostValue> inputs) const override;
  HostWork work(const HostValues &values, int32_t, int32_t) const override {
    return {0, values.result.size()};
  }
  void hash(Hasher &hasher) const override;
  std::string evaluate(const HostToken &token, std::span<double> result) const override;
};

/// The columns of all points side by side at one point (spike.flatten).
class Flatten final : public GridKernel {
public:
  const char *name() const override { return "flatten"; }
  std::string check(const HostValues &values) const override;
  int64_t largestSpike(std::span<const HostValue> inputs) const override {
    return largestOfInputs(inputs);
  }
  HostWork work(const HostValues &, int32_t, int32_t) const override { return {}; }
  void hash(Hasher &) const override {}
  std::string evaluate(const HostToken &token, std::span<double> result) const override;
};

} // namespace synfire::sim::host

#endif // SYNFIRE_SIMULATOR_HOST_GRIDKERNELS_H
