// FunctionalEngine: computes the spikes of a Program exactly; it does not model time.
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

/// Runs tokens through the host ops and the populations of a program and records every spike.
/// Populations are computed in integers, host ops in float64. The results do not depend on the
/// number of threads, on the mapping, or on how a text is divided among calls of run().
class FunctionalEngine {
public:
  /// `program` must have passed validate() and outlive the engine. `threads`
  /// below 1 counts as 1.
  explicit FunctionalEngine(const Program &program, int threads = 1);

  /// Runs `tokens` as the continuation of the tokens in `trace`, and appends their spikes to it.
  /// Returns an empty string, or an error message and leaves the trace as it was. Errors: the
  /// trace belongs to another program; a token id is not below the vocabulary; the trace would
  /// have more tokens than the context, or others than Program::input has; a membrane overflows its
  /// state bits, or a host op yields a number that is not finite (the message names op, column,
  /// token, step and value); the trace already has tokens and the program has attention that is not
  /// causal, whose earlier results would change.
  std::string run(std::span<const int32_t> tokens, ActivityTrace &trace);
  /// The same for a program that takes a tensor (Program::input): `tensor` has for each time step
  /// of the input `positions` rows of its columns, row major ([T, N, D], or [N, D] for one step):
  /// one per token, or one per point of a grid. More errors: a shape that the program does not
  /// take; a number that is not finite, or not among the spikes that the program takes.
  std::string run(std::span<const double> tensor, int32_t positions, ActivityTrace &trace);

  /// The values of the host op Program::result for one position: the logits. Empty when the program
  /// has no result.
  std::vector<double> logits(const ActivityTrace &trace, int32_t position) const;
  /// The positions that have logits: the tokens of the trace, times the points of the result.
  int32_t logitRows(const ActivityTrace &trace) const;

  /// Whether the program has attention that is not causal. Then every token depends on all others,
  /// and a longer text has to be run from its start in an empty trace.
  bool needsWholeSequence() const { return hasNonCausalAttention; }

private:
  std::string checkRun(int64_t tokens, const ActivityTrace &trace) const;
  std::string checkTensor(std::span<const double> tensor, int32_t positions) const;
  /// Computes the tokens of the trace from `firstToken` on. After an error it takes them away.
  std::string runTokens(int32_t firstToken, ActivityTrace &trace);
  void recordHostSpikes(int32_t population, int32_t firstToken, ActivityTrace &trace) const;
  /// Runs the host as far as the spikes of a population that it sends, and records them.
  std::string runHostSpikes(int32_t population, int32_t firstToken, ActivityTrace &trace);
  std::string runPopulation(int32_t population, int32_t firstToken, ActivityTrace &trace);
  /// Runs the populations of a cycle together, one time step after the other.
  std::string runCycle(const Cycle &cycle, int32_t firstToken, ActivityTrace &trace);
  /// The same for tokens [first, last), without the host's spikes and the readouts.
  std::string runCycleSteps(const Cycle &cycle, int32_t first, int32_t last, ActivityTrace &trace);

  const Program &program;
  WorkerPool workers;
  HostExecutor host;
  std::vector<SliceRunner> runners;                 ///< one per worker
  std::vector<std::vector<const Slice *>> slicesOf; ///< by population
  std::vector<Cycle> cycles;
  std::vector<bool> wide; ///< by population: whether an input sum can exceed 32 bits
  bool hasNonCausalAttention = false;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_FUNCTIONAL_FUNCTIONALENGINE_H
