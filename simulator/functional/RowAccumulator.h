// RowAccumulator: adds the weight rows of the neurons that spiked.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_FUNCTIONAL_ROWACCUMULATOR_H
#define SYNFIRE_SIMULATOR_FUNCTIONAL_ROWACCUMULATOR_H

#include <cstdint>
#include <span>

namespace synfire::sim {

/// Adds weight rows: for every column c, result[c] += 2^shift * sum over r in `rows` of
/// weights[r * columns + c]. `weights` is row major with `columns` numbers per row. Precondition:
/// every sum fits 32 bits, which the caller knows from inputBound(). The function uses the widest
/// vector instructions of the machine; the results do not depend on them.
void accumulateRows(const int8_t *weights, int32_t columns, std::span<const int32_t> rows,
                    int32_t shift, int32_t *result);
void accumulateRows(const int16_t *weights, int32_t columns, std::span<const int32_t> rows,
                    int32_t shift, int32_t *result);

/// The same sum as a plain loop. accumulateRows is tested against it, and sums that need 64 bits
/// are computed by it.
template <typename Weight, typename Sum>
void accumulateRowsPlainly(const Weight *weights, int32_t columns, std::span<const int32_t> rows,
                           int32_t shift, Sum *result) {
  for (int32_t row : rows) {
    const Weight *w = weights + static_cast<int64_t>(row) * columns;
    for (int32_t c = 0; c < columns; ++c)
      result[c] += static_cast<Sum>(w[c]) * (Sum{1} << shift);
  }
}

/// The name of the instruction set that accumulateRows uses on this machine, for benchmarks.
const char *rowAccumulatorTarget();

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_FUNCTIONAL_ROWACCUMULATOR_H
