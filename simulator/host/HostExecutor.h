// HostExecutor: the operations that run on the host, in float64.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_HOST_HOSTEXECUTOR_H
#define SYNFIRE_SIMULATOR_HOST_HOSTEXECUTOR_H

#include "simulator/Program.h"

#include <span>
#include <string>
#include <vector>

namespace synfire::sim {

/// Evaluates the host ops of a program (validated) that stand before the chip,
/// one token at a time. Tables are float32 read as float64, so that both
/// engines see the same numbers (dialect/RATIONALE.md).
class HostExecutor {
public:
  explicit HostExecutor(const Program &program);

  /// Evaluates all ops for one token at one position. Returns an empty string
  /// or an error: an id or a position beyond its table.
  std::string run(int32_t tokenId, int32_t position);

  /// Result of host op `index` for the last token: its columns.
  std::span<const double> values(int32_t index) const { return results[index]; }

private:
  std::string lookup(const HostOp &op, int32_t row, const char *what, std::vector<double> &result);

  const Program &program;
  std::vector<std::vector<double>> results; ///< one per host op
};

/// Integers of a readout as reals: double(integer) * scale, per column.
std::vector<double> dequantize(const HostOp &op, std::span<const int64_t> integers);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_HOST_HOSTEXECUTOR_H
