// InputBound: how large the input sum of a neuron can become.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_PROGRAM_INPUTBOUND_H
#define SYNFIRE_SIMULATOR_PROGRAM_INPUTBOUND_H

#include "simulator/program/Program.h"
#include "support/Limits.h"

#include <cstdint>

namespace synfire::sim {

/// Upper bound of |sum| over any subset of the inputs of a neuron of
/// `population` in one time step: every source neuron spikes with its largest
/// value over the largest weight that the stored integers can express, and
/// attention sees a full context of ones. Before the shift by fractionBits and
/// without the bias. Stops counting at kLargestInput.
int64_t inputBound(const Program &program, int32_t population);

/// Sums beyond this are refused by Program::validate(): with shift, bias and
/// leak they could leave 64 bits.
inline constexpr int64_t kLargestInput = int64_t{1} << kMaxInputBits;

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_PROGRAM_INPUTBOUND_H
