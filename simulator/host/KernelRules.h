// KernelRules: checks and base classes that several kernels of the host share.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_HOST_KERNELRULES_H
#define SYNFIRE_SIMULATOR_HOST_KERNELRULES_H

#include "simulator/program/HostKernel.h"

#include <initializer_list>
#include <string>
#include <vector>

namespace synfire::sim::host {

// Each check returns an empty string when its rule holds, and otherwise a message.

/// The result has `steps` time steps and `columns` columns.
std::string checkMade(const HostValues &values, int64_t steps, int64_t columns);
/// Every input has as many time steps and columns as the result.
std::string checkAlike(const HostValues &values);
/// `numbers` has one finite number for each column of the result. `name` stands in the message.
std::string checkColumns(const HostValues &values, const char *name,
                         const std::vector<double> &numbers);
/// Constants are finite.
std::string checkConstants(const std::vector<double> &numbers);
/// A table has rows x columns values, all of them finite.
std::string checkTable(const std::vector<float> &table, int32_t rows, int32_t columns);
/// The first of `errors` that is not empty; empty when all are.
std::string firstOf(std::initializer_list<std::string> errors);

/// The largest HostValue::largestSpike of the inputs; 0 when one of the inputs is real.
int64_t largestOfInputs(std::span<const HostValue> inputs);

/// Base of the kernels that only move, look up or compare values. The report counts no work for
/// them.
class MovingKernel : public HostKernel {
public:
  HostWork work(const HostValues &, int32_t, int32_t) const override { return {}; }
};

/// Base of the kernels whose work is counted as one element per value of the result.
class YieldingKernel : public HostKernel {
public:
  HostWork work(const HostValues &values, int32_t, int32_t) const override {
    return {0, values.result.size()};
  }
};

/// Base of a kernel with one input that computes each number of the result from the number at the
/// same place of the input. `Kernel` has `double apply(double x, size_t column) const`.
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

/// Base of a kernel with one input that computes each row of the result from the same row of the
/// input. `Kernel` has `void apply(HostRows x, std::span<double> y) const`.
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

/// Base of a kernel with two inputs that computes each number of the result from the numbers at the
/// same place of the inputs. `Kernel` has `double apply(double a, double b) const`.
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
