// HeadKernels: kernels at the model's output: the chip's integers become reals, and the rows of the
// time steps become one row.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_HOST_HEADKERNELS_H
#define SYNFIRE_SIMULATOR_HOST_HEADKERNELS_H

#include "simulator/host/KernelRules.h"

namespace synfire::sim::host {

/// Turns the integers of a readout into reals: real = (integer * scale) * 2^-fractionBits.
class Dequantize final : public MovingKernel {
public:
  std::vector<double> scale; ///< one per column
  int32_t fractionBits = 0;

  const char *name() const override { return "dequantize"; }
  size_t inputs() const override { return 0; }
  bool readsReadout() const override { return true; }
  std::string check(const HostValues &values) const override;
  void hash(Hasher &hasher) const override;
  std::string evaluate(const HostToken &token, std::span<double> result) const override;
};

/// Joins the rows of all time steps into one row: their mean, their sum, all of them side by side,
/// or the last one.
class Recombine final : public HostKernel {
public:
  enum class Mode { Mean, Sum, Concatenate, Last } mode = Mode::Mean;

  const char *name() const override { return "recombine"; }
  std::string check(const HostValues &values) const override;
  HostWork work(const HostValues &values, int32_t position, int32_t tokens) const override;
  void hash(Hasher &hasher) const override { hasher.add(mode); }
  std::string evaluate(const HostToken &token, std::span<double> result) const override;
};

} // namespace synfire::sim::host

#endif // SYNFIRE_SIMULATOR_HOST_HEADKERNELS_H
