// KernelRules: what several kernels of the host share.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_HOST_KERNELRULES_H
#define SYNFIRE_SIMULATOR_HOST_KERNELRULES_H

#include "simulator/program/HostKernel.h"

#include <initializer_list>
#include <string>
#include <vector>

namespace synfire::sim::host {

// Each says what is wrong, or is empty.

/// The result has so many steps and columns.
std::string checkMade(const HostValues &values, int64_t steps, int64_t columns);
/// Every input has the shape of the result.
std::string checkAlike(const HostValues &values);
/// One finite number per column of the result.
std::string checkColumns(const HostValues &values, const char *name,
                         const std::vector<double> &numbers);
/// Constants are finite.
std::string checkConstants(const std::vector<double> &numbers);
/// A table has rows x columns values, all of them finite.
std::string checkTable(const std::vector<float> &table, int32_t rows, int32_t columns);
/// The first that is not empty.
std::string firstOf(std::initializer_list<std::string> errors);

/// The largest spike of the inputs, 0 when one of them is real.
int64_t largestOfInputs(std::span<const HostValue> inputs);

/// A kernel that moves, looks up or compares values, which is no work.
class MovingKernel : public HostKernel {
public:
  HostWork work(const HostValues &, int32_t, int32_t) const override { return {}; }
};

/// A kernel whose work is to yield its values.
class YieldingKernel : public HostKernel {
public:
  HostWork work(const HostValues &values, int32_t, int32_t) const override {
    return {0, values.result.size()};
  }
};

/// One input, element by element: `Kernel` has `double apply(double x, size_t column) const`.
template <typename Kernel, typename Base = YieldingKernel> class ElementwiseKernel : public Base {
public:
  std::string check(const HostValues &values) const override { return checkAlike(values); }
  std::string evaluate(const HostToken &token, std::span<double> result) const override {
    const HostRows x = token.input(0);
    const auto columns = static_cast<size_t>(token.values.result.columns);
    for (size_t i = 0; i < result.size(); ++i)
      result[i] = static_cast<const Kernel *>(this)->apply(x[i], i % columns);
    return {};
  }
};

/// One input, row by row: `Kernel` has `void apply(HostRows x, std::span<double> y) const`.
template <typename Kernel> class RowKernel : public YieldingKernel {
public:
  std::string check(const HostValues &values) const override { return checkAlike(values); }
  std::string evaluate(const HostToken &token, std::span<double> result) const override {
    const auto columns = static_cast<size_t>(token.values.result.columns);
    for (size_t first = 0; first < result.size(); first += columns)
      static_cast<const Kernel *>(this)->apply(token.input(0).subspan(first, columns),
                                               result.subspan(first, columns));
    return {};
  }
};

/// Two inputs, element by element: `Kernel` has `double apply(double a, double b) const`.
template <typename Kernel, typename Base = YieldingKernel> class PairwiseKernel : public Base {
public:
  size_t inputs() const override { return 2; }
  std::string check(const HostValues &values) const override { return checkAlike(values); }
  std::string evaluate(const HostToken &token, std::span<double> result) const override {
    const HostRows a = token.input(0), b = token.input(1);
    for (size_t i = 0; i < result.size(); ++i)
      result[i] = static_cast<const Kernel *>(this)->apply(a[i], b[i]);
    return {};
  }
};

} // namespace synfire::sim::host

#endif // SYNFIRE_SIMULATOR_HOST_KERNELRULES_H
