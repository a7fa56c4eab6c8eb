// ChipSchema: the field table as Markdown.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "targets/ChipConfig.h"
#include "targets/ChipFields.h"

namespace synfire {
namespace {

std::string typeName(FieldKind kind) {
  switch (kind) {
  case FieldKind::Text:
    return "text";
  case FieldKind::Flag:
    return "`true` or `false`";
  case FieldKind::Integer:
    return "whole number";
  case FieldKind::Kibibytes:
    return "whole number, KiB";
  case FieldKind::IntegerList:
    return "list of whole numbers";
  case FieldKind::NeuronModelList:
  case FieldKind::WeightFormatList:
    return "list of names";
  case FieldKind::RoundingRule:
  case FieldKind::TopologyName:
  case FieldKind::GradedSynopName:
    return "name";
  case FieldKind::FaultyCoreList:
    return "list of `[x, y]` or `[x, y, core]`";
  case FieldKind::FaultyLinkList:
    return "list of `[x, y, east]`, or `west`, `north`, `south`";
  case FieldKind::Clock:
    return "number, MHz";
  case FieldKind::Time:
    return "sourced number, ns or cycles";
  case FieldKind::Price:
    return "sourced number";
  case FieldKind::Rate:
    return "sourced number";
  case FieldKind::BarrierTable:
    return "list of `{tiles, time_ns}` or `{tiles, time_cycles}`, times sourced";
  }
  return "";
}

std::string spelling(const ChipField &field) {
  if (field.kind == FieldKind::Time)
    return "`" + field.key + "_ns`, `_cycles`";
  return "`" + field.key + "`";
}

std::string presence(const ChipField &field) {
  std::string text = field.required ? "required" : fieldDefault(field);
  if (field.applies == Applies::Clocked)
    text += "; with a clock only";
  if (field.applies == Applies::Clockless)
    text += "; without a clock only";
  return text;
}

std::string range(const ChipField &field) {
  if (field.max <= field.min || field.kind == FieldKind::Flag)
    return "";
  return formatNumber(field.min) + " .. " + formatNumber(field.max);
}

} // namespace

std::string chipSchemaMarkdown() {
  std::string text = "# Keys of a chip file\n\n"
                     "Generated from the field table in `ChipFields.cpp`; do not edit.\n\n"
                     "A *sourced number* is `{value: 23.6, basis: simulated, source: NAME}` "
                     "with an optional `note:` that says how it was derived. `basis` is "
                     "`measured`, `simulated`, `calibrated` or `assumed`; `NAME` is a key of "
                     "`sources:`. Every other value may be written so, too. Ranges of times "
                     "are in ns. A price that is not known is left out and reported as "
                     "unpriced; 0 is a price.\n\n"
                     "Beside the keys below: `extends: CHIP` takes over another chip's keys "
                     "(`name` and `description` excepted), where a key given here replaces "
                     "that of the other chip and a key without a value (`~`) removes it; "
                     "`sources:` maps short names to citations.\n\n"
                     "| key | type | default | range | meaning |\n"
                     "|---|---|---|---|---|\n";
  for (const ChipField &field : chipFields())
    text += "| " + spelling(field) + " | " + typeName(field.kind) + " | " + presence(field) +
            " | " + range(field) + " | " + field.help + " |\n";
  return text;
}

} // namespace synfire
