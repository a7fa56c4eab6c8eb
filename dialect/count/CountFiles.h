// CountFiles: JSON files of rates and of energies.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_COUNT_COUNTFILES_H
#define SYNFIRE_DIALECT_COUNT_COUNTFILES_H

#include "dialect/count/EnergyTable.h"

#include <string>
#include <variant>
#include <vector>

namespace synfire::spike {

/// A rate that the user gives for the ops whose name is `pattern`, or matches it (`*`: any text).
struct GivenRate {
  std::string pattern;
  double rate = 0;
};

/// `{"rates": {"block*.attn.q_lif": 0.3, ...}}`, rates in 0..1; or the results.json of
/// a run (of this version), whose rates of neurons and of attention's scores are taken. The second
/// alternative is an error that begins with the path.
std::variant<std::vector<GivenRate>, std::string> readRates(const std::string &path);

/// `{"name": "...", "mac_pj": 1.5, "ac_pj": 0.4, "source": "..."}`; `source` may be left out.
std::variant<EnergyTable, std::string> readEnergyTable(const std::string &path);

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_COUNT_COUNTFILES_H
