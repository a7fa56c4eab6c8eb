// Counters: everything that the timing engine counts: by op, by core, by link and in total.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_METRICS_COUNTERS_H
#define SYNFIRE_SIMULATOR_METRICS_COUNTERS_H

#include "simulator/metrics/Actions.h"
#include "simulator/noc/Noc.h"
#include "simulator/program/Program.h"

#include <cstdint>
#include <vector>

namespace synfire::sim {

/// Counts of one op, or of the whole run.
struct OpCounters {
  ActionCounts actions{};
  int64_t spikesOut = 0; ///< spikes that the op's neurons emit
  /// Spikes that the op reads. A spike counts once, however many slices of the op receive it.
  int64_t spikesIn = 0;
  int64_t neuronSteps = 0; ///< neurons x tokens x time steps, the most spikes that are possible
  int64_t packets = 0;     ///< packets that carry spikes of the op
  int64_t packetHops = 0;  ///< links that these packets cross
  int64_t payloadBits = 0; ///< bits of these packets, header and payload
  int64_t ioTicks = 0;     ///< ticks in which the op's values cross between host and chip
  int64_t scores = 0;      ///< attention scores: one per head, token, step and visible token
  int64_t scoresNotZero = 0;
  /// Accumulates that the op needs as the model defines it. They do not grow when the mapping
  /// stores a synapse more than once. The account `op_count` prices them.
  int64_t accumulates = 0;
  /// The same of the multiplications by the values of graded spikes, on a chip that multiplies.
  int64_t products = 0;
};

/// Counts of one core; the last core of a program stands for the host. The two sides of a core work
/// at the same time: the sending side (attention, neurons, packets) and the receiving side
/// (lookups, synapses).
struct CoreCounters {
  ActionCounts actions{};
  int64_t spikesOut = 0, packetsOut = 0, packetsIn = 0;
  int64_t sendBusyPs = 0, receiveBusyPs = 0; ///< time in which the side was at work
  int64_t busyPs = 0; ///< time in which at least one side was at work, so at most the sum of both
};

/// All counts of a run, in three views: by op, by core, and in total. No view is computed from
/// another, so that checkConservation() tests the engine. For example, the traffic of an op is
/// counted where a packet leaves, the total traffic where a packet arrives, and `noc` by the
/// network itself.
struct Counters {
  std::vector<OpCounters> ops;     ///< by OpId
  std::vector<CoreCounters> cores; ///< by index into Program::cores
  OpCounters total;
  NocCounters noc;
  int64_t ticks = 0;
  int64_t timePs = 0;                 ///< sum of the times of all ticks, barriers included
  std::vector<int64_t> laterTokensPs; ///< by stage: the same of all tokens but the first

  explicit Counters(const Program &program)
      : ops(program.ops.size()), cores(program.cores.size()), laterTokensPs(program.stages) {
    noc.linkFlits.assign(static_cast<size_t>(program.chip.tiles()) * kDirections, 0);
  }
  /// Adds the counts of another part of the run. Throws TimeOverflow.
  Counters &operator+=(const Counters &other);
};

/// Returns a message about the first count on which the three views disagree; empty when the sums
/// over ops, the sums over cores and links, and the totals are all equal.
std::string checkConservation(const Counters &counters);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_METRICS_COUNTERS_H
