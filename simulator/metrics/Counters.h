// Counters: everything the timing engine counts, by op, by core, by link, whole.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_METRICS_COUNTERS_H
#define SYNFIRE_SIMULATOR_METRICS_COUNTERS_H

#include "simulator/metrics/Actions.h"
#include "simulator/noc/Noc.h"
#include "simulator/program/Program.h"

#include <cstdint>
#include <vector>

namespace synfire::sim {

/// Counts of one op. Spikes are counted where they are emitted and, once per
/// producer, where they are used; packets belong to the op that fired.
struct OpCounters {
  ActionCounts actions{};
  int64_t spikesIn = 0, spikesOut = 0;
  int64_t neuronSteps = 0; ///< neurons x tokens x time steps: base of the rate
  int64_t packets = 0, packetHops = 0, payloadBits = 0;
  int64_t ioTicks = 0;
  int64_t scores = 0, scoresNotZero = 0; ///< of attention: one per head, step and visible token
  /// Accumulates of the operation as the model has it: each once, however often
  /// the mapping repeats its synapses. The account `op_count` prices these.
  int64_t accumulates = 0;
};

/// Counts of one core (the last one is the host's). A core sends (attention,
/// neurons, packets) and receives (lookups, synapses) at the same time: busyPs is
/// the time in which either side was at work, never more than their sum.
struct CoreCounters {
  ActionCounts actions{};
  int64_t spikesOut = 0, packetsOut = 0, packetsIn = 0;
  int64_t sendBusyPs = 0, receiveBusyPs = 0, busyPs = 0;
};

/// Three views that are never derived from each other, so that their agreement
/// is a test: `ops` is filled where an op's work is known, `cores` where a core
/// does it, `total` and `noc` at the engine's end.
struct Counters {
  std::vector<OpCounters> ops;
  std::vector<CoreCounters> cores;
  OpCounters total;
  NocCounters noc;
  int64_t ticks = 0;
  int64_t timePs = 0;

  explicit Counters(const Program &program) : ops(program.ops.size()), cores(program.cores.size()) {
    noc.linkFlits.assign(static_cast<size_t>(program.chip.tiles()) * kDirections, 0);
  }
  /// Adds the counts of another part of the run. Throws TimeOverflow.
  Counters &operator+=(const Counters &other);
};

/// First disagreement between the three views as a message; empty when sums
/// over ops, over cores and links, and totals agree exactly.
std::string checkConservation(const Counters &counters);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_METRICS_COUNTERS_H
