// Saturating: sums and products of amounts that stop at the largest int64.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_SATURATING_H
#define SYNFIRE_SUPPORT_SATURATING_H

#include <cstdint>

namespace synfire {

/// `a` + `b`, or the largest int64 when that is too large for an int64. An amount that a file made
/// absurd is then still larger than every limit, and is refused as any other that is too large.
/// Precondition: neither is negative.
constexpr int64_t saturatingAdd(int64_t a, int64_t b) {
  int64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

/// `a` * `b`, or the largest int64 when that is too large for an int64. Precondition: neither is
/// negative.
constexpr int64_t saturatingMultiply(int64_t a, int64_t b) {
  int64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? INT64_MAX : product;
}

} // namespace synfire

#endif // SYNFIRE_SUPPORT_SATURATING_H
