// GridKernels: convolution and pooling on the host.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/host/GridKernels.h"

#include "support/Limits.h"
#include "support/Message.h"

#include <algorithm>

namespace synfire::sim::host {
namespace {

void addWindow(Hasher &hasher, const GridWindow &window) {
  for (const GridAxis &axis : {window.y, window.x})
    for (int64_t number : {axis.size, axis.window, axis.stride, axis.padding, axis.dilation})
      hasher.add(static_cast<uint64_t>(number));
}

/// The grids of input and result are those of the window.
std::string checkWindow(const HostValues &values, const GridWindow &window) {
  const HostValue &input = values.inputs[0];
  if (window.taps() > kMaxColumns)
    return "taps of the window: " + needsHas(message("at most ", kMaxColumns), window.taps());
  if (input.points != window.sources() || values.result.points != window.targets())
    return needsHas(message("grids of ", window.sources(), " and ", window.targets(), " points"),
                    message(input.points, " and ", values.result.points));
  return {};
}

} // namespace

std::string Conv::check(const HostValues &values) const {
  const HostValue &input = values.inputs[0];
  const int64_t inputs = int64_t{groups} * groupInputs, outputs = int64_t{groups} * groupOutputs;
  if (groups < 1 || groupInputs < 1 || groupOutputs < 1)
    return needsHas("groups with inputs and outputs",
                    message(groups, " of ", groupInputs, " and ", groupOutputs));
  if (input.columns != inputs)
    return needsHas(message(inputs, " inputs, those of its weights"), input.columns);
  const int64_t rows = window.taps() * groupInputs;
  if (static_cast<int64_t>(weights.size()) != rows * outputs)
    return needsHas(message(rows * outputs, " weights"), weights.size());
  return firstOf({checkWindow(values, window), checkMade(values, input.steps, outputs),
                  checkColumns(values, "factor", factor), checkColumns(values, "bias", bias)});
}

HostWork Conv::work(const HostValues &values, int32_t, int32_t) const {
  return {values.result.size() * groupInputs * window.taps(), 0};
}

void Conv::hash(Hasher &hasher) const {
  addWindow(hasher, window);
  hasher.add(groups);
  hasher.add(weights);
  hasher.add(factor);
  hasher.add(bias);
}

std::string Conv::evaluate(const HostToken &token, std::span<double> result) const {
  const auto in = static_cast<size_t>(groupInputs), out = static_cast<size_t>(groupOutputs);
  const auto columns = static_cast<size_t>(token.values.inputs[0].columns);
  std::fill(result.begin(), result.end(), 0.0);
  window.forEachSource(token.position, [&](int64_t tap, int64_t point) {
    const HostRows rows = token.input(0, static_cast<int32_t>(point));
    double *y = result.data();
    for (size_t step = 0; step < static_cast<size_t>(token.values.result.steps); ++step)
      for (size_t group = 0; group < static_cast<size_t>(groups); ++group, y += out) {
        const double *x = rows.data() + step * columns + group * in;
        const float *w =
            weights.data() +
            (group * static_cast<size_t>(window.taps()) + static_cast<size_t>(tap)) * in * out;
        for (size_t i = 0; i < in; ++i, w += out)
          for (size_t o = 0; x[i] != 0 && o < out; ++o)
            y[o] += x[i] * static_cast<double>(w[o]);
      }
  });
  for (size_t i = 0; i < result.size(); ++i)
    result[i] = factor[i % factor.size()] * result[i] + bias[i % bias.size()];
  return {};
}

std::string Pool::check(const HostValues &values) const {
  const HostValue &input = values.inputs[0];
  return firstOf({checkWindow(values, window), checkMade(values, input.steps, input.columns)});
}

int64_t Pool::largestSpike(std::span<const HostValue> inputs) const {
  switch (mode) {
  case Mode::Sum:
    return std::min(inputs[0].largestSpike * window.taps(), int64_t{1} << 32);
  case Mode::Max:
    return inputs[0].largestSpike;
  case Mode::Average:
    break;
  }
  return 0;
}

void Pool::hash(Hasher &hasher) const {
  addWindow(hasher, window);
  hasher.add(mode);
}

std::string Pool::evaluate(const HostToken &token, std::span<double> result) const {
  bool first = true; // A window always has a point in the grid, as padding is less than a window.
  std::fill(result.begin(), result.end(), 0.0);
  window.forEachSource(token.position, [&](int64_t, int64_t point) {
    const HostRows x = token.input(0, static_cast<int32_t>(point));
    for (size_t i = 0; i < result.size(); ++i)
      if (mode == Mode::Max)
        result[i] = first ? x[i] : std::max(result[i], x[i]);
      else
        result[i] += x[i];
    first = false;
  });
  if (mode == Mode::Average)
    for (double &sum : result)
      sum /= static_cast<double>(window.taps());
  return {};
}

std::string Flatten::check(const HostValues &values) const {
  const HostValue &input = values.inputs[0];
  if (values.result.points != 1)
    return needsHas("one point", values.result.points);
  return checkMade(values, input.steps, int64_t{input.points} * input.columns);
}

std::string Flatten::evaluate(const HostToken &token, std::span<double> result) const {
  const HostValue &input = token.values.inputs[0];
  const auto columns = static_cast<size_t>(input.columns);
  for (int32_t point = 0; point < input.points; ++point) {
    const HostRows x = token.input(0, point);
    for (size_t step = 0; step < static_cast<size_t>(input.steps); ++step)
      std::copy_n(x.begin() + step * columns, columns,
                  result.begin() +
                      (step * static_cast<size_t>(input.points) + static_cast<size_t>(point)) *
                          columns);
  }
  return {};
}

} // namespace synfire::sim::host
