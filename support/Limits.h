// Limits: how large a number may be, once for every layer that checks it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_LIMITS_H
#define SYNFIRE_SUPPORT_LIMITS_H

#include <cstdint>

namespace synfire {

// The reader of chip files, the verifiers of both dialects, the compiler and the loader all
// take their ranges from here, so that a number which one of them accepts is accepted by all
// that come after it. Within these ranges the functional engine computes with 64-bit integers
// that never overflow; tests/system/LimitsTest.cpp runs a model at both ends of each range.

/// Sizes of a model: time steps, tokens of a sequence, and the most columns of an op, of which the
/// vocabulary is one. They bound what the engines allocate. The names are those of a program.
inline constexpr int32_t kMaxTimeSteps = 4096, kMaxContext = 1 << 24, kMaxColumns = 1 << 24;

/// Width in bits of a signed membrane. Two bits are the fewest that can hold a number above 0.
/// 48 bits are more than any chip known to us has, and few enough that the product of a
/// membrane and a decay's numerator fits 64 bits (see the assertion below).
inline constexpr int kMinStateBits = 2, kMaxStateBits = 48;

/// A decay is numerator / 2^shift with the numerator in 0..2^shift. The compiler rounds a decay
/// that is not such a fraction with a smaller shift to 12 binary places, so 12 is the largest
/// shift that a neuron has.
inline constexpr int kMaxDecayShift = 12;

/// Places of a membrane behind the binary point. With 30 of them, an input sum of 30 bits still
/// stays below the limit of kMaxInputBits.
inline constexpr int kMaxFractionBits = 30;

/// Bits of two magnitudes: kMaxInputBits of the sum of a neuron's inputs in one time step,
/// after the shift by its fraction bits; kMaxBiasBits of its bias.
inline constexpr int kMaxInputBits = 60, kMaxBiasBits = 61;
inline constexpr int64_t kMaxBias = int64_t{1} << kMaxBiasBits;

static_assert(kMaxStateBits - 1 + kMaxDecayShift <= kMaxInputBits,
              "numerator x membrane + input + bias is at most 2^60 + 2^60 + 2^61 = 2^62");

/// Payload bits of a graded spike that a compiled program sends; the functional engine keeps
/// the value of a spike in one byte.
inline constexpr int kMaxSpikeBits = 8;

/// Payload bits of a graded spike that a chip file may state, and that a tensor of the spike
/// dialect may hold; Loihi 2 has 32. The compiler supports fewer: it refuses a program whose
/// spikes need more than kMaxSpikeBits.
inline constexpr int kMaxGradedBits = 32;

/// Bits of a weight, in a chip file, a model and a program; 32 is the width of the largest integers
/// in a program's side file of weights. support/WeightForm.h says what a weight of 1 bit is.
inline constexpr int kMinWeightBits = 1, kMaxWeightBits = 32;

/// Bits of the index that a chip file may state for a weight of an indexed row.
inline constexpr int kMaxIndexBits = 32;

} // namespace synfire

#endif // SYNFIRE_SUPPORT_LIMITS_H
