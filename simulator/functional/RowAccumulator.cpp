// RowAccumulator: keeps a tile of columns in registers while it adds the rows of all spikes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/functional/RowAccumulator.h"

#include <algorithm>

// Highway compiles this file once per instruction set and picks one when run.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simulator/functional/RowAccumulator.cpp"
#include <hwy/foreach_target.h>

#include <hwy/cache_control.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace synfire::sim {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET == HWY_SCALAR
template <typename Weight>
void addRows(const Weight *weights, int32_t columns, std::span<const int32_t> rows, int32_t shift,
             int32_t *result) {
  accumulateRowsPlainly(weights, columns, rows, shift, result);
}
#else
/// How many rows ahead a weight row is prefetched; six rows cover the latency of the L3 cache.
constexpr size_t kPrefetchDistance = 6;

/// The integer type in which weights are summed, and how many weights it can sum without overflow:
/// 256 weights of int8 fit int16 (256 * -128 = -32768), 65536 weights of int16 fit int32.
template <typename Weight> struct Accumulator;
template <> struct Accumulator<int8_t> {
  using Type = int16_t;
  static constexpr size_t kRows = 256;
};
template <> struct Accumulator<int16_t> {
  using Type = int32_t;
  static constexpr size_t kRows = 65536;
};

/// Widens each lane of `sum` to 32 bits, shifts it left by `shift`, and adds it to `result`.
template <class D, class V> HWY_INLINE void flush(D d, V sum, int32_t shift, int32_t *result) {
  if constexpr (sizeof(hn::TFromD<D>) == 4) {
    hn::StoreU(hn::Add(hn::LoadU(d, result), hn::ShiftLeftSame(sum, shift)), d, result);
  } else {
    const hn::Half<D> dh;
    const hn::Rebind<int32_t, decltype(dh)> d32;
    const size_t half = hn::Lanes(d32);
    const auto low = hn::ShiftLeftSame(hn::PromoteTo(d32, hn::LowerHalf(dh, sum)), shift);
    const auto high = hn::ShiftLeftSame(hn::PromoteTo(d32, hn::UpperHalf(dh, sum)), shift);
    hn::StoreU(hn::Add(hn::LoadU(d32, result), low), d32, result);
    hn::StoreU(hn::Add(hn::LoadU(d32, result + half), high), d32, result + half);
  }
}

/// Adds the rows for a tile of columns: as many as `kVectors` vectors hold. `weights` and `result`
/// point to the first column of the tile; `stride` is the number of columns of a whole row.
template <size_t kVectors, class D, typename Weight>
HWY_INLINE void addTile(D d, const Weight *weights, int64_t stride, std::span<const int32_t> rows,
                        int32_t shift, int32_t *result) {
  const hn::Rebind<Weight, D> dw;
  const size_t lanes = hn::Lanes(d);
  constexpr size_t kRows = Accumulator<Weight>::kRows;
  for (size_t begin = 0; begin < rows.size(); begin += kRows) {
    const size_t end = std::min(begin + kRows, rows.size());
    auto s0 = hn::Zero(d), s1 = s0, s2 = s0, s3 = s0;
    for (size_t i = begin; i < end; ++i) {
      if (i + kPrefetchDistance < rows.size()) {
        const Weight *later = weights + rows[i + kPrefetchDistance] * stride;
        hwy::Prefetch(later);
        if constexpr (kVectors > 1)
          hwy::Prefetch(reinterpret_cast<const char *>(later) + 64);
      }
      const Weight *w = weights + rows[i] * stride;
      s0 = hn::Add(s0, hn::PromoteTo(d, hn::LoadU(dw, w)));
      if constexpr (kVectors > 1)
        s1 = hn::Add(s1, hn::PromoteTo(d, hn::LoadU(dw, w + lanes)));
      if constexpr (kVectors > 2) {
        s2 = hn::Add(s2, hn::PromoteTo(d, hn::LoadU(dw, w + 2 * lanes)));
        s3 = hn::Add(s3, hn::PromoteTo(d, hn::LoadU(dw, w + 3 * lanes)));
      }
    }
    flush(d, s0, shift, result);
    if constexpr (kVectors > 1)
      flush(d, s1, shift, result + lanes);
    if constexpr (kVectors > 2) {
      flush(d, s2, shift, result + 2 * lanes);
      flush(d, s3, shift, result + 3 * lanes);
    }
  }
}

template <typename Weight>
void addRows(const Weight *weights, int32_t columns, std::span<const int32_t> rows, int32_t shift,
             int32_t *result) {
  using Sum = typename Accumulator<Weight>::Type;
  const hn::ScalableTag<Sum> wide;
  const hn::CappedTag<Sum, 8> narrow;
  const int32_t wideLanes = static_cast<int32_t>(hn::Lanes(wide));
  const int32_t narrowLanes = static_cast<int32_t>(hn::Lanes(narrow));
  int32_t c = 0;
  for (; c + 4 * wideLanes <= columns; c += 4 * wideLanes)
    addTile<4>(wide, weights + c, columns, rows, shift, result + c);
  for (; c + 2 * wideLanes <= columns; c += 2 * wideLanes)
    addTile<2>(wide, weights + c, columns, rows, shift, result + c);
  for (; c + wideLanes <= columns; c += wideLanes)
    addTile<1>(wide, weights + c, columns, rows, shift, result + c);
  for (; c + narrowLanes <= columns; c += narrowLanes)
    addTile<1>(narrow, weights + c, columns, rows, shift, result + c);
  if (c == columns)
    return;
  if (columns < narrowLanes) {
    accumulateRowsPlainly(weights, columns, rows, shift, result);
    return;
  }
  // The last columns do not fill a vector. Their tile begins earlier and overlaps the tile before;
  // only the lanes of new columns are added to the result.
  int32_t tail[8] = {};
  const int32_t first = columns - narrowLanes;
  addTile<1>(narrow, weights + first, columns, rows, shift, tail);
  for (; c < columns; ++c)
    result[c] += tail[c - first];
}
#endif // HWY_TARGET == HWY_SCALAR

void addRows8(const int8_t *weights, int32_t columns, std::span<const int32_t> rows, int32_t shift,
              int32_t *result) {
  addRows(weights, columns, rows, shift, result);
}
void addRows16(const int16_t *weights, int32_t columns, std::span<const int32_t> rows,
               int32_t shift, int32_t *result) {
  addRows(weights, columns, rows, shift, result);
}
const char *targetName() { return hwy::TargetName(HWY_TARGET); }

} // namespace HWY_NAMESPACE
} // namespace synfire::sim
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace synfire::sim {

HWY_EXPORT(addRows8);
HWY_EXPORT(addRows16);
HWY_EXPORT(targetName);

void accumulateRows(const int8_t *weights, int32_t columns, std::span<const int32_t> rows,
                    int32_t shift, int32_t *result) {
  HWY_DYNAMIC_DISPATCH(addRows8)(weights, columns, rows, shift, result);
}

void accumulateRows(const int16_t *weights, int32_t columns, std::span<const int32_t> rows,
                    int32_t shift, int32_t *result) {
  HWY_DYNAMIC_DISPATCH(addRows16)(weights, columns, rows, shift, result);
}

const char *rowAccumulatorTarget() { return HWY_DYNAMIC_DISPATCH(targetName)(); }

} // namespace synfire::sim
#endif
