// CsvReport: the tables of results.json as CSV, same names and units.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/metrics/OpMetrics.h"
#include "simulator/report/ResultsTree.h"
#include "support/Printable.h"

namespace synfire::sim {
namespace {

const std::string kActionPrefix = "actions_";

/// A field of a CSV file, in quotes when it contains a comma, a quote or a line end (RFC 4180), and
/// of valid UTF-8, whatever the names of a program are.
std::string field(const std::string &name) {
  const std::string text = validUtf8(name);
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

/// The shortest text that reads back as the same double; results.json has the same text.
std::string number(double value) { return nlohmann::json(value).dump(); }

/// A cell: the number, or nothing when work has no price.
std::string numberOrNothing(const std::optional<double> &value) {
  return value ? number(*value) : std::string();
}

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
  csv += ",static_share,energy_pj";
  for (size_t c = 0; c < kEnergyCategories; ++c)
    csv += std::string(",energy_") + energyCategoryName(static_cast<EnergyCategory>(c)) + "_pj";
  for (const ActionInfo &action : kActionInfo)
    csv += "," + kActionPrefix + action.key;
  csv += "\n";
  for (size_t i = 0; i < report.program->ops.size(); ++i) {
    const Op &op = report.program->ops[i];
    csv +=
        field(op.name) + "," + field(op.kind) + "," + (op.where == Where::Host ? "host" : "chip");
    for (const OpMetric &metric : opMetrics())
      csv += "," + text(metric.value(report.counters->ops[i]));
    csv += "," + number(report.energy.staticShares[i]);
    csv += "," + numberOrNothing(report.energy.ops[i].total());
    for (const std::optional<double> &pj : report.energy.ops[i].pj)
      csv += "," + numberOrNothing(pj);
    for (int64_t count : report.counters->ops[i].actions)
      csv += "," + std::to_string(count);
    csv += "\n";
  }
  return csv;
}

/// The value of column `key` in a row of results.json; null when the row has none. The columns of
/// actions are named after the keys of the row's `actions`.
const nlohmann::ordered_json *cell(const nlohmann::ordered_json &row, const std::string &key) {
  if (!key.starts_with(kActionPrefix))
    return row.contains(key) ? &row[key] : nullptr;
  return &row["actions"][key.substr(kActionPrefix.size())];
}

/// Writes the columns `keys` of a list of rows of results.json as CSV.
std::string flatCsv(const nlohmann::ordered_json &rows, const std::vector<std::string> &keys) {
  std::string csv;
  for (const std::string &key : keys)
    csv += (csv.empty() ? "" : ",") + key;
  csv += "\n";
  for (const auto &row : rows) {
    std::string line;
    for (const std::string &key : keys) {
      line += key == keys.front() ? "" : ",";
      const nlohmann::ordered_json *value = cell(row, key);
      if (!value)
        continue;
      if (value->is_string())
        line += field(value->get<std::string>());
      else if (value->is_array())
        line +=
            std::to_string((*value)[0].get<int>()) + ":" + std::to_string((*value)[1].get<int>());
      else
        line += value->dump();
    }
    csv += line + "\n";
  }
  return csv;
}

} // namespace

std::vector<CsvTable> csvTables(const RunReport &report, const nlohmann::ordered_json &tree) {
  std::vector<std::string> coreKeys = {"name",
                                       "chip",
                                       "x",
                                       "y",
                                       "core",
                                       "send_busy_ns",
                                       "receive_busy_ns",
                                       "busy_ns",
                                       "synops",
                                       "neuron_updates",
                                       "spikes",
                                       "packets_out",
                                       "packets_in",
                                       "neurons_used",
                                       "memory_used_bytes"};
  for (const ActionInfo &action : kActionInfo)
    coreKeys.push_back(kActionPrefix + action.key);
  return {{"ops.csv", opsCsv(report)},
          {"cores.csv", flatCsv(tree["cores"], coreKeys)},
          {"links.csv", flatCsv(tree["links"], {"from", "to", "flits", "utilization"})}};
}

} // namespace synfire::sim
