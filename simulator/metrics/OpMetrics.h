// OpMetrics: the columns of the per-operation report, one registry for all formats.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_METRICS_OPMETRICS_H
#define SYNFIRE_SIMULATOR_METRICS_OPMETRICS_H

#include "simulator/metrics/Counters.h"

#include <optional>
#include <span>
#include <variant>

namespace synfire::sim {

/// A count, a ratio, or nothing where the metric does not apply to the op.
using MetricValue = std::variant<std::monostate, int64_t, double>;

/// One column: a pure function of an op's counters. The table, CSV and JSON iterate
/// the registry; to add a column, add one entry in OpMetrics.cpp. The table has those
/// with a heading, a ratio as percent.
struct OpMetric {
  const char *name; ///< the key in every format
  const char *unit;
  const char *help;    ///< one sentence
  bool inTotals;       ///< stands in `totals` of results.json too
  const char *heading; ///< of the table's column; null: not in the table
  MetricValue (*value)(const OpCounters &);
};

std::span<const OpMetric> opMetrics();

/// Whether the op has neurons (or the host's spikes): the table leaves the columns
/// of firing blank where it has none.
inline bool fires(const OpCounters &op) { return op.neuronSteps > 0; }

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_METRICS_OPMETRICS_H
