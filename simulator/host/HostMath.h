// HostMath: exponential, GELU and softmax, computed by fixed formulas and not by the C library, so
// that every machine gives the same bits.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_HOST_HOSTMATH_H
#define SYNFIRE_SIMULATOR_HOST_HOSTMATH_H

#include <span>

namespace synfire::sim {

/// e^x by the formula of dialect/RATIONALE.md, section 2.
double hostExp(double x);

/// GELU in its tanh form, written x / (1 + e^(-2z)) (RATIONALE.md, section 2).
double hostGelu(double x);

/// Replaces `numbers` by their softmax (RATIONALE.md, section 2).
void hostSoftmax(std::span<double> numbers);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_HOST_HOSTMATH_H
