// FunctionalEngine: what a Program computes, exactly, without any notion of time.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_FUNCTIONAL_FUNCTIONALENGINE_H
#define SYNFIRE_SIMULATOR_FUNCTIONAL_FUNCTIONALENGINE_H

#include "simulator/functional/SliceRunner.h"
#include "simulator/host/HostExecutor.h"
#include "simulator/program/Program.h"
#include "simulator/trace/ActivityTrace.h"
#include "support/WorkerPool.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace synfire::sim {

/// Runs tokens through a program and records every spike: host ops and the
/// chip's populations in the program's order. Integer arithmetic throughout the
/// chip, float64 on the host; results do not depend on the number of threads, on how
/// a text is cut into calls, or on the mapping.
class FunctionalEngine {
public:
  /// `program` must have passed validate() and outlive the engine. `threads`
  /// below 1 counts as 1.
  explicit FunctionalEngine(const Program &program, int threads = 1);

  /// Runs `tokens` after those that `trace` already holds and appends them.
  /// Returns an empty string, or a message that names op, neuron, token, step,
  /// value and limit; the trace is then as before the call. Errors: a token id
  /// not below the vocabulary, more tokens than the context, a membrane that
  /// overflows its state bits, a trace of another program, further tokens for a
  /// program with non-causal attention (its earlier tokens would change).
  std::string run(std::span<const int32_t> tokens, ActivityTrace &trace);

  /// Values of Program::result for one token. Empty for a program without one.
  std::vector<double> logits(const ActivityTrace &trace, int32_t token) const;

  /// Whether every token depends on all others (attention that is not causal),
  /// so that a longer text has to be run afresh.
  bool needsWholeSequence() const { return hasNonCausalAttention; }

private:
  void recordHostSpikes(int32_t population, int32_t firstToken, ActivityTrace &trace) const;
  std::string runPopulation(int32_t population, int32_t firstToken, ActivityTrace &trace);

  const Program &program;
  WorkerPool workers;
  HostExecutor host;
  std::vector<SliceRunner> runners;                 ///< one per worker
  std::vector<std::vector<const Slice *>> slicesOf; ///< per population
  std::vector<bool> wide; ///< per population: input sums may exceed 32 bits
  bool hasNonCausalAttention = false;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_FUNCTIONAL_FUNCTIONALENGINE_H
