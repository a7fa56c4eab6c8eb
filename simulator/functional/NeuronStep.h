// NeuronStep: all columns of a population in one time step.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_FUNCTIONAL_NEURONSTEP_H
#define SYNFIRE_SIMULATOR_FUNCTIONAL_NEURONSTEP_H

#include "simulator/program/Program.h"

#include <algorithm>
#include <cstdint>
#include <span>

namespace synfire::sim {

/// Signed range of a state.
struct StateRange {
  int64_t lowest, highest;
  explicit StateRange(int64_t bits)
      : lowest(-(int64_t{1} << (bits - 1))), highest((int64_t{1} << (bits - 1)) - 1) {}
  bool holds(int64_t v) const { return v >= lowest && v <= highest; }
  int64_t clamp(int64_t v) const { return std::clamp(v, lowest, highest); }
};

/// States per neuron, the membrane first.
int32_t stateWords(const NeuronParameters &neuron);

/// The extremes of all numbers that a step wanted to keep as a state: of a neuron the first that
/// did not fit, else its membrane.
struct StateExtremes {
  int64_t lowest = 0, highest = 0;
};

/// The rule of NeuronParameters for columns [firstColumn, firstColumn + columns): updates their
/// states, which lie as [word][column], and sets `spikes` to 0 or 1. Where the extremes leave the
/// range of the neurons' state bits, the states are of no use.
StateExtremes stepNeurons(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                          const int32_t *input, int64_t *states, uint8_t *spikes);
StateExtremes stepNeurons(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                          const int64_t *input, int64_t *states, uint8_t *spikes);

/// Sets `effective` to 1 where that step could have an effect, to 0 where input, states and what is
/// added at every step are all 0.
template <typename Sum>
void findEffective(const NeuronParameters &neuron, int32_t firstColumn, std::span<const Sum> input,
                   const int64_t *states, uint8_t *effective);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_FUNCTIONAL_NEURONSTEP_H
