// RowAccumulator: the fast kernel against the plain loop.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/functional/RowAccumulator.h"

#include <doctest/doctest.h>

#include <random>
#include <vector>

using namespace synfire::sim;

template <typename Weight> static void compareOnRandomInputs(int32_t maxRows) {
  std::mt19937 random(7);
  const auto below = [&](int32_t limit) {
    return std::uniform_int_distribution<int32_t>(0, limit - 1)(random);
  };
  for (int round = 0; round < 200; ++round) {
    // Small widths one by one, then past the widest tile of every vector size.
    const int32_t columns = round < 70 ? round + 1 : 1 + below(700);
    const int32_t matrixRows = 1 + below(40);
    std::vector<Weight> weights(static_cast<size_t>(matrixRows) * columns);
    const bool extremes = round % 3 == 0;
    for (Weight &w : weights)
      w = extremes ? std::numeric_limits<Weight>::min() : static_cast<Weight>(random());
    std::vector<int32_t> rows(below(maxRows + 1));
    for (int32_t &row : rows)
      row = below(matrixRows);
    const int32_t shift = below(3);
    std::vector<int32_t> fast(columns), plain(columns);
    for (int32_t c = 0; c < columns; ++c)
      fast[c] = plain[c] = static_cast<int32_t>(random()) >> 8;
    accumulateRows(weights.data(), columns, rows, shift, fast.data());
    accumulateRowsPlainly(weights.data(), columns, rows, shift, plain.data());
    REQUIRE(fast == plain);
  }
}

TEST_CASE("int8 rows: every width, more spikes than an int16 accumulator can hold") {
  compareOnRandomInputs<int8_t>(1200);
}

TEST_CASE("int16 rows: every width") { compareOnRandomInputs<int16_t>(300); }

TEST_CASE("256 weights of -128 just fit, the 257th starts a new accumulator") {
  const std::vector<int8_t> weights(64, -128);
  for (int32_t spikes : {255, 256, 257, 512, 513}) {
    std::vector<int32_t> result(64);
    accumulateRows(weights.data(), 64, std::vector<int32_t>(spikes, 0), 0, result.data());
    CHECK(result == std::vector<int32_t>(64, -128 * spikes));
  }
}

TEST_CASE("no rows leave the sums as they are") {
  const std::vector<int8_t> weights(100, 5);
  std::vector<int32_t> result(100, 3);
  accumulateRows(weights.data(), 100, {}, 1, result.data());
  CHECK(result == std::vector<int32_t>(100, 3));
}
