// HostExecutor: runs the host ops of a program in float64.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_HOST_HOSTEXECUTOR_H
#define SYNFIRE_SIMULATOR_HOST_HOSTEXECUTOR_H

#include "simulator/program/Program.h"
#include "simulator/trace/ActivityTrace.h"
#include "support/WorkerPool.h"

#include <span>
#include <string>
#include <vector>

namespace synfire::sim {

/// Evaluates the host ops of a program for a run of tokens. The ops are evaluated in program order
/// and in stretches: the caller says how far, and runs populations of the chip between two
/// stretches. Tables of float32 are read as float64, as in the interpreter
/// (dialect/RATIONALE.md). Precondition: the program has passed validate().
class HostExecutor {
public:
  explicit HostExecutor(const Program &program);

  /// Begins a run: forgets all values. The run's tokens are those of the trace from `first` on.
  /// `tensor` is the run's input when that is no token ids: for each position the values of the op
  /// Program::input, and it must live as long as the run.
  void start(int32_t first, std::span<const double> tensor = {});

  /// Evaluates the ops before index `end` that this run has not evaluated yet, for all tokens of
  /// the run. Values that the trace keeps (ActivityTrace::keeps) are written to `trace`. Returns an
  /// empty string, or an error: a token id or position that a table or code does not have, or a
  /// result that is not finite.
  std::string runBefore(int32_t end, ActivityTrace &trace, WorkerPool &workers);

  /// The values of op `index` for a position of this run, steps x columns. Precondition: the op has
  /// been evaluated, and an op that reads it has not, or the trace keeps the values.
  HostRows rows(int32_t index, int32_t position, const ActivityTrace &trace) const;

private:
  class Token;

  std::string runPosition(const HostOp &op, std::span<const HostValue> inputs, int32_t position,
                          const ActivityTrace &trace, std::span<double> result) const;
  void release(int32_t index);

  const Program &program;
  std::vector<int32_t> lastReader; ///< by op: the last op that reads its values; -1: none
  /// By op: the values of all positions of this run, freed once the last reader has run.
  std::vector<std::vector<double>> results;
  std::span<const double> given; ///< the input tensor of this run, position after position
  int32_t firstToken = 0, next = 0;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_HOST_HOSTEXECUTOR_H
