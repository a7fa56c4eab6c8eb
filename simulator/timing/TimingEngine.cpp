// TimingEngine: distributes the ticks of a run among threads.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/timing/TimingEngine.h"

#include "simulator/noc/FlitMesh.h"
#include "simulator/timing/TickEngine.h"
#include "simulator/timing/TrafficPlan.h"
#include "support/WorkerPool.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>

namespace synfire::sim {

Counters simulateTiming(const Program &program, const ActivityTrace &trace, int32_t tokens,
                        const TimingOptions &options) {
  const TrafficPlan plan(program);
  const int64_t ticksPerToken = static_cast<int64_t>(program.timeSteps) * program.stages;
  const int64_t ticks = ticksPerToken * tokens;
  std::atomic<int64_t> nextTick = 0;
  std::atomic<bool> failed = false;
  std::mutex mutex; // protects sum, done and failure, and calls of `progress`
  Counters sum(program);
  int64_t done = 0;
  std::exception_ptr failure;

  // A thread takes one tick at a time, as an image is a single token. Counts are integers, so the
  // sums do not depend on the order in which threads add theirs.
  auto work = [&] {
    Counters counters(program);
    TickEngine engine(program, plan, trace, std::make_unique<FlitMesh>(networkConfig(program.chip)),
                      counters);
    for (int64_t tick; !failed && (tick = nextTick++) < ticks;) {
      const int64_t ofToken = tick % ticksPerToken;
      engine.run(static_cast<int32_t>(tick / ticksPerToken),
                 static_cast<int32_t>(ofToken / program.stages),
                 static_cast<int32_t>(ofToken % program.stages));
      std::lock_guard lock(mutex);
      ++done;
      if (options.progress)
        options.progress(done, ticks);
    }
    if (failed)
      return;
    std::lock_guard lock(mutex);
    sum += counters;
  };
  auto guarded = [&] {
    try {
      work();
    } catch (...) {
      std::lock_guard lock(mutex);
      failed = true;
      if (!failure)
        failure = std::current_exception();
    }
  };
  WorkerPool workers(static_cast<int>(std::min<int64_t>(options.threads, ticks)));
  workers.forEach(workers.threads(), [&](int64_t, int) { guarded(); });
  if (failure)
    std::rethrow_exception(failure);
  return sum;
}

} // namespace synfire::sim
