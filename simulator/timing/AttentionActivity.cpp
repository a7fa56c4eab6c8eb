// AttentionActivity: counts coincidences on packed spikes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/timing/AttentionActivity.h"

#include <bit>
#include <span>

namespace synfire::sim {
namespace {

/// Bits [first, first + count) of a packed row, as words starting at bit 0.
uint64_t wordAt(std::span<const uint64_t> row, int32_t first, int32_t count) {
  const int32_t word = first / 64, shift = first % 64;
  uint64_t bits = row[word] >> shift;
  if (shift != 0 && static_cast<size_t>(word) + 1 < row.size())
    bits |= row[word + 1] << (64 - shift);
  return count < 64 ? bits & ((uint64_t{1} << count) - 1) : bits;
}

} // namespace

AttentionWork attentionWork(const Program &program, const Attention &attention,
                            const ActivityTrace &trace, int32_t token, int32_t step, int32_t head) {
  const int32_t width = program.populations[attention.q].columns / attention.heads;
  const int32_t firstColumn = head * width;
  const std::span<const uint64_t> q = trace.plane(attention.q, token, step);
  const int32_t visible = attention.causal ? token + 1 : trace.tokens();

  int64_t querySpikes = 0;
  for (int32_t c = 0; c < width; c += 64)
    querySpikes += std::popcount(wordAt(q, firstColumn + c, width - c));
  AttentionWork work;
  work.scoreAccumulates = querySpikes * visible;
  if (querySpikes == 0)
    return work;
  for (int32_t m = 0; m < visible; ++m) {
    const std::span<const uint64_t> k = trace.plane(attention.k, m, step);
    for (int32_t c = 0; c < width; c += 64) {
      if ((wordAt(q, firstColumn + c, width - c) & wordAt(k, firstColumn + c, width - c)) == 0)
        continue;
      work.valueAccumulates += width;
      break;
    }
  }
  return work;
}

} // namespace synfire::sim
