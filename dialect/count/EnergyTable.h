// EnergyTable: the energy of an operation in a technology.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_COUNT_ENERGYTABLE_H
#define SYNFIRE_DIALECT_COUNT_ENERGYTABLE_H

#include <cstdint>
#include <string>

namespace synfire::spike {

/// The energy of a multiply-accumulate and of an accumulate, in pJ. The default is that of fp32 at
/// 45 nm and 0.9 V, where a multiplication takes 3.7 pJ and an addition 0.9 pJ (Horowitz, ISSCC
/// 2014).
struct EnergyTable {
  std::string name = "45 nm, fp32";
  std::string source = "Horowitz, ISSCC 2014: multiply 3.7 pJ, add 0.9 pJ";
  double macPj = 4.6, acPj = 0.9;

  /// The energy in microjoules of so many operations.
  double energyUj(int64_t macs, int64_t acs) const {
    return 1e-6 * (macPj * static_cast<double>(macs) + acPj * static_cast<double>(acs));
  }
};

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_COUNT_ENERGYTABLE_H
