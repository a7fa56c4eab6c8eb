// SynapseWeights: the integers of a synapse block, typed.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_PROGRAM_SYNAPSEWEIGHTS_H
#define SYNFIRE_SIMULATOR_PROGRAM_SYNAPSEWEIGHTS_H

#include "simulator/program/Program.h"

#include <bit>
#include <cstdint>

namespace synfire::sim {

/// First weight of a block whose weightBytes is sizeof(Weight). Program::
/// validate() has checked size and alignment; the side file is little endian,
/// as are the machines Synfire runs on (checked when it is built).
template <typename Weight> const Weight *weightsAs(const SynapseBlock &block) {
  static_assert(std::endian::native == std::endian::little || sizeof(Weight) == 1);
  return reinterpret_cast<const Weight *>(block.weights.data());
}

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_PROGRAM_SYNAPSEWEIGHTS_H
