// RealMath: functions of reals, defined to the bit.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_SPIKE_REALMATH_H
#define SYNFIRE_DIALECT_SPIKE_REALMATH_H

namespace synfire::spike::real {

// The formulas of RATIONALE.md ("Real numbers, to the bit"), in IEEE 754
// binary64 without contraction: the same bits on every machine, which a C
// library does not promise.

/// e^x, within 2 units in the last place. Below -745.2 it is 0, above 709.79
/// infinity; NaN gives NaN.
double exp(double x);

/// GELU in its tanh form, 0.5 x (1 + tanh z) with z = sqrt(2 / pi) (x + 0.044715 x^3),
/// written as the equal x / (1 + e^(-2z)), in which nothing cancels: within
/// 4 + 8 |z| units in the last place. Never NaN for a finite x.
double gelu(double x);

} // namespace synfire::spike::real

#endif // SYNFIRE_DIALECT_SPIKE_REALMATH_H
