// CsvReport: the tables of results.json as CSV, same names and units.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/metrics/OpMetrics.h"
#include "simulator/report/RunReport.h"

#include <nlohmann/json.hpp>

namespace synfire::sim {
namespace {

/// Quotes a field when it needs it (RFC 4180).
std::string field(const std::string &text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos)
    return text;
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '"')
      quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

/// Shortest text that reads back as the same double, as in results.json.
std::string number(double value) { return nlohmann::json(value).dump(); }

std::string text(const MetricValue &value) {
  if (const auto *count = std::get_if<int64_t>(&value))
    return std::to_string(*count);
  if (const auto *ratio = std::get_if<double>(&value))
    return number(*ratio);
  return {};
}

std::string opsCsv(const RunReport &report) {
  std::string csv = "name,kind,where";
  for (const OpMetric &metric : opMetrics())
    csv += std::string(",") + metric.name;
  csv += ",energy_pj";
  for (size_t c = 0; c < kEnergyCategories; ++c)
    csv += std::string(",energy_") + energyCategoryName(static_cast<EnergyCategory>(c)) + "_pj";
  csv += "\n";
  for (size_t i = 0; i < report.program->ops.size(); ++i) {
    const Op &op = report.program->ops[i];
    csv +=
        field(op.name) + "," + field(op.kind) + "," + (op.where == Where::Host ? "host" : "chip");
    for (const OpMetric &metric : opMetrics())
      csv += "," + text(metric.value(report.counters->ops[i]));
    csv += "," + number(totalPj(report.energy.ops[i]));
    for (const std::optional<double> &pj : report.energy.ops[i])
      csv += "," + (pj ? number(*pj) : std::string());
    csv += "\n";
  }
  return csv;
}

/// A list of flat rows as CSV; the header is the union of the keys.
std::string flatCsv(const nlohmann::ordered_json &rows, const std::vector<std::string> &keys) {
  std::string csv;
  for (const std::string &key : keys)
    csv += (csv.empty() ? "" : ",") + key;
  csv += "\n";
  for (const auto &row : rows) {
    std::string line;
    for (const std::string &key : keys) {
      line += key == keys.front() ? "" : ",";
      if (!row.contains(key))
        continue;
      const auto &value = row[key];
      if (value.is_string())
        line += field(value.get<std::string>());
      else if (value.is_array())
        line += std::to_string(value[0].get<int>()) + ":" + std::to_string(value[1].get<int>());
      else
        line += value.dump();
    }
    csv += line + "\n";
  }
  return csv;
}

} // namespace

std::vector<CsvTable> csvTables(const RunReport &report) {
  // Cores and links have their one source in results.json.
  const auto json = nlohmann::ordered_json::parse(resultsJson(report));
  return {{"ops.csv", opsCsv(report)},
          {"cores.csv",
           flatCsv(json["cores"],
                   {"name", "chip", "x", "y", "core", "busy_ns", "synops", "neuron_updates",
                    "spikes", "packets_out", "packets_in", "neurons_used", "memory_used_bytes"})},
          {"links.csv", flatCsv(json["links"], {"from", "to", "flits", "utilization"})}};
}

} // namespace synfire::sim
