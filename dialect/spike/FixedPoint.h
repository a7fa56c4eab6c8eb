// FixedPoint: how real weights, biases and neurons become integers. This is the
// definition (RATIONALE.md, "Fixed-point neurons"); quantising passes, the
// interpreter and the compiler call it, while running the integers is written
// apart in the interpreter and in the simulator.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_SPIKE_FIXEDPOINT_H
#define SYNFIRE_DIALECT_SPIKE_FIXEDPOINT_H

#include "dialect/spike/Spike.h"

#include <cstdint>
#include <vector>

namespace synfire::spike {

/// Integers saturate here, far outside every state width, so that an absurd
/// parameter is an overflow or a threshold out of reach, never a wrapped number.
inline constexpr int64_t kIntegerLimit = int64_t{1} << 62;

/// Nearest integer, halves to the even one, within +-kIntegerLimit.
/// Precondition: not NaN.
int64_t roundHalfEven(double value);

/// Largest magnitude of a weight of so many bits: 2^(bits-1) - 1.
int64_t largestWeight(int64_t bits);

/// clamp(roundHalfEven(factor * weight * inputScale / scale)). `factor`: of the
/// column (a folded norm); `inputScale`: what an input of 1 is worth (1 for
/// spikes); `scale`: of the result's encoding. The product is formed in that order.
int64_t quantizeWeight(double weight, double factor, double inputScale, double scale, int64_t bits);

/// roundHalfEven(bias / scale * 2^fractionBits).
int64_t quantizeBias(double bias, double scale, int64_t fractionBits);

/// Weight with which a spike enters a stream (spike.inject).
int64_t quantizeInject(double scale, int64_t bits);

/// A decay as numerator / 2^shift, in lowest terms. Exact when the decay has at
/// most kMaxDecayShift binary places, else rounded to that many.
struct FixedDecay {
  int64_t numerator = 1;
  int32_t shift = 0;
};
FixedDecay quantizeDecay(double decay);

/// Guard bits with which no leak within `timeSteps` steps loses a bit of a
/// current that has none itself: shift * timeSteps. 0 for a neuron without leak.
int64_t requiredFractionBits(NeuronModel model, int64_t timeSteps);

/// An integer neuron. Membranes of channel c are integers in units of
/// gain * scale[c] * 2^-fractionBits:
///   v[t] = leak(decayNumerator * v'[t-1] / 2^decayShift) + i[t] + bias,  v'[-1] = vInit
///   s[t] = v[t] >= threshold
///   v'[t] = vReset (hard), v - decrement (soft), v (none) after a spike, else v.
/// i[t] is the current's integer, with the bias of the synapses in it; `bias` is
/// the neuron's own.
struct FixedNeuron {
  int64_t decayNumerator = 1;
  int32_t decayShift = 0;
  int32_t fractionBits = 0;
  Reset reset = Reset::Hard;
  /// One entry per channel each; decrement is empty unless the reset is soft.
  std::vector<int64_t> threshold, decrement, vReset, vInit, bias;
};

/// Whether a model has an integer form: its gain is above 0, so that membranes have
/// a unit, and it does not filter its current, which would need a second one.
bool hasIntegerForm(NeuronModel model);

/// The integer form of a model on a current with this encoding. Channels: the
/// current's last dimension. Precondition: hasIntegerForm(model).
FixedNeuron makeFixedNeuron(NeuronModel model, FixedAttr encoding, int64_t channels);

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_SPIKE_FIXEDPOINT_H
