// HostRules: rules of a program's host ops, and what they say of their values.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_PROGRAM_HOSTRULES_H
#define SYNFIRE_SIMULATOR_PROGRAM_HOSTRULES_H

#include "simulator/program/Program.h"

#include <cstdint>
#include <string>
#include <vector>

namespace synfire::sim {

/// What is known of the values of a host op.
struct HostFacts {
  /// Largest spike, when all values are spikes; 0: they are reals.
  int64_t largestSpike = 0;
  /// Known only after the last time step of a token: what comes of it cannot
  /// enter the chip, which has run all steps by then.
  bool late = false;
  /// Largest stage of the readouts that it depends on, -1: none.
  int32_t stage = -1;
};

/// First violated rule of host op `index`, empty when there is none; appends its
/// facts to those of the ops before it.
std::string checkHostOp(const Program &program, size_t index, std::vector<HostFacts> &facts);

/// The same of a population of the host's spikes. `read`: whether the chip does.
std::string checkHostSpikes(const Program &program, int32_t population,
                            const std::vector<HostFacts> &facts, bool read);

/// Host ops and populations can run in one order: a population of the host's
/// spikes stands behind every readout that host ops before its own read.
std::string checkHostOrder(const Program &program);

/// Limit on the values that all host ops have of one token: what is allocated.
inline constexpr int64_t kMaxHostValues = int64_t{1} << 26;

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_PROGRAM_HOSTRULES_H
