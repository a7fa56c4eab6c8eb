// NeuronKernel: fixed-point neurons, scanned over the time steps of a token.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_FUNCTIONAL_NEURONKERNEL_H
#define SYNFIRE_SIMULATOR_FUNCTIONAL_NEURONKERNEL_H

#include "simulator/program/Program.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace synfire::sim {

/// A state that left the bits of its neuron: the first one by time step, then by column.
struct NeuronOverflow {
  int32_t step = 0, column = 0; ///< column of the population
  int64_t value = 0;            ///< what did not fit
  bool ofCurrent = false;       ///< the filtered current, else the membrane
  int32_t attention = -1;       ///< whose score neuron it is; -1: a neuron of the population
};

/// Runs columns [firstColumn, firstColumn + columns) of a population over `timeSteps` time steps of
/// one token, the first of which is `firstStep`, by the rule of NeuronParameters. `input`, `spikes`
/// and `effective` have timeSteps rows of `columns` entries. `input` holds the sums of synapses and
/// attention, without the shift by the fraction bits; Program::validate() makes sure that no later
/// sum leaves int64. Sets each entry of `spikes` to 0 or 1, and each of `effective` to 1 where an
/// update can have an effect: these are the neurons that a chip with `core.updates_all_neurons:
/// false` updates. `before` has the states before step 0 in stateWords() rows of `columns` entries,
/// the membranes first, or no entries: then membranes are vInit, and filtered currents 0.
/// Afterwards `states` begins with the states after the last step, in the same layout; a call that
/// goes on behind it takes them from there. Returns the first overflow unless the neurons saturate;
/// the outputs are of no use then.
template <typename Sum>
std::optional<NeuronOverflow>
updateNeurons(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
              int32_t firstStep, int32_t timeSteps, std::span<const Sum> input,
              std::span<uint8_t> spikes, std::span<uint8_t> effective, std::vector<int64_t> &states,
              std::span<const int64_t> before = {});

/// Integrates columns [firstColumn, firstColumn + columns) of a readout over all `timeSteps` of a
/// token. `input` is laid out as for updateNeurons(). Sets `result`, an entry per column, to the
/// bias plus the inputs of all steps, shifted by the fraction bits. Returns the first overflow
/// unless the readout saturates. The whole sum is held to the state bits, what it passes on the way
/// is not.
template <typename Sum>
std::optional<NeuronOverflow>
integrateReadout(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                 int32_t timeSteps, std::span<const Sum> input, std::span<int64_t> result);

/// One time step of a readout that is read after every step: sets each membrane, an entry per
/// column, to that of time step `step`. `before` has those of the step before, and is empty for the
/// first one; `input` has an entry per column. Returns the first overflow unless it saturates.
template <typename Sum>
std::optional<NeuronOverflow> stepReadout(const NeuronParameters &neuron, int32_t firstColumn,
                                          int32_t step, std::span<const Sum> input,
                                          std::span<const int64_t> before,
                                          std::span<int64_t> membranes);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_FUNCTIONAL_NEURONKERNEL_H
