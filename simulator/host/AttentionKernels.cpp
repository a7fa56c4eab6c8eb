// AttentionKernels: softmax attention on the host.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/host/AttentionKernels.h"

#include "simulator/host/HostMath.h"
#include "support/Message.h"

#include <algorithm>

namespace synfire::sim::host {

std::string SoftmaxAttention::check(const HostValues &values) const {
  const HostValue &q = values.inputs[0], &k = values.inputs[1], &v = values.inputs[2];
  const int32_t columns = values.result.columns;
  if (k.steps != q.steps || v.steps != q.steps)
    return message("queries, keys and values have ", q.steps, ", ", k.steps, " and ", v.steps,
                   " time steps");
  if (heads < 1 || kvHeads < 1 || columns % heads != 0 || heads % kvHeads != 0)
    return message(heads, " heads over ", kvHeads, " of keys do not divide ", columns, " columns");
  const int64_t shared = int64_t{columns} / heads * kvHeads;
  if (q.columns != columns || k.columns != shared || v.columns != shared)
    return "queries, keys and values: " +
           needsHas(message(columns, ", ", shared, " and ", shared, " columns"),
                    message(q.columns, ", ", k.columns, " and ", v.columns));
  return firstOf({checkMade(values, q.steps, columns), checkConstants({scale})});
}

/// The scores and the weighted sum of values each take one multiplication per column and visible
/// token.
HostWork SoftmaxAttention::work(const HostValues &values, int32_t position, int32_t tokens) const {
  const int64_t visible = causal ? position + 1 : tokens;
  return {2 * visible * values.result.size(), visible * values.result.steps * heads};
}

void SoftmaxAttention::hash(Hasher &hasher) const {
  hasher.add(heads);
  hasher.add(kvHeads);
  hasher.add(scale);
  hasher.add(causal);
}

std::string SoftmaxAttention::evaluate(const HostToken &token, std::span<double> result) const {
  const int32_t visible = causal ? token.position + 1 : token.tokens;
  const size_t steps = static_cast<size_t>(token.values.result.steps);
  std::vector<HostRows> keys(visible), values(visible);
  for (size_t step = 0; step < steps; ++step) {
    const auto rowOf = [&](auto all) {
      const size_t columns = all.size() / steps;
      return all.subspan(step * columns, columns);
    };
    for (int32_t m = 0; m < visible; ++m) {
      keys[m] = rowOf(token.input(1, m));
      values[m] = rowOf(token.input(2, m));
    }
    attend(rowOf(token.input(0)), keys, values, rowOf(result));
  }
  return {};
}

void SoftmaxAttention::attend(HostRows query, std::span<const HostRows> keys,
                              std::span<const HostRows> values, std::span<double> result) const {
  const size_t width = query.size() / static_cast<size_t>(heads);
  std::vector<double> scores(keys.size());
  std::fill(result.begin(), result.end(), 0.0);
  for (int32_t head = 0; head < heads; ++head) {
    const size_t own = static_cast<size_t>(head) * width;
    const size_t shared = static_cast<size_t>(int64_t{head} * kvHeads / heads) *
                          width; // first column of the head in keys and values
    for (size_t m = 0; m < keys.size(); ++m) {
      double product = 0;
      for (size_t e = 0; e < width; ++e)
        product += query[own + e] * keys[m][shared + e];
      scores[m] = scale * product;
    }
    hostSoftmax(scores);
    for (size_t m = 0; m < values.size(); ++m)
      for (size_t c = 0; c < width; ++c)
        result[own + c] += scores[m] * values[m][shared + c];
  }
}

} // namespace synfire::sim::host
