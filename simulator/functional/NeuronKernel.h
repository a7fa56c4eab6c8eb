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

/// The first neuron, in step and then column order, that left its state bits.
struct NeuronOverflow {
  int32_t step = 0, column = 0; ///< column of the population
  int64_t value = 0;            ///< what did not fit
};

/// Columns [firstColumn, firstColumn + columns) of a population during one
/// token. `input` holds the sums of synapses and attention, [step][column];
/// so does `spikes`, 0 or 1. The rule is NeuronParameters'; every sum fits
/// int64 (Program::validate()). `effective`, laid out like `spikes`, becomes 1
/// where an update could have an effect (input, a state or what is added not 0), which
/// is what a chip with `core.updates_all_neurons: false` updates.
template <typename Sum>
std::optional<NeuronOverflow>
updateNeurons(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
              int32_t timeSteps, std::span<const Sum> input, std::span<uint8_t> spikes,
              std::span<uint8_t> effective, std::vector<int64_t> &states);

/// As updateNeurons for a readout, steps [firstStep, lastStep) of `input`:
/// `result` starts at the bias and adds every step's input.
template <typename Sum>
std::optional<NeuronOverflow> integrateReadout(const NeuronParameters &neuron, int32_t firstColumn,
                                               int32_t columns, int32_t firstStep, int32_t lastStep,
                                               std::span<const Sum> input,
                                               std::span<int64_t> result);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_FUNCTIONAL_NEURONKERNEL_H
