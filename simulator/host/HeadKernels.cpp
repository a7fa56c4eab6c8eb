// HeadKernels: kernels at the model's output.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/host/HeadKernels.h"

#include "support/Message.h"

#include <algorithm>
#include <cmath>

namespace synfire::sim::host {

std::string Dequantize::check(const HostValues &values) const {
  if (fractionBits < 0 || fractionBits > 62)
    return "fraction bits: " + needsHas("0 to 62", fractionBits);
  return checkColumns(values, "scale", scale);
}

void Dequantize::hash(Hasher &hasher) const {
  hasher.add(scale);
  hasher.add(fractionBits);
}

std::string Dequantize::evaluate(const HostToken &token, std::span<double> result) const {
  const size_t columns = scale.size();
  for (int32_t step = 0; step < token.values.result.steps; ++step) {
    const std::span<const int64_t> integers = token.readout(step);
    const std::span<double> reals = result.subspan(static_cast<size_t>(step) * columns, columns);
    for (size_t c = 0; c < columns; ++c)
      reals[c] = std::ldexp(static_cast<double>(integers[c]) * scale[c], -fractionBits);
  }
  return {};
}

std::string Recombine::check(const HostValues &values) const {
  const HostValue &input = values.inputs[0];
  return checkMade(values, 1, mode == Mode::Concatenate ? input.size() : input.columns);
}

HostWork Recombine::work(const HostValues &values, int32_t, int32_t) const {
  return {0, mode == Mode::Mean || mode == Mode::Sum ? values.result.size() : 0};
}

std::string Recombine::evaluate(const HostToken &token, std::span<double> result) const {
  const HostRows x = token.input(0);
  const auto columns = static_cast<size_t>(token.values.inputs[0].columns);
  switch (mode) {
  case Mode::Concatenate:
    std::copy(x.begin(), x.end(), result.begin());
    break;
  case Mode::Last:
    std::copy(x.end() - static_cast<ptrdiff_t>(columns), x.end(), result.begin());
    break;
  case Mode::Mean:
  case Mode::Sum:
    std::fill(result.begin(), result.end(), 0.0);
    for (size_t i = 0; i < x.size(); ++i)
      result[i % columns] += x[i];
    if (mode == Mode::Mean)
      for (double &sum : result)
        sum = sum / token.values.inputs[0].steps;
  }
  return {};
}

} // namespace synfire::sim::host
