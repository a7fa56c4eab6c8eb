// NeuronStep: all columns of a population in one time step.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_FUNCTIONAL_NEURONSTEP_H
#define SYNFIRE_SIMULATOR_FUNCTIONAL_NEURONSTEP_H

#include "simulator/program/Program.h"

#include <algorithm>
#include <cstdint>

namespace synfire::sim {

/// Signed range of a membrane.
struct StateRange {
  int64_t lowest, highest;
  explicit StateRange(int32_t bits)
      : lowest(-(int64_t{1} << (bits - 1))), highest((int64_t{1} << (bits - 1)) - 1) {}
  bool holds(int64_t v) const { return v >= lowest && v <= highest; }
  int64_t clamp(int64_t v) const { return std::clamp(v, lowest, highest); }
};

/// round(product / 2^shift); Nearest takes ties to the even neighbour.
int64_t shiftRounded(int64_t product, int32_t shift, Rounding rounding);

/// The rule of NeuronParameters for columns [firstColumn, firstColumn +
/// columns): updates their membranes `v`, sets `spikes` to 0 or 1. Returns
/// whether every membrane kept its state bits; if not, `v` is of no use.
bool stepNeurons(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                 const int32_t *input, int64_t *v, uint8_t *spikes);
bool stepNeurons(const NeuronParameters &neuron, int32_t firstColumn, int32_t columns,
                 const int64_t *input, int64_t *v, uint8_t *spikes);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_FUNCTIONAL_NEURONSTEP_H
