// TimingEngine: simulates the time of a run from its activity trace, tick by tick.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_TIMING_TIMINGENGINE_H
#define SYNFIRE_SIMULATOR_TIMING_TIMINGENGINE_H

#include "simulator/metrics/Counters.h"
#include "simulator/program/Program.h"
#include "simulator/trace/ActivityTrace.h"

#include <functional>

namespace synfire::sim {

/// How to run simulateTiming.
struct TimingOptions {
  int threads = 1;
  /// If set: called from time to time, by one thread at a time, with the number of finished ticks
  /// and the number of all ticks.
  std::function<void(int64_t, int64_t)> progress;
};

/// Replays the first `tokens` tokens of `trace`. Timing never changes function
/// and the network is empty at every barrier, so ticks
/// are timed independently: the result is the same for any thread count.
/// Throws NocDefect when the network makes no progress, TimeOverflow when the simulated time is
/// longer than int64 picoseconds can tell, and std::system_error when a thread cannot be started.
Counters simulateTiming(const Program &program, const ActivityTrace &trace, int32_t tokens,
                        const TimingOptions &options);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_TIMING_TIMINGENGINE_H
