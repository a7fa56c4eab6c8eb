// SynapseWeights: typed access to the weights of a synapse block.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_PROGRAM_SYNAPSEWEIGHTS_H
#define SYNFIRE_SIMULATOR_PROGRAM_SYNAPSEWEIGHTS_H

#include "simulator/program/Program.h"

#include <bit>
#include <cstdint>

namespace synfire::sim {

/// The weights of a block as integers. Preconditions: `block.weightBytes` is sizeof(Weight), and
/// Program::validate() has checked size and alignment. The side file is little-endian, and so are
/// the machines on which Synfire can be built.
template <typename Weight> const Weight *weightsAs(const SynapseBlock &block) {
  static_assert(std::endian::native == std::endian::little || sizeof(Weight) == 1);
  return reinterpret_cast<const Weight *>(block.weights.data());
}

/// Calls `visitor` with the weights of a block as integers of their type, for code that is the same
/// for each of the types.
template <typename Visitor> auto visitWeights(const SynapseBlock &block, Visitor visitor) {
  switch (block.weightBytes) {
  case 1:
    return visitor(weightsAs<int8_t>(block));
  case 2:
    return visitor(weightsAs<int16_t>(block));
  default:
    return visitor(weightsAs<int32_t>(block));
  }
}

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_PROGRAM_SYNAPSEWEIGHTS_H
