// RunReport: the results of a run, from which every report format is made.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_REPORT_RUNREPORT_H
#define SYNFIRE_SIMULATOR_REPORT_RUNREPORT_H

#include "simulator/energy/Energy.h"
#include "simulator/metrics/Counters.h"

#include <cstdint>
#include <string>
#include <vector>

namespace synfire::sim {

/// The results of a run. `program` and `counters` must outlive the report.
struct RunReport {
  const Program *program = nullptr;
  const Counters *counters = nullptr;
  EnergyReport energy;       ///< priceRun() of the two
  int32_t tokens = 0;        ///< tokens of the input; generated ones are not counted
  std::string noc = "cycle"; ///< the network model
  int64_t seed = 0;          ///< the compiler's seed
  /// Warnings of the compiler and of the reading of the input, and those of runWarnings().
  std::vector<std::string> warnings;
};

/// Warnings about a run: neurons that never or always fired; keys of the chip file that have no
/// effect (ChipModel::withoutEffect); one price for weights or flits of several widths, so that a
/// comparison of widths by energy would mean nothing; prices and times that are probably in another
/// unit (ChipModel::oddUnits).
std::vector<std::string> runWarnings(const Program &program, const Counters &counters);

/// The energy of an op by its operation counts alone, without a chip: the account `op_count`. A
/// multiply-accumulate (MAC) costs 4.6 pJ and an accumulate (AC) 0.9 pJ at 45 nm (Horowitz, ISSCC
/// 2014).
struct OpCountAccount {
  int64_t macs = 0, acs = 0;
  double energyPj = 0;
};
OpCountAccount opCountAccount(const OpCounters &op);

/// What the time of the run does not include: the keys of times that the chip file lacks, and
/// "host.compute" when the host has computed something.
std::vector<std::string> untimedKeys(const RunReport &report);

/// The table for people: one row per operation, then the totals, unpriced work and warnings.
std::string operationTable(const RunReport &report);

/// A CSV file.
struct CsvTable {
  std::string fileName, text;
};

/// The texts of the files of a run: results.json in the version of kResultsFormat
/// (simulator/README.md), and ops.csv, cores.csv and links.csv with the same names, units and
/// numbers. Equal runs give equal bytes.
struct ResultTexts {
  std::string json;
  std::vector<CsvTable> tables;
};
ResultTexts resultTexts(const RunReport &report);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_REPORT_RUNREPORT_H
