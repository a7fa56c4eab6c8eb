// Limits: how large a number may be, once for every layer that checks it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_LIMITS_H
#define SYNFIRE_SUPPORT_LIMITS_H

#include <cstdint>

namespace synfire {

// What passes the first check passes the last: the ranges of chip files, the
// verifiers of both dialects, the compiler and the loader all stand here. Each
// number is one that the functional engine holds, with 64-bit integers that
// never overflow; tests/system/LimitsTest.cpp runs a model at both ends of each.

/// Membrane, sign included. Two bits are the least with a number above 0; 48, more
/// than any chip that we know has, leave room for the product with a decay's
/// numerator, which the assertion below counts.
inline constexpr int kMinStateBits = 2, kMaxStateBits = 48;

/// A decay is numerator / 2^shift with the numerator in 0..2^shift. What is no
/// short binary fraction is rounded to 12 places, so no neuron has more.
inline constexpr int kMaxDecayShift = 12;

/// Places of a membrane behind the binary point. Currents are 32-bit integers,
/// and with 30 places 1 is still one of them, with its sign.
inline constexpr int kMaxFractionBits = 30;

/// Bits of the magnitude of a neuron's inputs, summed over a time step and
/// shifted by its fraction bits, and of its bias.
inline constexpr int kMaxInputBits = 60, kMaxBiasBits = 61;
inline constexpr int64_t kMaxBias = int64_t{1} << kMaxBiasBits;

static_assert(kMaxStateBits - 1 + kMaxDecayShift <= kMaxInputBits,
              "numerator x membrane + input + bias is at most 2^60 + 2^60 + 2^61 = 2^62");

/// Payload of a graded spike that a program sends: the engine keeps the values
/// of spikes in bytes.
inline constexpr int kMaxSpikeBits = 8;

/// Payload of a graded spike that a chip can carry, or a tensor of the spike
/// dialect hold: 32 on Loihi 2. It is a fact about a chip, not a promise: the
/// compiler refuses programs with spikes of more than kMaxSpikeBits.
inline constexpr int kMaxGradedBits = 32;

/// Weight as a program stores it. One bit holds a synapse that is there or not;
/// the side file of weights has 16-bit integers at most.
inline constexpr int kMinWeightBits = 1, kMaxWeightBits = 16;

/// Weight that quantising makes: signed and symmetric, so that one bit holds
/// nothing but 0.
inline constexpr int kMinQuantizedBits = 2;

/// Weight that a chip can store. A chip file lists what the chip has; of the
/// list, the compiler uses what a program can store.
inline constexpr int kMaxChipWeightBits = 32;

} // namespace synfire

#endif // SYNFIRE_SUPPORT_LIMITS_H
