// CountReport: operation counts as a table for people and as JSON.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_COUNTREPORT_H
#define SYNFIRE_TOOLS_SYNFIRE_COUNTREPORT_H

#include "dialect/count/Count.h"

#include <string>

namespace synfire::tool {

/// One JSON object (dialect/count/README.md); `explain` adds the rule of every op.
std::string countJson(const spike::ModelCount &count, bool explain);

/// A table of the ops that count for something, the total last, then what it rests on.
std::string countTable(const spike::ModelCount &count, bool explain);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_COUNTREPORT_H
