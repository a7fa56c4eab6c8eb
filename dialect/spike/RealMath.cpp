// RealMath: functions of reals, defined to the bit.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/RealMath.h"

#include <cmath>
#include <limits>

namespace synfire::spike::real {

double exp(double x) {
  if (std::isnan(x))
    return x;
  if (x > 709.79)
    return std::numeric_limits<double>::infinity();
  if (x < -745.2)
    return 0.0;
  // x = k ln 2 + r with |r| <= ln 2 / 2. ln 2 is the sum of two constants, of which the first ends
  // in 21 zero bits, so that its product with k is exact.
  constexpr double kLog2E = 0x1.71547652b82fep+0;
  constexpr double kLn2High = 0x1.62e42feep-1, kLn2Low = 0x1.a39ef35793c76p-33;
  double k = std::nearbyint(x * kLog2E);
  double r = (x - k * kLn2High) - k * kLn2Low;
  // The Taylor polynomial of degree 13, by Horner's rule. The next term is below 2^-57.
  double sum = 1.0;
  for (int n = 13; n >= 1; --n)
    sum = 1.0 + r / n * sum;
  return std::ldexp(sum, static_cast<int>(k));
}

double gelu(double x) {
  constexpr double kRoot2OverPi = 0x1.9884533d43651p-1; // sqrt(2 / pi)
  double z = kRoot2OverPi * (x + 0.044715 * (x * x * x));
  return x / (1.0 + exp(-2.0 * z));
}

} // namespace synfire::spike::real
