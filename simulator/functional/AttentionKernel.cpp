// AttentionKernel: computes attention by AND and population count on packed spikes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/functional/AttentionKernel.h"

#include "simulator/functional/NeuronStep.h"

#include <algorithm>
#include <bit>

namespace synfire::sim {
namespace {

/// The bits [first, first + count) of a packed row, in the low bits of the result; `count` is 1 to
/// 64.
uint64_t bitsAt(std::span<const uint64_t> words, int32_t first, int32_t count) {
  const int32_t word = first / 64, shift = first % 64;
  uint64_t bits = words[word] >> shift;
  if (shift + count > 64)
    bits |= words[word + 1] << (64 - shift);
  return count == 64 ? bits : bits & ((uint64_t{1} << count) - 1);
}

/// In how many of `count` columns both rows spike, from column `i` on in row `a` and from column
/// `j` on in row `b`.
int32_t coincidences(std::span<const uint64_t> a, int32_t i, std::span<const uint64_t> b, int32_t j,
                     int32_t count) {
  int32_t sum = 0;
  for (int32_t c = 0; c < count; c += 64) {
    const int32_t bits = std::min(count - c, 64);
    sum += std::popcount(bitsAt(a, i + c, bits) & bitsAt(b, j + c, bits));
  }
  return sum;
}

int32_t scoreOf(std::span<const uint64_t> q, std::span<const uint64_t> k, HeadColumns head) {
  return coincidences(q, head.first, k, head.firstKey, head.count);
}

} // namespace

HeadColumns headColumns(const Program &program, const Attention &attention, int32_t head) {
  const int32_t d = program.populations[attention.target].columns / attention.heads;
  return {head * d, static_cast<int32_t>(attention.groups().keyHead(head)) * d, d};
}

int32_t visiblePositions(const Attention &attention, const ActivityTrace &trace, int32_t position) {
  return attention.causal ? position + 1 : trace.positions(attention.k);
}

int32_t attentionScore(const ActivityTrace &trace, const Attention &attention, HeadColumns head,
                       int32_t position, int32_t step, int32_t m) {
  return scoreOf(trace.plane(attention.q, position, step), trace.plane(attention.k, m, step), head);
}

std::optional<int64_t> ScoreNeurons::step(int32_t m, int32_t &score) {
  const StateRange range(neuron->stateBits);
  int64_t &v = membranes[m];
  const int64_t sum = roundedShift(neuron->decay[0] * v, neuron->shift[0], neuron->leakRounding) +
                      (int64_t{score} << neuron->fractionBits) + neuron->bias[0];
  v = range.clamp(sum);
  if (v != sum && !neuron->saturates)
    return sum;
  score = v >= neuron->threshold[0];
  if (score != 0)
    v = !neuron->softReset          ? neuron->vReset[0]
        : neuron->decrement.empty() ? v - neuron->threshold[0]
                                    : v - neuron->decrement[0];
  return std::nullopt;
}

template <typename Sum>
std::optional<int64_t> accumulateAttention(const ActivityTrace &trace, const Attention &attention,
                                           HeadColumns head, int32_t position, int32_t step,
                                           std::span<Sum> result, ScoreNeurons *neurons) {
  const int32_t visible = visiblePositions(attention, trace, position);
  const auto q = trace.plane(attention.q, position, step);
  for (int32_t m = 0; m < visible; ++m) {
    int32_t score = scoreOf(q, trace.plane(attention.k, m, step), head);
    if (neurons)
      if (const std::optional<int64_t> overflow = neurons->step(m, score))
        return overflow;
    if (score == 0)
      continue;
    const auto v = trace.plane(attention.v, m, step);
    for (int32_t c = 0; c < head.count; c += 64) {
      uint64_t bits = bitsAt(v, head.firstKey + c, std::min(head.count - c, 64));
      for (; bits != 0; bits &= bits - 1)
        result[c + std::countr_zero(bits)] += score;
    }
  }
  return std::nullopt;
}

template <typename Sum>
void accumulateProducts(const ActivityTrace &trace, const Attention &attention, ColumnRange columns,
                        int32_t position, int32_t step, std::span<Sum> result) {
  const int32_t visible = visiblePositions(attention, trace, position);
  for (int32_t m = 0; m < visible; ++m) {
    const auto k = trace.plane(attention.k, m, step), v = trace.plane(attention.v, m, step);
    for (int32_t c = 0; c < columns.count; c += 64) {
      const int32_t count = std::min(columns.count - c, 64);
      uint64_t bits = bitsAt(k, columns.first + c, count) & bitsAt(v, columns.first + c, count);
      for (; bits != 0; bits &= bits - 1)
        ++result[c + std::countr_zero(bits)];
    }
  }
}

int64_t countProducts(const ActivityTrace &trace, const Attention &attention, ColumnRange columns,
                      int32_t position, int32_t step) {
  return coincidences(trace.plane(attention.k, position, step), columns.first,
                      trace.plane(attention.v, position, step), columns.first, columns.count);
}

AttentionWork attentionWork(const ActivityTrace &trace, const Attention &attention,
                            HeadColumns head, int32_t position, int32_t step) {
  const int32_t visible = visiblePositions(attention, trace, position);
  AttentionWork work;
  const auto q = trace.plane(attention.q, position, step);
  work.scoreAccumulates = int64_t{coincidences(q, head.first, q, head.first, head.count)} * visible;
  work.scores = visible;
  if (attention.score) {
    // The trace has no scores, so that those of the steps before are computed again.
    ScoreNeurons neurons(attention, visible);
    work.neuronUpdates = visible;
    for (int32_t t = 0; t <= step; ++t)
      for (int32_t m = 0; m < visible; ++m) {
        int32_t score = attentionScore(trace, attention, head, position, t, m);
        (void)neurons.step(m, score); // the engine has seen no overflow
        work.scoresNotZero += t == step && score != 0;
      }
  } else {
    for (int32_t m = 0; m < visible; ++m)
      if (scoreOf(q, trace.plane(attention.k, m, step), head) != 0)
        ++work.scoresNotZero;
  }
  work.valueAccumulates = work.scoresNotZero * head.count;
  return work;
}

template void accumulateProducts<int32_t>(const ActivityTrace &, const Attention &, ColumnRange,
                                          int32_t, int32_t, std::span<int32_t>);
template void accumulateProducts<int64_t>(const ActivityTrace &, const Attention &, ColumnRange,
                                          int32_t, int32_t, std::span<int64_t>);
template std::optional<int64_t> accumulateAttention<int32_t>(const ActivityTrace &,
                                                             const Attention &, HeadColumns,
                                                             int32_t, int32_t, std::span<int32_t>,
                                                             ScoreNeurons *);
template std::optional<int64_t> accumulateAttention<int64_t>(const ActivityTrace &,
                                                             const Attention &, HeadColumns,
                                                             int32_t, int32_t, std::span<int64_t>,
                                                             ScoreNeurons *);

} // namespace synfire::sim
