// HostExecutor: runs the host's operations of a program, in float64.
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

/// Evaluates the host ops of a program (validated) for a run of tokens, in
/// program order, as far as the caller says: between two stretches the chip's
/// populations are run. Tables are float32 read as float64, so that both engines
/// see the same numbers (dialect/RATIONALE.md).
class HostExecutor {
public:
  explicit HostExecutor(const Program &program);

  /// Forgets all values and turns to the tokens from `first` on.
  void start(int32_t first);

  /// Evaluates all ops before index `end` that have not been yet; what the
  /// trace keeps (ActivityTrace::keeps) goes there. Returns an empty string or an
  /// error: an id or a position beyond its table or code, a result that is not finite.
  std::string runBefore(int32_t end, ActivityTrace &trace, WorkerPool &workers);

  /// Rows of op `index` for a token of this run.
  HostRows rows(int32_t index, int32_t token, const ActivityTrace &trace) const;

private:
  class Token;

  std::string runToken(const HostOp &op, std::span<const HostValue> inputs, int32_t token,
                       const ActivityTrace &trace, std::span<double> result) const;
  void release(int32_t index);

  const Program &program;
  std::vector<int32_t> lastReader;          ///< of each op; -1: none
  std::vector<std::vector<double>> results; ///< of this run's tokens, until the last reader
  int32_t firstToken = 0, next = 0;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_HOST_HOSTEXECUTOR_H
