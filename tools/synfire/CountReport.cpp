// CountReport: operation counts as a table for people and as JSON.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/CountReport.h"

#include "support/NumberText.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <map>

namespace synfire::tool {
namespace {

using Json = nlohmann::ordered_json;
using spike::ModelCount;
using spike::OpCounts;

void putCounts(Json &json, const OpCounts &op) {
  json["energy_uj"] = op.energyUj;
  json["macs"] = op.macs;
  json["acs"] = op.acs;
  json["synops"] = op.synops;
  json["neuron_updates"] = op.neuronUpdates;
  json["spikes"] = op.spikes ? Json(*op.spikes) : Json();
  json["parameters"] = op.parameters;
}

Json unpricedJson(const OpCounts &op) {
  Json json = Json::object();
  for (const auto &[what, count] : op.unpriced)
    json[what] = count;
  return json;
}

__attribute__((format(printf, 2, 3))) void print(std::string &text, const char *format, ...) {
  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  const int length = std::vsnprintf(nullptr, 0, format, arguments);
  std::string line(static_cast<size_t>(length), '\0');
  std::vsnprintf(line.data(), line.size() + 1, format, again);
  va_end(again);
  va_end(arguments);
  text += line;
}

bool countsForSomething(const OpCounts &op) {
  return op.macs || op.acs || op.neuronUpdates || op.parameters || op.spikes.value_or(1) ||
         !op.stated.empty();
}

void printRow(std::string &text, size_t width, const OpCounts &op, double totalUj) {
  // A count of 0 is left blank, so that an op that emits no spikes looks like one that cannot.
  auto orBlank = [](int64_t count) { return count ? grouped(count) : std::string(); };
  std::string energy;
  if (op.macs || op.acs)
    print(energy, "%13.3f %6.1f", op.energyUj, totalUj > 0 ? 100 * op.energyUj / totalUj : 0.0);
  print(text, "%-*s  %-17s %15s %15s %13s %12s %11s %s\n", static_cast<int>(width), op.name.c_str(),
        op.kind.c_str(), orBlank(op.macs).c_str(), orBlank(op.acs).c_str(),
        orBlank(op.neuronUpdates).c_str(), op.spikes ? orBlank(*op.spikes).c_str() : "?",
        orBlank(op.parameters).c_str(), energy.c_str());
  text.erase(text.find_last_not_of(" \n") + 1);
  text += '\n';
}

void printExplanation(std::string &text, const OpCounts &op) {
  if (!op.rule.empty())
    print(text, "    %s\n", op.rule.c_str());
  if (!op.stated.empty())
    print(text, "    stated: %s\n    meant:  %s\n", op.stated.c_str(), op.meant.c_str());
}

/// How many rates come from each source, the most reliable source first: "84 default, 1 assumed".
std::string rateSources(const ModelCount &count) {
  std::map<spike::RateSource, int> uses;
  for (const spike::RateUse &use : count.rates)
    ++uses[use.source];
  std::string text;
  for (const auto &[source, number] : uses)
    print(text, "%s%d %s", text.empty() ? "" : ", ", number,
          spike::rateSourceName(source).str().c_str());
  return text;
}

std::string listed(const std::vector<std::string> &names) {
  std::string text;
  for (const std::string &name : names)
    text += (text.empty() ? "" : ", ") + name;
  return text;
}

} // namespace

std::string countJson(const ModelCount &count, bool explain) {
  Json json;
  json["account"] = spike::accountName(count.account).str();
  putCounts(json["totals"], count.totals);
  json["energy_per_token_uj"] = count.totals.energyUj / static_cast<double>(count.tokens);
  json["tokens"] = count.tokens;
  Json ops = Json::array(), rates = Json::array(), rules = Json::array();
  for (const OpCounts &op : count.ops) {
    Json row = {{"name", op.name}, {"kind", op.kind}};
    putCounts(row, op);
    if (!op.unpriced.empty())
      row["unpriced"] = unpricedJson(op);
    ops.push_back(std::move(row));
    if (op.rule.empty())
      continue;
    Json rule = {{"name", op.name}, {"rule", op.rule}};
    if (!op.stated.empty())
      rule.update({{"stated", op.stated}, {"meant", op.meant}});
    rules.push_back(std::move(rule));
  }
  json["ops"] = std::move(ops);
  json["unpriced"] = unpricedJson(count.totals);
  for (const spike::RateUse &use : count.rates)
    rates.push_back({{"op", use.op},
                     {"of", use.of},
                     {"rate", use.rate},
                     {"source", spike::rateSourceName(use.source).str()}});
  json["rates"] = std::move(rates);
  json["spikes_unknown"] = count.unknownSpikes;
  json["table"] = {{"name", count.table.name},
                   {"mac_pj", count.table.macPj},
                   {"ac_pj", count.table.acPj},
                   {"source", count.table.source}};
  json["model"] = {
      {"name", count.model}, {"tokens", count.tokens}, {"time_steps", count.timeSteps}};
  if (!count.system.empty())
    json["model"]["system"] = count.system;
  if (explain)
    json["explain"] = std::move(rules);
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string countTable(const ModelCount &count, bool explain) {
  size_t width = 9;
  for (const OpCounts &op : count.ops)
    width = std::max(width, op.name.size());
  std::string text;
  print(text, "%-*s  %-17s %15s %15s %13s %12s %11s %13s %6s\n", static_cast<int>(width),
        "operation", "kind", "MACs", "ACs", "neuron upd.", "spikes", "parameters", "energy uJ",
        "%");
  for (const OpCounts &op : count.ops) {
    if (!countsForSomething(op))
      continue;
    printRow(text, width, op, count.totals.energyUj);
    if (explain)
      printExplanation(text, op);
  }
  printRow(text, width, count.totals, count.totals.energyUj);

  print(text, "\naccount %s%s%s: one pass over %s tokens; %s: MAC %g pJ, AC %g pJ\n",
        spike::accountName(count.account).str().c_str(),
        count.system.empty() ? "" : " of the system ", count.system.c_str(),
        grouped(count.tokens).c_str(), count.table.name.c_str(), count.table.macPj,
        count.table.acPj);
  print(text, "per token, over %s tokens: %.3f uJ\n", grouped(count.tokens).c_str(),
        count.totals.energyUj / static_cast<double>(count.tokens));
  if (std::string sources = rateSources(count); !sources.empty())
    print(text, "rates: %s\n", sources.c_str());
  if (!count.unknownSpikes.empty())
    print(text, "spikes not known (no rate; left out of the total): %s\n",
          listed(count.unknownSpikes).c_str());
  if (!count.totals.unpriced.empty()) {
    text += "not charged:";
    for (const auto &[what, number] : count.totals.unpriced)
      print(text, "%s %s %s", &what == &count.totals.unpriced.front().first ? "" : ",",
            grouped(number).c_str(), what.c_str());
    text += "; nor any memory or network access\n";
  }
  return text;
}

} // namespace synfire::tool
