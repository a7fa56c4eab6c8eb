// HostKernels: one short rule per kind (dialect/RATIONALE.md, section 2), written
// apart from the interpreter. Every sum starts at 0 and runs in ascending index.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/host/HostKernels.h"

#include "simulator/host/HostMath.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace synfire::sim {
namespace {

/// result = rule(x, column), element by element.
template <typename Rule>
void eachElement(const HostOp &op, HostRows x, std::span<double> result, Rule rule) {
  const size_t columns = static_cast<size_t>(op.columns);
  for (size_t i = 0; i < result.size(); ++i)
    result[i] = rule(x[i], i % columns);
}

/// rule(row of x, row of the result), row by row.
template <typename Rule>
void eachRow(const HostOp &op, HostRows x, std::span<double> result, Rule rule) {
  const size_t columns = static_cast<size_t>(op.columns);
  for (size_t first = 0; first < result.size(); first += columns)
    rule(x.subspan(first, columns), result.subspan(first, columns));
}

double sumOf(HostRows row) {
  double sum = 0;
  for (double x : row)
    sum += x;
  return sum;
}

/// The first element, replaced by each greater one.
double largestOf(HostRows row) {
  double top = row[0];
  for (double x : row)
    if (x > top)
      top = x;
  return top;
}

void layerNorm(const HostOp &op, HostRows x, std::span<double> y) {
  const double count = static_cast<double>(x.size());
  const double mean = sumOf(x) / count;
  double squares = 0;
  for (double value : x)
    squares += (value - mean) * (value - mean);
  const double deviation = std::sqrt(squares / count + op.eps);
  for (size_t c = 0; c < x.size(); ++c)
    y[c] = (x[c] - mean) / deviation * op.factor[c] + op.offset[c];
}

void softmax(HostRows x, std::span<double> y) {
  const double top = largestOf(x);
  for (size_t c = 0; c < x.size(); ++c)
    y[c] = hostExp(x[c] - top);
  const double sum = sumOf(y);
  for (double &p : y)
    p = p / sum;
}

double clipFloor(double x, double threshold, double levels) {
  double c = std::floor(x * levels / threshold + 0.5);
  if (!(c >= 0)) // NaN, too
    c = 0;
  if (c > levels)
    c = levels;
  return threshold / levels * c;
}

/// One neuron per column, its state v_init before the token's first step.
void neurons(const HostOp &op, HostRows current, std::span<double> spikes) {
  const HostNeuron &n = op.neuron;
  const size_t columns = static_cast<size_t>(op.columns);
  for (size_t c = 0; c < columns; ++c) {
    const double threshold = op.thresholds[c];
    double v = n.vInit, filtered = 0;
    for (size_t i = c; i < current.size(); i += columns) {
      const double old = n.currentDecay * filtered, fresh = n.currentGain * current[i];
      filtered = n.filters ? old + fresh : current[i];
      const double kept = n.decay * v, added = n.gain * filtered;
      v = (kept + added) + n.bias;
      const bool fires = n.strict ? v > threshold : v >= threshold;
      spikes[i] = fires ? 1 : 0;
      if (!fires || n.reset == HostReset::None)
        continue;
      v = n.reset == HostReset::Hard ? n.vReset : v - threshold;
    }
  }
}

void recombine(const HostOp &op, HostRows x, int32_t steps, std::span<double> result) {
  const size_t columns = x.size() / static_cast<size_t>(steps);
  switch (op.recombination) {
  case HostRecombination::Concatenate:
    std::copy(x.begin(), x.end(), result.begin());
    return;
  case HostRecombination::Last:
    std::copy(x.end() - static_cast<ptrdiff_t>(columns), x.end(), result.begin());
    return;
  case HostRecombination::Mean:
  case HostRecombination::Sum:
    std::fill(result.begin(), result.end(), 0.0);
    for (size_t i = 0; i < x.size(); ++i)
      result[i % columns] += x[i];
    if (op.recombination == HostRecombination::Mean)
      for (double &sum : result)
        sum = sum / static_cast<double>(steps);
  }
}

double combine(HostLogic logic, double a, double b) {
  const bool left = a != 0, right = b != 0;
  switch (logic) {
  case HostLogic::Or:
    return left || right;
  case HostLogic::And:
    return left && right;
  case HostLogic::Iand:
    return !left && right;
  }
  return 0;
}

/// Rows of the inputs side by side.
void concatenate(const HostOp &op, std::span<const HostRows> inputs, std::span<double> result) {
  auto next = result.begin();
  for (size_t step = 0; step < static_cast<size_t>(op.steps); ++step)
    for (const HostRows &input : inputs) {
      const size_t columns = input.size() / static_cast<size_t>(op.steps);
      next = std::copy_n(input.begin() + static_cast<ptrdiff_t>(step * columns), columns, next);
    }
}

} // namespace

