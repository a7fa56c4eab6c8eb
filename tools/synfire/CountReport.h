// CountReport: prints operation counts as a table for people and as JSON.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_COUNTREPORT_H
#define SYNFIRE_TOOLS_SYNFIRE_COUNTREPORT_H

#include "dialect/count/Count.h"

#include <string>

namespace synfire::tool {

/// The counts as one JSON object (dialect/count/README.md); `explain` adds the rule of every op.
std::string countJson(const spike::ModelCount &count, bool explain);
/// The counts as a table: the ops that have a count, the totals, and below them the rates and
/// prices that were used; `explain` adds the rule of every op.
std::string countTable(const spike::ModelCount &count, bool explain);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_COUNTREPORT_H
