// ResultsTree: the content of results.json as a tree, from which JSON and CSV are written.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_REPORT_RESULTSTREE_H
#define SYNFIRE_SIMULATOR_REPORT_RESULTSTREE_H

#include "simulator/report/RunReport.h"

#include <nlohmann/json.hpp>

namespace synfire::sim {

/// The content of results.json (simulator/README.md). This header is private to the folder, so that
/// headers which others include do not need nlohmann's types.
nlohmann::ordered_json resultsTree(const RunReport &report);

/// ops.csv, cores.csv and links.csv of a run. `tree` is resultsTree(report).
std::vector<CsvTable> csvTables(const RunReport &report, const nlohmann::ordered_json &tree);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_REPORT_RESULTSTREE_H
