// HostRules: the rules that a program's host ops must keep, and facts about their values.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_PROGRAM_HOSTRULES_H
#define SYNFIRE_SIMULATOR_PROGRAM_HOSTRULES_H

#include "simulator/program/Program.h"

#include <cstdint>
#include <string>
#include <vector>

namespace synfire::sim {

/// What is known of the result of a host op before the program runs.
struct HostFacts {
  /// When the result is spikes: the largest that is possible. 0 when it is reals.
  int64_t largestSpike = 0;
  /// Whether the result is known only after the chip has run all time steps of a token. It cannot
  /// enter the chip then.
  bool late = false;
  /// The largest stage of the readouts on which the result depends; -1 when it depends on none.
  int32_t stage = -1;
};

/// Returns a message about the first rule that host op `index` breaks; empty when there is none,
/// and then the op's facts are appended to `facts`. Precondition: `facts` has those of all ops
/// before it.
std::string checkHostOp(const Program &program, size_t index, std::vector<HostFacts> &facts);

/// The same for a population of the host's spikes, with the facts of all host ops. `read` says
/// whether the chip reads the population; otherwise only the host does.
std::string checkHostSpikes(const Program &program, int32_t population,
                            const std::vector<HostFacts> &facts, bool read);

/// Checks that the engine can run host ops and populations in their orders: a population of the
/// host's spikes must come after every readout that its host op, or one before that op, reads.
/// Returns a message about the first population that does not; empty when there is none.
std::string checkHostOrder(const Program &program);

/// The most numbers that the results of all host ops may have together for one token; it bounds
/// what the engine allocates.
inline constexpr int64_t kMaxHostValues = int64_t{1} << 26;

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_PROGRAM_HOSTRULES_H