void codeIndex(const HostOp &op, int64_t index, std::span<double> result) {
  const auto bits = static_cast<uint64_t>(index);
  const int32_t width = op.columns;
  const int32_t digits = op.code == HostCode::BinaryLeft ? std::bit_width(bits) : width;
  for (int32_t j = 0; j < width; ++j)
    if (op.code == HostCode::OneHot)
      result[j] = j == index;
    else // the digits, most significant first, from column 0 on
      result[j] = j < digits ? static_cast<double>(bits >> (digits - 1 - j) & 1) : 0;
}

void evaluateLinear(const HostOp &op, std::span<const float> weights, HostRows input,
                    std::span<double> result) {
  const size_t columns = static_cast<size_t>(op.columns);
  std::fill(result.begin(), result.end(), 0.0);
  for (size_t i = 0; i < input.size(); ++i) {
    const double x = input[i];
    if (x == 0)
      continue;
    const float *row = weights.data() + i * columns;
    for (size_t o = 0; o < columns; ++o)
      result[o] += x * static_cast<double>(row[o]);
  }
  for (size_t o = 0; o < columns; ++o)
    result[o] = op.factor[o] * result[o] + op.offset[o];
}

void attendSoftly(const HostOp &op, HostRows query, std::span<const HostRows> keys,
                  std::span<const HostRows> values, std::span<double> result) {
  const size_t width = query.size() / static_cast<size_t>(op.heads);
  std::vector<double> scores(keys.size());
  std::fill(result.begin(), result.end(), 0.0);
  for (int32_t head = 0; head < op.heads; ++head) {
    const size_t own = static_cast<size_t>(head) * width;
    const size_t shared =
        static_cast<size_t>(int64_t{head} * op.kvHeads / op.heads) * width; // in keys and values
    for (size_t m = 0; m < keys.size(); ++m) {
      double product = 0;
      for (size_t e = 0; e < width; ++e)
        product += query[own + e] * keys[m][shared + e];
      scores[m] = op.attentionScale * product;
    }
    softmax(std::vector<double>(scores), scores);
    for (size_t m = 0; m < values.size(); ++m)
      for (size_t c = 0; c < width; ++c)
        result[own + c] += scores[m] * values[m][shared + c];
  }
}

void evaluateToken(const HostOp &op, std::span<const HostRows> inputs, int32_t inputSteps,
                   std::span<double> result) {
  const HostRows x = inputs[0];
  switch (op.kind) {
  case HostOpKind::Binarize:
    return eachElement(op, x, result, [&](double v, size_t) { return v >= op.threshold; });
  case HostOpKind::Concat:
    return concatenate(op, inputs, result);
  case HostOpKind::Slice: {
    const size_t columns = x.size() / static_cast<size_t>(inputSteps);
    for (size_t i = 0; i < result.size(); ++i)
      result[i] = x[i / op.columns * columns + op.from + i % op.columns];
    return;
  }
  case HostOpKind::Repeat:
    for (size_t i = 0; i < result.size(); ++i)
      result[i] = x[i % x.size()];
    return;
  case HostOpKind::Inject:
    std::copy(x.begin(), x.end(), result.begin());
    return;
  case HostOpKind::Add:
    for (size_t i = 0; i < result.size(); ++i)
      result[i] = x[i] + inputs[1][i];
    return;
  case HostOpKind::Logic:
    for (size_t i = 0; i < result.size(); ++i)
      result[i] = combine(op.logic, x[i], inputs[1][i]);
    return;
  case HostOpKind::LayerNorm:
    return eachRow(op, x, result,
                   [&](HostRows in, std::span<double> out) { layerNorm(op, in, out); });
  case HostOpKind::Normalize:
    return eachElement(op, x, result, [&](double v, size_t c) {
      return (v - op.mean[c]) / std::sqrt(op.spread[c] + op.eps) * op.factor[c] + op.offset[c];
    });
  case HostOpKind::Scale:
    return eachElement(op, x, result, [&](double v, size_t c) {
      const double scaled = v * op.factor[c];
      return op.offset.empty() ? scaled : scaled + op.offset[c];
    });
  case HostOpKind::Gelu:
    return eachElement(op, x, result, [](double v, size_t) { return hostGelu(v); });
  case HostOpKind::Relu:
    return eachElement(op, x, result, [](double v, size_t) { return v > 0 ? v : 0.0; });
  case HostOpKind::Softmax:
    return eachRow(op, x, result, softmax);
  case HostOpKind::ClipFloor:
    return eachElement(op, x, result, [&](double v, size_t c) {
      return clipFloor(v, op.thresholds[c], static_cast<double>(op.levels));
    });
  case HostOpKind::Neuron:
    return neurons(op, x, result);
  case HostOpKind::Recombine:
    return recombine(op, x, inputSteps, result);
  case HostOpKind::TokenLookup:
  case HostOpKind::PositionLookup:
  case HostOpKind::Code:
  case HostOpKind::Dequantize:
  case HostOpKind::Linear:
  case HostOpKind::SoftmaxAttention:
    return; // HostExecutor's: they need more than one token's rows
  }
}

} // namespace synfire::sim
