// HostOp: an operation of the host in a program.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_PROGRAM_HOSTOP_H
#define SYNFIRE_SIMULATOR_PROGRAM_HOSTOP_H

#include "simulator/program/HostKernel.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace synfire::sim {

/// Index into Program::ops. Every count and every joule belongs to one op.
using OpId = int32_t;

/// One operation. For every token it yields `steps` rows of `columns` values.
struct HostOp {
  OpId op = -1;
  std::vector<int32_t> inputs; ///< indices of host ops, before this one
  int32_t readout = -1;        ///< index of a population, where the kernel reads one
  int32_t columns = 0;
  int32_t steps = 1;
  std::shared_ptr<const HostKernel> kernel; ///< what it computes, with all parameters

  HostValue value() const { return {steps, columns, 0}; }
};

/// The values that an op reads. Precondition: its inputs are indices into `ops`.
inline std::vector<HostValue> inputsOf(const HostOp &op, const std::vector<HostOp> &ops) {
  std::vector<HostValue> values;
  for (int32_t input : op.inputs)
    values.push_back(ops[input].value());
  return values;
}

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_PROGRAM_HOSTOP_H
