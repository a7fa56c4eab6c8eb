// NeuronForm: the constants of neurons, over reals and as integers. What checks, prints, stores,
// loads and hashes neurons goes through the lists below, so that a form with another equation adds
// its constants here alone. The arithmetic is not here: dialect/RATIONALE.md defines it, and the
// interpreter and the simulator implement it apart.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_NEURONFORM_H
#define SYNFIRE_SUPPORT_NEURONFORM_H

#include "support/Limits.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace synfire {

/// Constants of a neuron over reals (RATIONALE.md, "Neurons"):
///   i[t] = currentDecay i[t-1] + currentGain I[t],  v[t] = (decay v'[t-1] + gain i[t]) + bias.
/// The defaults of those that a form has for itself leave all other forms as they are: here i = I.
struct NeuronEquation {
  double decay = 1, gain = 1, bias = 0, vReset = 0, vInit = 0;
  double currentDecay = 0, currentGain = 1;

  /// Every constant, in an order that never changes.
  std::vector<double> all() const {
    return {decay, gain, bias, vReset, vInit, currentDecay, currentGain};
  }
  /// The factors on old states: one that is neither 0 nor 1 is a multiplicative leak.
  std::array<double, 2> decays() const { return {decay, currentDecay}; }
};

/// Constants of the integer neurons of a population (RATIONALE.md, "Fixed-point neurons").
struct NeuronConstants {
  int64_t decay = 1, shift = 0;         ///< of the membrane: factor decay / 2^shift
  int64_t fractionBits = 0;             ///< places of the membrane behind the binary point
  int64_t vReset = 0;                   ///< membrane after a hard reset
  int64_t stateBits = 32;               ///< signed width of every state
  std::vector<int64_t> vInit;           ///< membrane before the first step
  std::vector<int64_t> threshold, bias; ///< bias: added with the input
  std::vector<int64_t> decrement;       ///< what a soft reset subtracts; empty: the threshold

  // Of neurons that filter their current, of which it is not 0.
  int64_t currentDecay = 0, currentShift = 0; ///< factor currentDecay / 2^currentShift
  std::vector<int64_t> membraneBias;          ///< added behind the filter

  bool operator==(const NeuronConstants &) const = default;
};

/// A constant with one value for the population.
struct NeuronScalar {
  const char *name; ///< in #chip.neuron
  int64_t NeuronConstants::*member;
  int64_t least, most;
  bool ofForm = false; ///< of some forms alone: it is 0 in all others, and not written down there
};
inline constexpr NeuronScalar kNeuronScalars[] = {
    {"decay", &NeuronConstants::decay, 0, int64_t{1} << kMaxDecayShift},
    {"shift", &NeuronConstants::shift, 0, kMaxDecayShift},
    {"fraction_bits", &NeuronConstants::fractionBits, 0, kMaxFractionBits},
    {"v_reset", &NeuronConstants::vReset, INT64_MIN, INT64_MAX}, // by state_bits
    {"state_bits", &NeuronConstants::stateBits, kMinStateBits, kMaxStateBits},
    {"current_decay", &NeuronConstants::currentDecay, 0, int64_t{1} << kMaxDecayShift, true},
    {"current_shift", &NeuronConstants::currentShift, 0, kMaxDecayShift, true},
};

/// A factor numerator / 2^shift on an old state, in 0..1.
struct NeuronLeak {
  const char *name; ///< of the numerator
  int64_t NeuronConstants::*numerator, NeuronConstants::*shift;
};
inline constexpr NeuronLeak kNeuronLeaks[] = {
    {"decay", &NeuronConstants::decay, &NeuronConstants::shift},
    {"current_decay", &NeuronConstants::currentDecay, &NeuronConstants::currentShift},
};

/// A constant with a value per column, or one for all.
struct NeuronVector {
  const char *name; ///< in #chip.neuron
  std::vector<int64_t> NeuronConstants::*member;
  int64_t least, most;
  /// Null, or the scalar of a form: then it stands exactly where that is not 0.
  int64_t NeuronConstants::*standsWith = nullptr;
  bool optional = false; ///< may be left out by every form, and then has no entries

  bool stands(const NeuronConstants &neuron) const {
    return optional ? !(neuron.*member).empty() : !standsWith || neuron.*standsWith != 0;
  }
};
inline constexpr NeuronVector kNeuronVectors[] = {
    {"v_init", &NeuronConstants::vInit, INT64_MIN, INT64_MAX}, // by state_bits
    {"threshold", &NeuronConstants::threshold, INT64_MIN, INT64_MAX},
    {"bias", &NeuronConstants::bias, -kMaxBias, kMaxBias},
    {"membrane_bias", &NeuronConstants::membraneBias, -kMaxBias, kMaxBias,
     &NeuronConstants::currentDecay},
    {"decrement", &NeuronConstants::decrement, 0, INT64_MAX, nullptr, true}, // by threshold
};

/// A constant that is not within its range.
struct NeuronFault {
  std::string what; ///< "shift", or "bias of column 3"
  int64_t value, least, most;
};
/// The first one, scalars before vectors, or none.
std::optional<NeuronFault> findFault(const NeuronConstants &neuron);

} // namespace synfire

#endif // SYNFIRE_SUPPORT_NEURONFORM_H
