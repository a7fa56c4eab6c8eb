// Comparison: computes losses and the agreement of spikes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/Comparison.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace synfire::tool {

Loss &Loss::operator+=(const Loss &other) {
  sumNats += other.sumNats;
  predictions += other.predictions;
  correct += other.correct;
  return *this;
}

Agreement &Agreement::operator+=(const Agreement &other) {
  same += other.same;
  all += other.all;
  return *this;
}

Loss crossEntropy(const spike::InterpretResult &result, const std::vector<int32_t> &tokens) {
  Loss loss;
  if (std::ranges::any_of(tokens, [&](int32_t token) { return token >= result.vocabulary; }))
    return loss;
  for (size_t n = 0; n + 1 < tokens.size(); ++n) {
    const double *row = result.logits.data() + n * static_cast<size_t>(result.vocabulary);
    const double *top = std::max_element(row, row + result.vocabulary);
    double total = 0;
    for (int64_t v = 0; v < result.vocabulary; ++v)
      total += std::exp(row[v] - *top);
    loss.sumNats += std::log(total) - (row[tokens[n + 1]] - *top);
    loss.correct += top - row == tokens[n + 1];
    ++loss.predictions;
  }
  return loss;
}

Agreement compareSpikes(const spike::SpikeRecord &a, const spike::SpikeRecord &b) {
  Agreement agreement;
  agreement.all = static_cast<int64_t>(a.values.size());
  for (size_t i = 0; i < a.values.size(); ++i)
    agreement.same += a.values[i] == b.values[i];
  return agreement;
}

Agreement compareSpikes(const spike::InterpretResult &a, const spike::InterpretResult &b) {
  Agreement agreement;
  for (const spike::SpikeRecord &record : a.spikes)
    if (record.isNeuron)
      if (const spike::SpikeRecord *other = b.findSpikes(record.name))
        agreement += compareSpikes(record, *other);
  return agreement;
}

int64_t countSpikes(const spike::SpikeRecord &record) {
  return std::ranges::count_if(record.values, [](uint32_t value) { return value != 0; });
}

std::vector<int64_t> bestOf(llvm::ArrayRef<double> scores, int64_t count) {
  std::vector<int64_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0);
  auto key = [&](int64_t i) { return std::pair(std::isnan(scores[i]) ? INFINITY : -scores[i], i); };
  const auto shown = order.begin() + std::min<int64_t>(count, static_cast<int64_t>(order.size()));
  std::partial_sort(order.begin(), shown, order.end(),
                    [&](int64_t a, int64_t b) { return key(a) < key(b); });
  order.erase(shown, order.end());
  return order;
}

std::vector<size_t> windowStarts(size_t tokens, size_t context, size_t wanted) {
  const size_t available = std::max<size_t>(tokens / context, 1);
  const size_t count = std::min(wanted, available);
  std::vector<size_t> starts;
  for (size_t i = 0; i < count; ++i)
    starts.push_back(i * available / count * context);
  return starts;
}

} // namespace synfire::tool
