// RandomProgram: small random models with every kind of connection.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_SIMULATOR_RANDOMPROGRAM_H
#define SYNFIRE_TESTS_UNIT_SIMULATOR_RANDOMPROGRAM_H

#include "tests/unit/simulator/ProgramBuilder.h"

namespace synfire::sim {

/// A spiking decoder block with everything in it: q, k, v, attention of random
/// heads, a merged residual, a graded sum, a readout of random recombination.
/// Some spikes are late, and some of them go back: from the sum to q, which
/// takes attention into the cycle, or from neurons to themselves.
struct RandomProgram {
  ProgramBuilder builder; ///< owns the program's weights
  Matrix codes;
  Program program;
  int32_t q = 0, attended = 0, sum = 0, logits = 0; ///< populations

  /// `sliceColumns` cuts populations into slices; it does not change the model.
  RandomProgram(uint32_t seed, int32_t sliceColumns, bool causal = true, int32_t context = 24);
  std::vector<int32_t> tokens(int32_t count, uint32_t seed = 1) const;
};

} // namespace synfire::sim

#endif // SYNFIRE_TESTS_UNIT_SIMULATOR_RANDOMPROGRAM_H
