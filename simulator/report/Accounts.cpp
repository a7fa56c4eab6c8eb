// Accounts: the energy of operation counts without a chip, and the work that takes no time.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/report/RunReport.h"

namespace synfire::sim {

OpCountAccount opCountAccount(const OpCounters &op) {
  // 45 nm, 0.9 V, fp32: multiply 3.7 pJ, add 0.9 pJ (Horowitz 2014).
  constexpr double kMacPj = 4.6, kAcPj = 0.9;
  OpCountAccount account;
  account.macs = op.actions[index(Action::HostMac)] + op.products;
  account.acs = op.accumulates;
  account.energyPj =
      kMacPj * static_cast<double>(account.macs) + kAcPj * static_cast<double>(account.acs);
  return account;
}

std::vector<std::string> untimedKeys(const RunReport &report) {
  std::vector<std::string> keys = report.program->chip.untimedKeys();
  const ActionCounts &total = report.counters->total.actions;
  if (total[index(Action::HostMac)] + total[index(Action::HostElement)] > 0)
    keys.emplace_back("host.compute");
  return keys;
}

} // namespace synfire::sim
