// NeuronStep: all columns of a population in one time step.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_FUNCTIONAL_NEURONSTEP_H
#define SYNFIRE_SIMULATOR_FUNCTIONAL_NEURONSTEP_H

#include "simulator/program/Program.h"

#include <algorithm>
#include <cstdint>
#include <span>

namespace synfire::sim {

/// The signed integers that a state of this many bits, sign included, holds. Precondition: 1 to 63
/// bits.
struct StateRange {
  int64_t lowest, highest;
  explicit StateRange(int64_t bits)
      : lowest(-(int64_t{1} << (bits - 1))), highest((int64_t{1} << (bits - 1)) - 1) {}
  bool holds(int64_t v) const { return v >= lowest && v <= highest; }
  int64_t clamp(int64_t v) const { return std::clamp(v, lowest, highest); }
};

/// product / 2^shift, rounded: the leak of a membrane.
inline int64_t roundedShift(int64_t product, int64_t shift, Rounding rounding) {
  const int64_t floor = product >> shift;
  const int64_t rest = product - (floor << shift), half = (int64_t{1} << shift) - rest;
  switch (rounding) {
  case Rounding::Floor:
    return floor;
  case Rounding::TowardZero:
    return floor + (product < 0 && rest != 0 ? 1 : 0);
  case Rounding::Nearest:
    break; // ties to the even one
  }
  return floor + (rest > half || (rest == half && floor % 2 != 0) ? 1 : 0);
}

/// How many numbers a neuron keeps from one time step to the next: its membrane and, when it
/// filters its input, the filtered current.
int32_t stateWords(const NeuronParameters &neuron);

/// The smallest and the largest of some numbers and 0.
struct Extremes {
  int64_t lowest = 0, highest = 0;
};
/// The extremes of what the neurons of one step would keep as states. A neuron whose filtered
/// current does not fit computes its membrane with the nearest current that does.
struct StateExtremes {
  Extremes membrane, current;
};

/// Runs one time step of columns [firstColumn, firstColumn + columns) by the rule of
/// NeuronParameters. `input` and `spikes` have `columns` entries; `states` has stateWords() rows of
/// `columns` entries, the membranes first. Updates the states and sets each spike to 0 or 1. When
/// one of the returned extremes does not fit its state, the states are of no use.
StateExtremes stepNeurons(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                          const int32_t *input, int64_t *states, uint8_t *spikes);
StateExtremes stepNeurons(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                          const int64_t *input, int64_t *states, uint8_t *spikes);

/// Sets `effective`, with an entry per entry of `input`, to 1 for each neuron that stepNeurons()
/// can change, and to 0 for one whose input, states and constants added at every step are all 0.
template <typename Sum>
void findEffective(const NeuronParameters &neuron, int32_t firstColumn, std::span<const Sum> input,
                   const int64_t *states, uint8_t *effective);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_FUNCTIONAL_NEURONSTEP_H
