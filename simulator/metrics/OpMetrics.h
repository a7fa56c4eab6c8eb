// OpMetrics: the columns of the per-operation report, one registry for all formats.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_METRICS_OPMETRICS_H
#define SYNFIRE_SIMULATOR_METRICS_OPMETRICS_H

#include "simulator/metrics/Counters.h"

#include <optional>
#include <span>
#include <variant>

namespace synfire::sim {

/// The value of a metric for one op: a count, a ratio in 0..1, or nothing when the metric does not
/// apply to the op.
using MetricValue = std::variant<std::monostate, int64_t, double>;

/// One column of the report: a function of an op's counters. All formats print the registered
/// metrics; to add a column, add an entry in OpMetrics.cpp. The table for people has only the
/// metrics with a heading, and shows a ratio in percent.
struct OpMetric {
  const char *name; ///< the key in JSON and CSV
  const char *unit;
  const char *help;    ///< its meaning, in one sentence
  bool inTotals;       ///< whether `totals` of results.json has it, too
  const char *heading; ///< heading of its column in the table; null: the table leaves it out
  MetricValue (*value)(const OpCounters &);
};

/// All metrics, in the order of the columns.
std::span<const OpMetric> opMetrics();

/// Whether the op emits spikes, from neurons or from the host. For other ops the table leaves the
/// columns about firing blank.
inline bool fires(const OpCounters &op) { return op.neuronSteps > 0; }

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_METRICS_OPMETRICS_H
