// ResultsTree: results.json as a tree, of which JSON and CSV are texts.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_REPORT_RESULTSTREE_H
#define SYNFIRE_SIMULATOR_REPORT_RESULTSTREE_H

#include "simulator/report/RunReport.h"

#include <nlohmann/json.hpp>

namespace synfire::sim {

/// Private to this folder: nlohmann's types stand in no header that others include.
nlohmann::ordered_json resultsTree(const RunReport &report);

/// Rows of operations come from the report, cores and links from its tree.
std::vector<CsvTable> csvTables(const RunReport &report, const nlohmann::ordered_json &tree);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_REPORT_RESULTSTREE_H
