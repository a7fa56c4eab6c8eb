// ResidualKernels: residuals and gates on the host.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/host/ResidualKernels.h"

#include <algorithm>

namespace synfire::sim::host {

int64_t Add::largestSpike(std::span<const HostValue> inputs) const {
  if (largestOfInputs(inputs) == 0)
    return 0;
  return std::min(inputs[0].largestSpike + inputs[1].largestSpike, int64_t{1} << 32);
}

std::string Logic::check(const HostValues &values) const {
  return firstOf({checkAlike(values),
                  largestOfInputs(values.inputs) == 1 ? "" : "combines values that are not bits"});
}

double Logic::apply(double a, double b) const {
  const bool left = a != 0, right = b != 0;
  switch (mode) {
  case Mode::Or:
    return left || right;
  case Mode::And:
    return left && right;
  case Mode::Iand:
    return !left && right;
  }
  return 0;
}

} // namespace synfire::sim::host
