// SynapseKernels: linear maps on the host, and spikes that enter a stream.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/host/SynapseKernels.h"

#include "support/Message.h"

#include <algorithm>

namespace synfire::sim::host {

std::string Linear::check(const HostValues &values) const {
  const HostValue &input = values.inputs[0];
  if (rows != input.columns)
    return needsHas(message(rows, " inputs, those of its weights"), input.columns);
  if (!inputFactor.empty() && inputFactor.size() != static_cast<size_t>(rows))
    return needsHas(message(rows, " input factors, one per input"), inputFactor.size());
  return firstOf({checkMade(values, input.steps, columns), checkTable(weights, rows, columns),
                  checkColumns(values, "factor", factor), checkColumns(values, "bias", bias),
                  checkConstants(inputFactor)});
}

HostWork Linear::work(const HostValues &values, int32_t, int32_t) const {
  return {values.result.size() * rows, 0};
}

void Linear::hash(Hasher &hasher) const {
  hasher.add(weights);
  hasher.add(factor);
  hasher.add(bias);
  hasher.add(inputFactor);
}

std::string Linear::evaluate(const HostToken &token, std::span<double> result) const {
  const auto in = static_cast<size_t>(rows), out = static_cast<size_t>(columns);
  for (size_t step = 0; step < static_cast<size_t>(token.values.result.steps); ++step)
    apply(token.input(0).subspan(step * in, in), result.subspan(step * out, out));
  return {};
}

void Linear::apply(HostRows x, std::span<double> y) const {
  std::fill(y.begin(), y.end(), 0.0);
  for (size_t i = 0; i < x.size(); ++i) {
    if (x[i] == 0)
      continue;
    const double value = inputFactor.empty() ? x[i] : inputFactor[i] * x[i];
    const float *row = weights.data() + i * y.size();
    for (size_t o = 0; o < y.size(); ++o)
      y[o] += value * static_cast<double>(row[o]);
  }
  for (size_t o = 0; o < y.size(); ++o)
    y[o] = factor[o] * y[o] + bias[o];
}

} // namespace synfire::sim::host
