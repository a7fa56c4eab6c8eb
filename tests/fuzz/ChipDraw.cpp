// ChipDraw: chip files whose keys stand at the ends of their ranges.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/fuzz/ChipDraw.h"

#include "support/MeshNames.h"
#include "targets/ChipConfig.h"
#include "targets/ChipFields.h"
#include "targets/NeuronModels.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <vector>

namespace synfire::test {
namespace {

const std::string kFolder = SYNFIRE_SOURCE_DIR "/targets/chips";

std::string sourced(const std::string &value) {
  return "{value: " + value + ", basis: assumed, source: drawn}";
}

/// A number of the field's range: either end, a common one, or one near the lower end.
double drawNumber(const ChipField &field, Choices &choices) {
  switch (choices.below(5)) {
  case 0:
    return field.min;
  case 1:
    return field.max;
  case 2:
    return std::clamp(std::ldexp(1.0, static_cast<int>(choices.below(16))), field.min, field.max);
  default:
    return std::min(field.min + static_cast<double>(choices.below(16)), field.max);
  }
}

std::string drawWidths(const ChipField &field, Choices &choices) {
  std::set<double> widths;
  for (int64_t count = choices.between(1, 3); count > 0; --count)
    widths.insert(drawNumber(field, choices));
  std::string list;
  for (double width : widths)
    list += (list.empty() ? "" : ", ") + formatNumber(width);
  return "[" + list + "]";
}

std::string drawNeuronModels(Choices &choices) {
  std::string list;
  for (const std::string &model : chipNeuronModels())
    if (!choices.rarely(4))
      list += (list.empty() ? "" : ", ") + model;
  return "[" + list + "]";
}

std::string drawWeightFormats(Choices &choices) {
  std::string list;
  for (const char *format : kWeightFormatNames)
    if (choices.flip())
      list += (list.empty() ? "" : ", ") + std::string(format);
  return "[" + list + "]";
}

std::string drawBarrier(const ChipField &field, Choices &choices) {
  std::string rows;
  int64_t tiles = 1;
  for (int64_t count = choices.between(1, 3); count > 0; --count) {
    rows += (rows.empty() ? "" : ", ") + std::string("{tiles: ") + std::to_string(tiles) +
            ", time_ns: " + sourced(formatNumber(drawNumber(field, choices))) + "}";
    tiles += choices.pick<int64_t>({1, 3, 1 << 18});
  }
  return "[" + rows + "]";
}

/// A list of faults, each `[x, y]` and what `last` draws behind it, near a corner that every mesh
/// has; now and then at the end of the range.
template <class Last>
std::string drawFaults(const ChipField &field, Choices &choices, const Last &last) {
  std::string list;
  for (int64_t count = choices.between(0, 3); count > 0; --count) {
    const double far = choices.rarely(16) ? drawNumber(field, choices) : 0;
    list += (list.empty() ? "[" : ", [") +
            formatNumber(std::floor(far) + static_cast<double>(choices.below(2))) + ", " +
            std::to_string(choices.below(2)) + last() + "]";
  }
  return "[" + list + "]";
}

std::string drawFaultyCores(const ChipField &field, Choices &choices) {
  return drawFaults(field, choices, [&] { return choices.flip() ? ", 0" : ""; });
}

std::string drawFaultyLinks(const ChipField &field, Choices &choices) {
  return drawFaults(field, choices, [&] {
    return std::string(", ") + kDirectionNames[choices.below(kDirectionNames.size())];
  });
}

/// The value of the key as a file writes it; "~" removes it.
std::string drawValue(const ChipField &field, Choices &choices) {
  if (choices.rarely(field.required ? 64 : 5))
    return "~";
  switch (field.kind) {
  case FieldKind::Text:
    return field.key == "name" ? std::string(choices.pick<size_t>({1, 8, 64}), 'x') : "drawn";
  case FieldKind::Flag:
    return choices.flip() ? "true" : "false";
  case FieldKind::IntegerList:
    return drawWidths(field, choices);
  case FieldKind::NeuronModelList:
    return drawNeuronModels(choices);
  case FieldKind::WeightFormatList:
    return drawWeightFormats(choices);
  case FieldKind::GradedSynopName:
    return kGradedSynopNames[choices.below(kGradedSynopNames.size())];
  case FieldKind::RoundingRule:
    return kRoundingNames[choices.below(kRoundingNames.size())];
  case FieldKind::TopologyName:
    return kTopologyNames[choices.below(kTopologyNames.size())];
  case FieldKind::FaultyCoreList:
    return drawFaultyCores(field, choices);
  case FieldKind::FaultyLinkList:
    return drawFaultyLinks(field, choices);
  case FieldKind::BarrierTable:
    return drawBarrier(field, choices);
  case FieldKind::Integer:
  case FieldKind::Kibibytes:
    return formatNumber(std::floor(drawNumber(field, choices)));
  case FieldKind::Clock:
    return formatNumber(drawNumber(field, choices));
  case FieldKind::Time:
  case FieldKind::Price:
  case FieldKind::Rate:
    return sourced(formatNumber(drawNumber(field, choices)));
  }
  return "~";
}

/// How many of the schema's keys a file changes.
size_t drawCount(Choices &choices) {
  const size_t all = chipFields().size();
  return choices.pick<size_t>({1, 2, 3, 5, 8, all / 2, all});
}

std::string drawText(Choices &choices) {
  std::map<std::string, std::string> sections; // "" has those of the top level
  std::set<size_t> drawn;
  std::set<std::string> written; // keys
  const std::string base = drawShippedChip(choices);
  for (size_t count = drawCount(choices); drawn.size() < count;) {
    const size_t at = choices.below(chipFields().size());
    if (!drawn.insert(at).second) {
      if (2 * drawn.size() > chipFields().size())
        break;
      continue;
    }
    const ChipField &field = chipFields()[at];
    if (field.key == "name" || field.key == "description")
      continue; // both are always written
    const std::string key = spelledKey(field, choices.flip());
    const size_t dot = key.find('.');
    const bool top = dot == std::string::npos;
    sections[top ? "" : key.substr(0, dot)] +=
        (top ? "" : "  ") + key.substr(top ? 0 : dot + 1) + ": " + drawValue(field, choices) + "\n";
    written.insert(field.key);
  }
  // A width of graded spikes goes with the flag that allows them.
  if (written.contains("core.graded_bits") != written.contains("core.graded_spikes"))
    sections["core"] +=
        written.contains("core.graded_bits")
            ? "  graded_spikes: true\n"
            : "  graded_bits: " + choices.pick<std::string>({"1", "8", "32"}) + "\n";
  // Narrow states meet many limits of a model, so they are drawn more often than other keys.
  if (!written.contains("core.state_bits") && choices.rarely(4))
    sections["core"] += "  state_bits: " + choices.pick<std::string>({"8", "7", "16", "48"}) + "\n";
  // So are forms of weights; a width goes with the format that has no other.
  if (!written.contains("core.weight_formats") && !written.contains("core.weight_bits") &&
      !written.contains("core.sparse_weights") && choices.rarely(3))
    sections["core"] += "  weight_bits: [1, 2, 8, 32]\n  weight_formats: " +
                        choices.pick<std::string>({"[signed, binary, sign, ternary]", "[binary]",
                                                   "[ternary, signed]", "[sign]"}) +
                        "\n  sparse_weights: " + (choices.flip() ? "true\n" : "false\n");
  // So are tori and faults, each of which changes the mesh as a whole.
  for (const char *key : {"mesh.topology", "mesh.faulty_cores", "mesh.faulty_links"}) {
    const auto field = std::ranges::find(chipFields(), key, &ChipField::key);
    if (!written.contains(key) && choices.rarely(4))
      sections["mesh"] += "  " + field->key.substr(5) + ": " + drawValue(*field, choices) + "\n";
  }
  std::string text = "extends: " + base + "\nname: drawn\ndescription: drawn\n" +
                     "sources: {drawn: \"a number at the end of its range\"}\n" + sections[""];
  for (const auto &[section, lines] : sections)
    if (!section.empty())
      text += section + ":\n" + lines;
  return text;
}

} // namespace

std::string drawShippedChip(Choices &choices) {
  const std::vector<std::string> names = listChips(kFolder);
  return names[choices.below(names.size())];
}

std::string drawChip(Choices &choices) {
  std::string text = drawText(choices);
  // Of the drawn chips that break a rule between keys, one in 16 is used.
  for (int tries = 0; tries < 8 && !choices.rarely(16); ++tries) {
    if (parseChip(text, "drawn.yaml", kFolder).index() == 0)
      break;
    text = drawText(choices);
  }
  return text;
}

} // namespace synfire::test
