// ChipResources: the properties of a chip on which a mapped program relies, as text.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "targets/ChipResources.h"
#include "targets/ChipFields.h"

#include <algorithm>

namespace synfire {
namespace {

bool isResource(const ChipField &field) {
  // These keys decide what a tick costs; neither the mapping nor the results depend on them.
  if (field.key == "core.updates_all_neurons" || field.key == "core.graded_synop")
    return false;
  return field.key == "max_chips" || field.key.starts_with("mesh.") ||
         field.key.starts_with("core.") || field.key.starts_with("host.port_");
}

/// The entries of a list of faults, sorted, so that chips with the same faults have the same text.
template <class Faulty> std::vector<std::string> faultTexts(const std::vector<Faulty> &faults) {
  std::vector<std::string> texts;
  for (const Faulty &faulty : faults)
    texts.push_back(faultText(faulty));
  std::ranges::sort(texts);
  return texts;
}

std::string valueText(const ChipField &field, ChipModel &chip) {
  if (const auto *rounding = std::get_if<MemberRef<Rounding>>(&field.member))
    return roundingName((*rounding)(chip));
  if (const auto *flag = std::get_if<MemberRef<bool>>(&field.member))
    return (*flag)(chip) ? "true" : "false";
  if (const auto *topology = std::get_if<MemberRef<Topology>>(&field.member))
    return topologyName((*topology)(chip));
  std::vector<std::string> values;
  if (const auto *cores = std::get_if<MemberRef<std::vector<FaultyCore>>>(&field.member))
    values = faultTexts((*cores)(chip));
  if (const auto *links = std::get_if<MemberRef<std::vector<FaultyLink>>>(&field.member))
    values = faultTexts((*links)(chip));
  if (const auto *models = std::get_if<MemberRef<std::vector<std::string>>>(&field.member))
    values = (*models)(chip);
  if (const auto *formats = std::get_if<MemberRef<std::vector<WeightFormat>>>(&field.member))
    for (WeightFormat format : (*formats)(chip))
      values.emplace_back(weightFormatName(format));
  for (double number : fieldNumbers(field, chip))
    values.push_back(formatNumber(number));
  std::string text;
  for (const std::string &value : values)
    text += (text.empty() ? "" : ",") + value;
  return text.empty() ? "none" : text;
}

} // namespace

std::vector<std::string> chipResources(const ChipModel &chip) {
  ChipModel readable = chip; // the table's accessors take a model that is not const
  std::vector<std::string> resources;
  for (const ChipField &field : chipFields())
    if (isResource(field))
      resources.push_back(field.key + "=" + valueText(field, readable));
  return resources;
}

std::string resourceDifference(const std::vector<std::string> &compiled, const ChipModel &chip) {
  const std::vector<std::string> given = chipResources(chip);
  const auto valueOf = [](const std::vector<std::string> &resources, const std::string &key) {
    for (const std::string &entry : resources)
      if (entry.starts_with(key + "="))
        return entry.substr(key.size() + 1);
    return std::string("unknown");
  };
  for (const auto *resources : {&given, &compiled})
    for (const std::string &entry : *resources) {
      const std::string key = entry.substr(0, entry.find('='));
      const std::string wanted = valueOf(compiled, key), has = valueOf(given, key);
      if (wanted != has || wanted == "unknown")
        return "was compiled for '" + key + "' " + wanted + ", chip '" + chip.name + "' has " + has;
    }
  return {};
}

} // namespace synfire
