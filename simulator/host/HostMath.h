// HostMath: the functions of reals that host kernels need, by formula.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_HOST_HOSTMATH_H
#define SYNFIRE_SIMULATOR_HOST_HOSTMATH_H

#include <span>

namespace synfire::sim {

/// e^x by the formula of dialect/RATIONALE.md, section 2: the same bits on every
/// machine.
double hostExp(double x);

/// GELU in its tanh form, written x / (1 + e^(-2z)) (RATIONALE.md, section 2).
double hostGelu(double x);

/// softmax of these numbers, in place (RATIONALE.md, section 2).
void hostSoftmax(std::span<double> numbers);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_HOST_HOSTMATH_H
