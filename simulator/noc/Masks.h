// Masks: round-robin choice among the set bits of a 32-bit mask.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_MASKS_H
#define SYNFIRE_SIMULATOR_NOC_MASKS_H

#include <bit>
#include <cstdint>

namespace synfire::sim {

/// The mask in which only bit `index` (0 to 31) is set.
inline constexpr uint32_t bit(int index) { return uint32_t{1} << index; }

/// The index of the lowest set bit. Precondition: `mask` is not 0.
inline int firstBit(uint32_t mask) { return std::countr_zero(mask); }

/// Whether exactly one bit is set. Precondition: `mask` is not 0.
inline bool isSingleBit(uint32_t mask) { return (mask & (mask - 1)) == 0; }

/// The index of the first set bit from `start` on, which is below 32; after bit 31 the search goes
/// on at bit 0. Precondition: `mask` is not 0.
inline int firstBitFrom(uint32_t mask, int start) {
  uint32_t later = mask >> start << start;
  return std::countr_zero(later ? later : mask);
}

/// Calls `visit(index)` for every bit set in `mask`, ascending.
template <class Visit> inline void forEachBit(uint32_t mask, Visit &&visit) {
  for (; mask; mask &= mask - 1)
    visit(std::countr_zero(mask));
}

/// The index after `index` in a round of `size` indices: after the last one comes 0.
inline int nextInRound(int index, int size) { return index + 1 < size ? index + 1 : 0; }

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_MASKS_H
