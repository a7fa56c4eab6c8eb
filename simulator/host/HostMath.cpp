// HostMath: exponential, GELU and softmax by fixed formulas.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/host/HostMath.h"

#include <cmath>
#include <limits>

namespace synfire::sim {

double hostExp(double x) {
  if (x != x)
    return x;
  if (x > 709.79)
    return std::numeric_limits<double>::infinity();
  if (x < -745.2)
    return 0;
  // x = k ln 2 + r. In the default rounding mode, rint takes ties to the even integer.
  const double k = std::rint(x * 0x1.71547652b82fep+0);
  const double r = (x - k * 0x1.62e42feep-1) - k * 0x1.a39ef35793c76p-33;
  double series = 1;
  for (double n = 13; n > 0; --n) {
    const double term = r / n;
    series = 1 + term * series;
  }
  return std::scalbn(series, static_cast<int>(k));
}

double hostGelu(double x) {
  const double cubic = 0.044715 * (x * x * x);
  const double z = 0x1.9884533d43651p-1 * (x + cubic);
  return x / (1 + hostExp(-2 * z));
}

void hostSoftmax(std::span<double> numbers) {
  double top = numbers[0];
  for (double x : numbers)
    if (x > top)
      top = x;
  double sum = 0;
  for (double &x : numbers) {
    x = hostExp(x - top);
    sum += x;
  }
  for (double &x : numbers)
    x = x / sum;
}

} // namespace synfire::sim
