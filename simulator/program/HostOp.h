// HostOp: an operation of the host in a program.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_PROGRAM_HOSTOP_H
#define SYNFIRE_SIMULATOR_PROGRAM_HOSTOP_H

#include "simulator/program/HostKernel.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace synfire::sim {

/// An index into Program::ops. The report assigns every count and every joule to one op.
using OpId = int32_t;

/// An operation that the host computes. For each position (a token, or a point of a grid:
/// Population) its result has `steps` rows, one per time step or a single one, of `columns`
/// numbers.
struct HostOp {
  OpId op = -1;
  std::vector<int32_t> inputs; ///< indices into Program::hostOps, all below this op's own index
  int32_t readout = -1;        ///< index of the population whose integers the kernel reads, or -1
  int32_t columns = 0;
  int32_t points = 1;
  int32_t steps = 1;
  std::shared_ptr<const HostKernel> kernel; ///< the computation with all its parameters

  /// The shape of the result. `largestSpike` is 0 here: checkHostOp() computes it.
  HostValue value() const { return {steps, columns, 0, points}; }
};

/// The shapes of the inputs of `op`, in order: value() of each op that `op.inputs` names.
/// `ops` is Program::hostOps. Precondition: each of `op.inputs` is an index into `ops`.
inline std::vector<HostValue> inputsOf(const HostOp &op, const std::vector<HostOp> &ops) {
  std::vector<HostValue> values;
  for (int32_t input : op.inputs)
    values.push_back(ops[input].value());
  return values;
}

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_PROGRAM_HOSTOP_H
