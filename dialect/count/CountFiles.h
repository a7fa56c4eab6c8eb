// CountFiles: JSON files of rates and of energies.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_COUNT_COUNTFILES_H
#define SYNFIRE_DIALECT_COUNT_COUNTFILES_H

#include "dialect/count/EnergyTable.h"

#include <string>
#include <variant>
#include <vector>

namespace synfire::spike {

/// A rate, 0..1, that the user gives for all ops whose name matches `pattern`, in which `*` stands
/// for any text.
struct GivenRate {
  std::string pattern;
  double rate = 0;
};

/// Reads rates from a JSON file. The file has the form `{"rates": {"block*.attn.q_lif": 0.3,
/// ...}}`, or is the results.json of a run of this version of Synfire, from which the rates of
/// neurons and of attention scores are taken. The second alternative is an error message that
/// begins with the path.
std::variant<std::vector<GivenRate>, std::string> readRates(const std::string &path);

/// Reads a table of prices from a JSON file of the form
/// `{"name": "...", "mac_pj": 1.5, "ac_pj": 0.4, "source": "..."}`, where `source` is optional. The
/// second alternative is an error message that begins with the path.
std::variant<EnergyTable, std::string> readEnergyTable(const std::string &path);

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_COUNT_COUNTFILES_H
