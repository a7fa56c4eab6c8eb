// TableReport: the per-operation table on the terminal.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/metrics/OpMetrics.h"
#include "simulator/metrics/SequenceWait.h"
#include "simulator/report/RunReport.h"
#include "support/NumberText.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

namespace synfire::sim {
namespace {

template <typename... Values> std::string format(const char *pattern, Values... values) {
  std::array<char, 96> buffer;
  std::snprintf(buffer.data(), buffer.size(), pattern, values...);
  return buffer.data();
}

/// An energy in pJ as the table prints it: in nJ with three decimals.
std::string nanojoule(double pj) { return format("%.3f", pj * 1e-3); }

using Row = std::vector<std::string>;

/// Writes rows with aligned columns: the first two on the left, the others on the right.
std::string aligned(const std::vector<Row> &rows) {
  std::vector<size_t> widths;
  for (const Row &row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const Row &row : rows) {
    for (size_t i = 0; i < row.size(); ++i) {
      const std::string pad(widths[i] - row[i].size(), ' ');
      text += i == 0 ? "" : "  ";
      text += i < 2 ? row[i] + pad : pad + row[i];
    }
    text.erase(text.find_last_not_of(' ') + 1);
    text += "\n";
  }
  return text;
}

/// The energy of a row: "unpriced" when no part of its work has a price, and with a star behind the
/// number when a part has none.
std::string energyCell(const EnergyBreakdown &energy) {
  const std::optional<double> pj = energy.total();
  if (!pj)
    return "unpriced";
  return nanojoule(*pj) + (energy.incomplete ? "*" : "");
}

/// The cell of a metric, blank when the metric does not apply to the op.
std::string metricCell(const OpMetric &metric, const OpCounters &op) {
  const MetricValue value = metric.value(op);
  if (const auto *ratio = std::get_if<double>(&value))
    return format("%.1f", 100 * *ratio);
  const auto *count = std::get_if<int64_t>(&value);
  const bool ofFiring = std::string_view(metric.name) == "spikes_out";
  return count && (!ofFiring || fires(op)) ? grouped(*count) : "";
}

std::string operationRows(const RunReport &report) {
  const Program &program = *report.program;
  const double total = report.energy.total.total().value_or(0);
  std::vector<const OpMetric *> columns;
  Row heading{"operation", "where"};
  for (const OpMetric &metric : opMetrics())
    if (metric.heading) {
      columns.push_back(&metric);
      heading.push_back(metric.heading);
    }
  heading.insert(heading.end(), {"energy nJ", "share %"});
  std::vector<Row> rows{heading};
  auto put = [&](const std::string &name, const std::string &where, const OpCounters &op,
                 const EnergyBreakdown &energy) {
    Row row{name, where};
    for (const OpMetric *metric : columns)
      row.push_back(metricCell(*metric, op));
    const std::optional<double> pj = energy.total();
    row.push_back(energyCell(energy));
    row.push_back(pj && total > 0 ? format("%.1f", 100 * *pj / total) : "");
    rows.push_back(std::move(row));
  };
  for (size_t i = 0; i < program.ops.size(); ++i)
    put(program.ops[i].name, program.ops[i].where == Where::Host ? "host" : "chip",
        report.counters->ops[i], report.energy.ops[i]);
  put("total", "", report.counters->total, report.energy.total);
  return aligned(rows);
}

/// The line about unpriced work, which the total does not include, with the count of each action.
std::string leftOutLine(const RunReport &report) {
  std::string text;
  for (const UnpricedAction &left : report.energy.leftOut) {
    const ActionInfo &action = infoOf(left.action);
    text += std::string(text.empty() ? "" : ", ") + grouped(left.count) + " " + action.key;
    text +=
        action.priceKey ? std::string(" (") + action.priceKey + ")" : " (no chip file prices it)";
  }
  if (!report.energy.total[EnergyCategory::StaticUsed])
    text += std::string(text.empty() ? "" : ", ") + "static power (energy.static_mw_per_chip)";
  return text.empty() ? "" : "left out of the total and of shares, unpriced: " + text + "\n";
}

std::string unitLines(const RunReport &report) {
  std::string priced, unpriced;
  for (size_t c = 0; c < kEnergyCategories; ++c) {
    const std::string name = energyCategoryName(static_cast<EnergyCategory>(c));
    if (const std::optional<double> &pj = report.energy.total.pj[c])
      priced += (priced.empty() ? "energy by unit (nJ): " : ", ") + name + " " + nanojoule(*pj);
    else
      unpriced += (unpriced.empty() ? "unpriced units: " : ", ") + name;
  }
  std::string text;
  for (const std::string &line : {priced, unpriced})
    text += line.empty() ? "" : line + "\n";
  return text;
}

std::string hostLine(const RunReport &report) {
  const ActionCounts &work = report.counters->total.actions;
  if (work[index(Action::HostMac)] + work[index(Action::HostElement)] == 0)
    return {};
  return "the host computed: " + grouped(work[index(Action::HostMac)]) + " multiply-accumulates, " +
         grouped(work[index(Action::HostElement)]) + " other values; " +
         grouped(work[index(Action::IoBits)]) + " bits crossed in " +
         grouped(report.counters->total.ioTicks) + " reads and sends\n";
}

std::string basisLine(const ChipModel &chip) {
  std::array<int, 4> basis{};
  for (const Provenance &entry : chip.provenance)
    ++basis[static_cast<size_t>(entry.number.basis)];
  std::string text;
  for (size_t b = 0; b < basis.size(); ++b)
    if (basis[b] > 0)
      text += (text.empty() ? " " : ", ") + std::to_string(basis[b]) + " " +
              basisName(static_cast<Basis>(b));
  return "numbers of '" + chip.name + "':" + text + "\n";
}

std::string timeLine(const RunReport &report) {
  const Program &program = *report.program;
  const Counters &counters = *report.counters;
  std::string text = format("time %.3f us", static_cast<double>(counters.timePs) * 1e-6);
  if (program.chip.clockPeriodPs)
    text += " (" + grouped(counters.timePs / *program.chip.clockPeriodPs) + " cycles)";
  return text + ", " + grouped(counters.ticks) + " ticks, " + std::to_string(program.hostCore()) +
         " of " + std::to_string(program.chip.cores()) + " cores of '" + program.chip.name + "'\n";
}

std::string perTokenLine(const RunReport &report) {
  const double tokens = report.tokens;
  if (report.tokens == 0)
    return {};
  const std::optional<double> total = report.energy.total.total();
  return "per token, over " + grouped(report.tokens) +
         " tokens: " + (total ? nanojoule(*total / tokens) + " nJ" : "energy unpriced") +
         format(", %.3f us", static_cast<double>(report.counters->timePs) * 1e-6 / tokens) + "\n";
}

/// A line for each place at which the tokens wait for each other.
std::string waitLines(const RunReport &report) {
  std::string text;
  for (const SequenceWait &wait : sequenceWaits(*report.program, *report.counters, report.tokens)) {
    std::string ops;
    for (OpId op : wait.ops)
      ops += (ops.empty() ? "" : ", ") + report.program->ops[op].name;
    text += format("wait %.3f us: ", static_cast<double>(wait.timePs) * 1e-6) + ops +
            ": not causal, so that the first token waits for the last one; " +
            grouped(wait.heldBits) + " bits of other spikes wait in memory that no core has\n";
  }
  return text;
}

} // namespace

std::string operationTable(const RunReport &report) {
  std::string text = operationRows(report);
  if (report.energy.total.incomplete)
    text += "* a part of this work has no price\n";
  text += "\n" + hostLine(report) + unitLines(report) + leftOutLine(report);
  if (const std::vector<std::string> keys = untimedKeys(report); !keys.empty()) {
    text += "untimed (counted as no time):";
    for (const std::string &key : keys)
      text += " " + key;
    text += "\n";
  }
  text +=
      basisLine(report.program->chip) + timeLine(report) + waitLines(report) + perTokenLine(report);
  for (const std::string &warning : report.warnings)
    text += "warning: " + warning + "\n";
  return text;
}

} // namespace synfire::sim
