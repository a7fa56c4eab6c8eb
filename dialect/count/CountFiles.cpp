// CountFiles: JSON files of rates and of energies.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/count/CountFiles.h"

#include "support/FileFormat.h"
#include "support/InputFile.h"
#include "support/Message.h"
#include "support/TextCheck.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <set>

namespace synfire::spike {
namespace {

using Json = nlohmann::ordered_json;
using Error = std::string;

constexpr size_t kMostBytes = size_t{64} << 20;

/// Parses a JSON file whose root must be an object. Fails when a key appears twice in one object,
/// because the parser would drop one of the values.
std::variant<Json, Error> readObject(const std::string &path) {
  auto bytes = readFile(path, kMostBytes);
  if (auto *fault = std::get_if<FileFault>(&bytes))
    return "'" + path + "': " + fault->reason;
  if (const std::string nul = findNul(std::get<std::string>(bytes)); !nul.empty())
    return "'" + path + "': is not a JSON object: " + nul;

  std::vector<std::set<std::string>> keys;
  Error twice;
  auto watch = [&](int, Json::parse_event_t event, Json &value) {
    if (event == Json::parse_event_t::object_start)
      keys.emplace_back();
    else if (event == Json::parse_event_t::object_end)
      keys.pop_back();
    else if (event == Json::parse_event_t::key && !keys.back().insert(value).second)
      twice = value.dump();
    return true;
  };
  Json json = Json::parse(std::get<std::string>(bytes), watch, /*allow_exceptions=*/false);
  if (!json.is_object())
    return "'" + path + "': is not a JSON object";
  if (!twice.empty())
    return "'" + path + "': has the key " + twice + " twice";
  return json;
}

/// A message about the first key of `json` that is not in `known`; empty when there is none.
Error unknownKey(const std::string &path, const Json &json, const std::vector<std::string> &known) {
  for (const auto &[key, value] : json.items())
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      Error list;
      for (const std::string &name : known)
        list += (list.empty() ? "" : ", ") + name;
      return "'" + path + "': unknown key " + Json(key).dump() + "; known are: " + list;
    }
  return {};
}

/// The rates that neurons and attentions had in a run of the chip.
std::variant<std::vector<GivenRate>, Error> ratesOfResults(const std::string &path,
                                                           const Json &results) {
  const Json &schema = results["schema"];
  const Error fault = kResultsFormat.mismatch(schema.is_string() ? schema.get<std::string>() : "");
  if (!fault.empty())
    return "'" + path + "': " + fault;
  std::vector<GivenRate> rates;
  for (const Json &op : results.value("ops", Json::array())) {
    const char *key = !op.is_object()                        ? nullptr
                      : op.value("kind", Json()) == "neuron" ? "firing_rate"
                      : op.contains("score_rate")            ? "score_rate"
                                                             : nullptr;
    if (!key)
      continue;
    const Json name = op.value("name", Json()), rate = op.value(key, Json());
    if (!name.is_string() || !rate.is_number() || !(rate.get<double>() >= 0) ||
        !(rate.get<double>() <= 1))
      return "'" + path + "': the " + key + " of " + name.dump() + " " +
             needsHas("0 to 1", rate.dump());
    rates.push_back({name.get<std::string>(), rate.get<double>()});
  }
  if (rates.empty())
    return "'" + path + "': has no neurons, and so no rates";
  return rates;
}

} // namespace

std::variant<std::vector<GivenRate>, std::string> readRates(const std::string &path) {
  auto read = readObject(path);
  if (auto *error = std::get_if<Error>(&read))
    return *error;
  const Json &json = std::get<Json>(read);
  if (json.contains("schema"))
    return ratesOfResults(path, json);
  if (Error error = unknownKey(path, json, {"rates"}); !error.empty())
    return error;
  if (!json.contains("rates") || !json["rates"].is_object() || json["rates"].empty())
    return "'" + path +
           "': " + needsHas(R"({"rates": {"op name, or a pattern with *": 0.3}})", "no rates");
  std::vector<GivenRate> rates;
  for (const auto &[pattern, rate] : json["rates"].items()) {
    if (!rate.is_number() || !(rate.get<double>() >= 0) || !(rate.get<double>() <= 1))
      return "'" + path + "': the rate of " + Json(pattern).dump() + " " +
             needsHas("0 to 1", rate.dump());
    rates.push_back({pattern, rate.get<double>()});
  }
  return rates;
}

std::variant<EnergyTable, std::string> readEnergyTable(const std::string &path) {
  auto read = readObject(path);
  if (auto *error = std::get_if<Error>(&read))
    return *error;
  const Json &json = std::get<Json>(read);
  if (Error error = unknownKey(path, json, {"name", "mac_pj", "ac_pj", "source"}); !error.empty())
    return error;
  EnergyTable table;
  table.source.clear();
  for (auto [key, text] : {std::pair("name", &table.name), std::pair("source", &table.source)}) {
    if (!json.contains(key) && text == &table.source)
      continue;
    if (!json.contains(key) || !json[key].is_string())
      return "'" + path + "': '" + key + "' " +
             needsHas("a text", json.contains(key) ? json[key].dump() : "none");
    *text = json[key].get<std::string>();
  }
  for (auto [key, price] : {std::pair("mac_pj", &table.macPj), std::pair("ac_pj", &table.acPj)}) {
    const bool given = json.contains(key) && json[key].is_number();
    if (!given || !(json[key].get<double>() >= 0) || !(json[key].get<double>() <= 1e9))
      return "'" + path + "': '" + key + "' " +
             needsHas("0 to 1e9 pJ", json.contains(key) ? json[key].dump() : "none");
    *price = json[key].get<double>();
  }
  return table;
}

} // namespace synfire::spike
