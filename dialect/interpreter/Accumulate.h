// Accumulate: sums weighted inputs in ascending order of their index.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_INTERPRETER_ACCUMULATE_H
#define SYNFIRE_DIALECT_INTERPRETER_ACCUMULATE_H

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace synfire::spike {

/// For every row r and output o, computes the sum of x[i] * weight(o, i) over all inputs i in
/// ascending order, and calls `store(r, o, sum)`. `load(r, x)` writes the inputs of row r to x.
///
/// Outputs are computed in blocks: the weights of one block are unpacked at a time, because the
/// head of a language model has tens of millions of weights, and the sums of a block are computed
/// side by side, so that the compiler can vectorise. Inputs of 0 are skipped: most inputs are
/// spikes, and most of those are 0.
template <typename Number, typename Weight, typename Load, typename Store>
void accumulate(int64_t rows, int64_t inputs, int64_t outputs, Weight weight, Load load,
                Store store) {
  constexpr int64_t block = 64;
  std::vector<Number> x(inputs), unpacked(inputs * block); // [inputs, block]
  for (int64_t first = 0; first < outputs; first += block) {
    int64_t width = std::min(block, outputs - first);
    for (int64_t o = 0; o < width; ++o)
      for (int64_t i = 0; i < inputs; ++i)
        unpacked[i * block + o] = weight(first + o, i);
    for (int64_t row = 0; row < rows; ++row) {
      load(row, x);
      std::array<Number, block> sums{};
      for (int64_t i = 0; i < inputs; ++i) {
        if (x[i] == Number(0))
          continue;
        const Number *weights = unpacked.data() + i * block;
        for (int64_t o = 0; o < block; ++o)
          sums[o] += x[i] * weights[o];
      }
      for (int64_t o = 0; o < width; ++o)
        store(row, first + o, sums[o]);
    }
  }
}

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_INTERPRETER_ACCUMULATE_H
