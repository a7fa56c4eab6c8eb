// ActivationKernels: activation functions on the host.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/host/ActivationKernels.h"

#include "simulator/host/HostMath.h"

#include <algorithm>
#include <cmath>

namespace synfire::sim::host {

double Gelu::apply(double x, size_t) const { return hostGelu(x); }

double Silu::apply(double x, size_t) const { return x / (1 + hostExp(-x)); }

std::string ClipFloor::check(const HostValues &values) const {
  std::string error = firstOf({checkAlike(values), checkColumns(values, "thresholds", thresholds)});
  if (!error.empty())
    return error;
  const bool positive =
      std::all_of(thresholds.begin(), thresholds.end(), [](double t) { return t > 0; });
  return levels < 1 || !positive ? "needs levels and thresholds above 0" : "";
}

void ClipFloor::hash(Hasher &hasher) const {
  hasher.add(thresholds);
  hasher.add(levels);
}

double ClipFloor::apply(double x, size_t column) const {
  const double threshold = thresholds[column], most = levels;
  double c = std::floor(x * most / threshold + 0.5);
  if (!(c >= 0)) // NaN, too
    c = 0;
  if (c > most)
    c = most;
  return threshold / most * c;
}

void Softmax::apply(HostRows x, std::span<double> y) const {
  std::copy(x.begin(), x.end(), y.begin());
  hostSoftmax(y);
}

} // namespace synfire::sim::host
