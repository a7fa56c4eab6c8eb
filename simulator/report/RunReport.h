// RunReport: what a run came to; every report format is made from this.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_REPORT_RUNREPORT_H
#define SYNFIRE_SIMULATOR_REPORT_RUNREPORT_H

#include "simulator/energy/Energy.h"
#include "simulator/timing/Counters.h"

#include <cstdint>
#include <string>
#include <vector>

namespace synfire::sim {

struct RunReport {
  const Program *program = nullptr;
  const Counters *counters = nullptr;
  EnergyReport energy;
  int32_t tokens = 0; ///< of INPUT; generated ones are not counted
  std::string noc = "cycle";
  int64_t seed = 0;
  std::vector<std::string> warnings; ///< from the mapping, for results.json
};

/// Operation counts priced without any chip: the account `op_count`. 45 nm: MAC
/// 4.6 pJ, AC 0.9 pJ.
struct OpCountAccount {
  int64_t macs = 0, acs = 0;
  double energyPj = 0;
};
OpCountAccount opCountAccount(const OpCounters &op);

/// What the run took no time for: times that the chip file lacks, and the
/// computing of the host, if it did any ("host.compute").
std::vector<std::string> untimedKeys(const RunReport &report);

/// results.json, schema "synfire.results/1" (simulator/README.md); the same
/// bytes for the same run.
std::string resultsJson(const RunReport &report);

/// The per-operation table for people. `columns`: width to keep to.
std::string operationTable(const RunReport &report);

/// CSV tables by file name: ops.csv, cores.csv, links.csv.
struct CsvTable {
  std::string fileName, text;
};
std::vector<CsvTable> csvTables(const RunReport &report);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_REPORT_RUNREPORT_H
