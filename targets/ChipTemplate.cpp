// ChipTemplate: writes a chip file in which comments explain every key.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "targets/ChipConfig.h"
#include "targets/ChipFields.h"

#include <utility>

namespace synfire {
namespace {

/// A sourced number as the template writes it. Its source is `example`, which the template lists
/// among its sources and says to replace.
std::string sourced(double value) {
  return "{value: " + formatNumber(value) + ", basis: assumed, source: example}";
}

std::string flowList(const std::vector<double> &numbers) {
  std::string list;
  for (double number : numbers)
    list += (list.empty() ? "" : ", ") + formatNumber(number);
  return "[" + list + "]";
}

std::string flowList(const std::vector<std::string> &names) {
  std::string list;
  for (const std::string &name : names)
    list += (list.empty() ? "" : ", ") + name;
  return "[" + list + "]";
}

std::vector<std::string> formatNames(const std::vector<WeightFormat> &formats) {
  std::vector<std::string> names;
  for (WeightFormat format : formats)
    names.emplace_back(weightFormatName(format));
  return names;
}

template <class Faulty> std::string faultyList(const std::vector<Faulty> &faults) {
  std::vector<std::string> names;
  for (const Faulty &faulty : faults)
    names.push_back(faultText(faulty));
  return flowList(names);
}

std::string barrierRows(const std::vector<BarrierStep> &rows) {
  std::string text;
  for (const BarrierStep &row : rows)
    text += "\n  - {tiles: " + std::to_string(row.tiles) +
            ", time_ns: " + sourced(static_cast<double>(row.ps) / 1000) + "}";
  return text;
}

/// The value of the field as the file writes it; empty when the chip has none.
std::string written(const ChipField &field, const ChipModel &chip) {
  const std::vector<double> numbers = fieldNumbers(field, chip);
  switch (field.kind) {
  case FieldKind::Text:
    return field.key == "name" ? "my-chip" : "My own chip";
  case FieldKind::Flag:
    return numbers.front() != 0 ? "true" : "false";
  case FieldKind::IntegerList:
    return flowList(numbers);
  case FieldKind::NeuronModelList:
    return flowList(chip.core.neuronModels);
  case FieldKind::WeightFormatList:
    return flowList(formatNames(chip.core.weightFormats));
  case FieldKind::GradedSynopName:
    return gradedSynopName(chip.core.gradedSynop);
  case FieldKind::RoundingRule:
    return roundingName(chip.core.leakRounding);
  case FieldKind::TopologyName:
    return topologyName(chip.mesh.topology);
  case FieldKind::FaultyCoreList:
    return faultyList(chip.mesh.faultyCores);
  case FieldKind::FaultyLinkList:
    return faultyList(chip.mesh.faultyLinks);
  case FieldKind::BarrierTable:
    return barrierRows(chip.barrier);
  case FieldKind::Time:
  case FieldKind::Price:
  case FieldKind::Rate:
    return numbers.empty() ? "" : sourced(numbers.front());
  case FieldKind::Integer:
  case FieldKind::Kibibytes:
  case FieldKind::Clock:
    return numbers.empty() ? "" : formatNumber(numbers.front());
  }
  return "";
}

std::string comment(const ChipField &field) {
  std::string text = "# " + field.help;
  if (field.max > field.min && field.kind != FieldKind::Flag)
    text += "; " + formatNumber(field.min) + " to " + formatNumber(field.max);
  return text + (field.required ? "; required" : "");
}

} // namespace

std::string chipTemplate(const ChipModel &example) {
  std::string text = "# A chip file with every key. `synfire targets --check FILE` tells what is "
                     "wrong with it, what it\n"
                     "# leaves to defaults, and what it leaves unpriced. Keep what you know, with "
                     "its source; leave out\n"
                     "# what nobody knows: it is reported as unpriced, never as 0.\n"
                     "sources:\n"
                     "  example: \"no source: a number of this template, to be replaced\"\n";
  std::string section;
  for (const ChipField &field : chipFields()) {
    if (field.applies == (example.clockPeriodPs ? Applies::Clockless : Applies::Clocked))
      continue;
    const size_t dot = field.key.find('.');
    const std::string own = dot == std::string::npos ? "" : field.key.substr(0, dot);
    if (own != section && !own.empty())
      text += "\n" + own + ":\n";
    section = own;
    const std::string indent = own.empty() ? "" : "  ";
    const std::string key = spelledKey(field, false).substr(own.empty() ? 0 : dot + 1);
    const std::string value = written(field, example);
    text += indent + comment(field) + "\n" + indent;
    if (value.empty())
      text += "# " + key + ":\n";
    else
      text += key + ":" + (value.front() == '\n' ? "" : " ") + value + "\n";
  }
  return text;
}

} // namespace synfire
