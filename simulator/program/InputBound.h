// InputBound: an upper bound of the input sum of a neuron.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_PROGRAM_INPUTBOUND_H
#define SYNFIRE_SIMULATOR_PROGRAM_INPUTBOUND_H

#include "simulator/program/Program.h"
#include "support/Limits.h"

#include <cstdint>

namespace synfire::sim {

/// An upper bound of the magnitude of the input sum of any neuron of `population` in one time step,
/// also of the sum over a part of its inputs. The bound assumes that every source neuron spikes
/// with its largest value, that every weight is the largest that its stored integer type holds, and
/// that attention sees a full context in which all queries, keys and values are 1. The shift by the
/// neuron's fraction bits and its bias are not included. Returns at most kLargestInput.
int64_t inputBound(const Program &program, int32_t population);

/// Program::validate() refuses input sums that can reach this after the shift by the fraction bits:
/// with leak and bias, the membrane could leave 64 bits.
inline constexpr int64_t kLargestInput = int64_t{1} << kMaxInputBits;

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_PROGRAM_INPUTBOUND_H
