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

/// Constants of the integer neurons of a population (RATIONALE.md, "Fixed-point neurons"). A list
/// has one entry per column, or one for all columns.
struct NeuronConstants {
  int64_t fractionBits = 0;                      ///< places of the membrane behind the point
  int64_t stateBits = 32;                        ///< signed width of the membrane
  std::vector<int64_t> decay = {1}, shift = {0}; ///< of the membrane: decay / 2^shift
  std::vector<int64_t> vReset = {0};             ///< membrane after a hard reset
  std::vector<int64_t> vInit;                    ///< membrane before the first step
  std::vector<int64_t> threshold, bias;          ///< bias: added with the input
  std::vector<int64_t> decrement; ///< what a soft reset subtracts; empty: the threshold

  // Of neurons that filter their current; empty and 0 of all others.
  std::vector<int64_t> currentDecay, currentShift; ///< factor currentDecay / 2^currentShift
  std::vector<int64_t> membraneBias;               ///< added behind the filter
  int64_t currentBits = 0;                         ///< signed width of the filtered current
  int64_t currentFractionBits = 0;                 ///< its places, at most those of the membrane

  bool filters() const { return !currentDecay.empty(); }
  bool operator==(const NeuronConstants &) const = default;
};

/// The entry of a list for a column. Precondition: the list has one, or one for all columns.
inline int64_t entryOf(const std::vector<int64_t> &list, size_t column) {
  return list[list.size() == 1 ? 0 : column];
}

/// A constant with one value for the population.
struct NeuronScalar {
  const char *name; ///< in #chip.neuron
  int64_t NeuronConstants::*member;
  int64_t least, most;
  bool ofFilter = false; ///< of neurons that filter alone: 0 in all others, and not written there

  bool stands(const NeuronConstants &neuron) const { return !ofFilter || neuron.filters(); }
};
inline constexpr NeuronScalar kNeuronScalars[] = {
    {"fraction_bits", &NeuronConstants::fractionBits, 0, kMaxFractionBits},
    {"state_bits", &NeuronConstants::stateBits, kMinStateBits, kMaxStateBits},
    {"current_bits", &NeuronConstants::currentBits, kMinStateBits, kMaxStateBits, true},
    {"current_fraction_bits", &NeuronConstants::currentFractionBits, 0, kMaxFractionBits, true},
};

/// A factor numerator / 2^shift on an old state, in 0..1.
struct NeuronLeak {
  const char *name; ///< of the numerator
  std::vector<int64_t> NeuronConstants::*numerator, NeuronConstants::*shift;
};
inline constexpr NeuronLeak kNeuronLeaks[] = {
    {"decay", &NeuronConstants::decay, &NeuronConstants::shift},
    {"current_decay", &NeuronConstants::currentDecay, &NeuronConstants::currentShift},
};

/// A constant with a value per column, or one for all.
struct NeuronVector {
  enum Presence {
    Always,   ///< every neuron has it
    OfFilter, ///< a neuron has it if, and only if, it filters its current
    Optional, ///< may be left out by every neuron, and then has no entries
  };
  const char *name; ///< in #chip.neuron
  std::vector<int64_t> NeuronConstants::*member;
  int64_t least, most;
  Presence presence = Always;
  /// Whether one entry stays one for the engine, which is faster where all columns share it. These
  /// lists all have one entry there, or all of them one per column.
  bool shared = false;

  bool stands(const NeuronConstants &neuron) const {
    return presence == Always || (presence == OfFilter && neuron.filters()) ||
           (presence == Optional && !(neuron.*member).empty());
  }
};
inline constexpr NeuronVector kNeuronVectors[] = {
    {"decay", &NeuronConstants::decay, 0, int64_t{1} << kMaxDecayShift, NeuronVector::Always, true},
    {"shift", &NeuronConstants::shift, 0, kMaxDecayShift, NeuronVector::Always, true},
    {"v_reset", &NeuronConstants::vReset, INT64_MIN, INT64_MAX, NeuronVector::Always, true},
    {"v_init", &NeuronConstants::vInit, INT64_MIN, INT64_MAX}, // both by state_bits
    {"threshold", &NeuronConstants::threshold, INT64_MIN, INT64_MAX},
    {"bias", &NeuronConstants::bias, -kMaxBias, kMaxBias},
    {"current_decay", &NeuronConstants::currentDecay, 0, int64_t{1} << kMaxDecayShift,
     NeuronVector::Optional, true},
    {"current_shift", &NeuronConstants::currentShift, 0, kMaxDecayShift, NeuronVector::OfFilter,
     true},
    {"membrane_bias", &NeuronConstants::membraneBias, -kMaxBias, kMaxBias, NeuronVector::OfFilter},
    {"decrement", &NeuronConstants::decrement, 0, INT64_MAX,
     NeuronVector::Optional}, // by threshold
};

/// Leaves one entry of every list whose entries are all equal.
void joinEqualEntries(NeuronConstants &neuron);
/// Gives every list one entry per column; but the `shared` ones only if one of them has more than
/// one entry. Precondition: each list that stands has one entry or `columns`.
void spreadEntries(NeuronConstants &neuron, size_t columns);

/// A constant that is not within its range.
struct NeuronFault {
  std::string what; ///< "shift", or "bias of column 3"
  int64_t value, least, most;
};
/// The first one, scalars before vectors, or none. Lists of different lengths, other than one, are
/// not looked for; their common entries are checked.
std::optional<NeuronFault> findFault(const NeuronConstants &neuron);

} // namespace synfire

#endif // SYNFIRE_SUPPORT_NEURONFORM_H
