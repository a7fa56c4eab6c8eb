// HostWork: what an operation of the host costs it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_HOST_HOSTWORK_H
#define SYNFIRE_SIMULATOR_HOST_HOSTWORK_H

#include "simulator/program/Program.h"

#include <cstdint>

namespace synfire::sim {

/// Of one token, all its time steps together.
struct HostWork {
  int64_t macs = 0; ///< products of Linear and of attention, zero inputs included
  /// Values that norms, activations, additions, neurons, sums over time and the
  /// softmax of attention yield. Moving and looking up values is no work here.
  int64_t elements = 0;
};

/// Work of an op for a token at `position` of `tokens`.
HostWork hostWork(const Program &program, const HostOp &op, int32_t position, int32_t tokens);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_HOST_HOSTWORK_H
