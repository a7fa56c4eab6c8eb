// RunReport: what a run came to; every report format is made from this.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_REPORT_RUNREPORT_H
#define SYNFIRE_SIMULATOR_REPORT_RUNREPORT_H

#include "simulator/energy/Energy.h"
#include "simulator/metrics/Counters.h"

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
  /// What a reader of the numbers should know: the compiler's, the input's and
  /// those of runWarnings().
  std::vector<std::string> warnings;
};

/// What the run itself shows to be odd: neurons that never or always fired, keys of
/// the chip file that ask for an effect which there is not, and prices that do not
/// depend on a width that it lets one choose, or look like numbers in another unit.
std::vector<std::string> runWarnings(const Program &program, const Counters &counters);

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

/// The per-operation table for people, with what it leaves out below.
std::string operationTable(const RunReport &report);

struct CsvTable {
  std::string fileName, text;
};

/// The files of a run: results.json, in the version of kResultsFormat
/// (simulator/README.md), and ops.csv, cores.csv, links.csv with the same names, units
/// and numbers. The same bytes for the same run.
struct ResultTexts {
  std::string json;
  std::vector<CsvTable> tables;
};
ResultTexts resultTexts(const RunReport &report);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_REPORT_RUNREPORT_H
