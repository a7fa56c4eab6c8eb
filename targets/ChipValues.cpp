// ChipValues: turns the values of a chip file into members of a ChipModel.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "targets/ChipValues.h"
#include "support/MeshNames.h"
#include "support/Message.h"
#include "support/NearestName.h"
#include "targets/NeuronModels.h"
#include "targets/ScalarValues.h"

#include <algorithm>
#include <cmath>

namespace synfire {
namespace {

/// Reads the name of an enumerator; `names` are the names of all, in the order of the enum.
template <class E, size_t Count>
E readEnumerator(const std::string &path, const ConfigNode &node,
                 const std::array<const char *, Count> &names) {
  return static_cast<E>(readName(path, node, {names.begin(), names.end()}));
}

template <class T> void assign(const ChipField &field, ChipModel &chip, T v) {
  std::get<MemberRef<T>>(field.member)(chip) = v;
}

void assignInteger(const ChipField &field, ChipModel &chip, int64_t value) {
  if (std::holds_alternative<MemberRef<int64_t>>(field.member))
    assign<int64_t>(field, chip, value);
  else if (std::holds_alternative<MemberRef<int>>(field.member))
    assign<int>(field, chip, int(value));
  else if (std::holds_alternative<MemberRef<std::optional<int>>>(field.member))
    assign<std::optional<int>>(field, chip, int(value));
  else
    assign<std::optional<int64_t>>(field, chip, value);
}

} // namespace

void ChipValues::readSources(const ConfigNode &node) {
  if (!node.isMap())
    failType("sources", node, "a map of short names to citations");
  for (const auto &[name, text] : node.entries)
    chip.citations.push_back({name, readText("sources." + name, text)});
}

double ChipValues::readNumber(const ChipField &field, const std::string &path,
                              const ConfigNode &node) const {
  double value = readReal(path, node);
  std::string limit = rangeViolation(field, value);
  if (!limit.empty())
    failAt(node.position, "'" + path + "' " + needsHas(limit, formatNumber(value)));
  return value;
}

int64_t ChipValues::readInteger(const ChipField &field, const std::string &path,
                                const ConfigNode &node) const {
  std::optional<int64_t> value = readWhole(path, node);
  // A number that does not fit int64 is outside every field's range.
  std::string limit = rangeViolation(field, value ? double(*value) : std::nan(""));
  if (!limit.empty())
    failAt(node.position, "'" + path + "' " + needsHas(limit, shortened(node.scalar)));
  return *value;
}

int64_t ChipValues::readTimePs(const ChipField &field, const std::string &path,
                               const ConfigNode &node) const {
  bool inCycles = path.ends_with("_cycles");
  if (inCycles && !chip.clockPeriodPs)
    failAt(node.position, "'" + path +
                              "' counts cycles, but the chip has no "
                              "clock_mhz; give the time in ns");
  double value = readNumber(field, path, node);
  double ps = value * (inCycles ? double(*chip.clockPeriodPs) : 1000.0);
  std::string limit = rangeViolation(field, ps / 1000);
  if (!limit.empty())
    failAt(node.position, "'" + path + "' " + needsHas(limit, formatNumber(ps / 1000) + " ns"));
  if (value > 0 && ps < 0.5)
    failAt(node.position,
           "'" + path + "' " + needsHas("0 or at least 1 ps", formatNumber(ps) + " ps"));
  return std::llround(ps);
}

ChipValues::Statement ChipValues::readStatement(const ChipField &field, const std::string &path,
                                                const ConfigNode &node) {
  Statement statement{&node, false, {}};
  if (!node.isMap()) {
    if (field.needsSource() && node.kind == ConfigNode::Kind::Scalar)
      failAt(node.position, "'" + path + "' needs its source; write {value: " +
                                shortened(node.scalar) + ", basis: ..., source: ...}");
    return statement;
  }
  static const std::vector<std::string> keys = {"value", "basis", "source", "note"};
  for (const auto &[key, inner] : node.entries)
    if (std::find(keys.begin(), keys.end(), key) == keys.end())
      failAt(inner.keyPosition,
             "unknown key '" + shortened(key) + "' in '" + path + "'" + nearestName(key, keys));
  for (const char *key : {"value", "basis", "source"})
    if (!node.find(key))
      failAt(node.position, "'" + path + "' lacks '" + key + "'");
  statement.sourced = true;
  statement.value = node.find("value");
  statement.origin.basis = readEnumerator<Basis>(path + ".basis", *node.find("basis"), kBasisNames);
  const ConfigNode &source = *node.find("source");
  statement.origin.source = readText(path + ".source", source);
  std::vector<std::string> known;
  for (const Citation &citation : chip.citations)
    known.push_back(citation.name);
  if (std::find(known.begin(), known.end(), statement.origin.source) == known.end())
    failAt(source.position, "unknown source " + source.describe() + " of '" + path +
                                "'; 'sources' has " + (known.empty() ? "none" : joined(known)) +
                                nearestName(statement.origin.source, known));
  if (const ConfigNode *note = node.find("note"))
    statement.origin.note = readText(path + ".note", *note);
  return statement;
}

void ChipValues::record(const std::string &path, const Statement &statement, double value) {
  if (!statement.sourced)
    return;
  chip.provenance.push_back({path, statement.origin});
  chip.provenance.back().number.value = value;
}

void ChipValues::readValue(const ChipField &field, const std::string &path,
                           const ConfigNode &node) {
  if (node.kind == ConfigNode::Kind::Null)
    failType(path, node,
             "a value (a key without one only removes that of an extended "
             "chip)");
  if (field.kind == FieldKind::BarrierTable)
    return readBarrier(field, node);
  if (field.kind == FieldKind::Text)
    return assign<std::string>(field, chip, readText(path, node));
  Statement statement = readStatement(field, path, node);
  const ConfigNode &value = *statement.value;
  switch (field.kind) {
  case FieldKind::Flag:
    assign<bool>(field, chip, readFlag(path, value));
    break;
  case FieldKind::Integer:
    assignInteger(field, chip, readInteger(field, path, value));
    break;
  case FieldKind::Kibibytes:
    assignInteger(field, chip, readInteger(field, path, value) * 8192);
    break;
  case FieldKind::IntegerList:
    readIntegerList(field, path, value);
    break;
  case FieldKind::NeuronModelList:
    readNeuronModels(path, value);
    break;
  case FieldKind::WeightFormatList:
    readWeightFormats(path, value);
    break;
  case FieldKind::GradedSynopName:
    assign<GradedSynop>(field, chip, readEnumerator<GradedSynop>(path, value, kGradedSynopNames));
    break;
  case FieldKind::RoundingRule:
    assign<Rounding>(field, chip, readEnumerator<Rounding>(path, value, kRoundingNames));
    break;
  case FieldKind::TopologyName:
    assign<Topology>(field, chip, readEnumerator<Topology>(path, value, kTopologyNames));
    break;
  case FieldKind::FaultyCoreList:
    readFaultyCores(field, path, value);
    break;
  case FieldKind::FaultyLinkList:
    readFaultyLinks(field, path, value);
    break;
  case FieldKind::Clock:
    assignInteger(field, chip, std::llround(1e6 / readNumber(field, path, value)));
    break;
  case FieldKind::Time:
    assignInteger(field, chip, readTimePs(field, path, value));
    break;
  case FieldKind::Rate:
    assign<std::optional<double>>(field, chip, readNumber(field, path, value));
    break;
  case FieldKind::Price: {
    Sourced price = statement.origin;
    price.value = readNumber(field, path, value);
    assign<Price>(field, chip, price);
    break;
  }
  case FieldKind::Text:
  case FieldKind::BarrierTable:
    break; // handled above
  }
  record(path, statement, statedNumber(field, path, value));
}

double ChipValues::statedNumber(const ChipField &field, const std::string &path,
                                const ConfigNode &node) const {
  // The model stores a period or a time rounded to picoseconds; the record keeps the number of
  // the file.
  if (field.kind == FieldKind::Clock || field.kind == FieldKind::Time)
    return readNumber(field, path, node);
  std::vector<double> numbers = fieldNumbers(field, chip);
  return numbers.empty() ? 0 : numbers.back();
}

void ChipValues::readIntegerList(const ChipField &field, const std::string &path,
                                 const ConfigNode &node) {
  if (node.kind != ConfigNode::Kind::List)
    failType(path, node, "a list of whole numbers");
  std::vector<int> list;
  for (const ConfigNode &item : node.items)
    list.push_back(int(readInteger(field, path, item)));
  assign<std::vector<int>>(field, chip, list);
}

void ChipValues::readNeuronModels(const std::string &path, const ConfigNode &node) {
  if (node.kind != ConfigNode::Kind::List)
    failType(path, node, "a list of neuron models");
  const std::vector<std::string> &known = chipNeuronModels();
  for (const ConfigNode &item : node.items)
    chip.core.neuronModels.push_back(known[readName(path, item, known)]);
}

void ChipValues::readWeightFormats(const std::string &path, const ConfigNode &node) {
  if (node.kind != ConfigNode::Kind::List)
    failType(path, node, "a list of weight formats");
  chip.core.weightFormats.clear();
  for (const ConfigNode &item : node.items)
    chip.core.weightFormats.push_back(readEnumerator<WeightFormat>(path, item, kWeightFormatNames));
}

/// The elements of a list of faults; `form` is what each of them is.
static const std::vector<ConfigNode> &faultItems(const std::string &path, const ConfigNode &node,
                                                 const char *form, size_t least, size_t most) {
  if (node.kind != ConfigNode::Kind::List)
    failType(path, node, std::string("a list of ") + form);
  for (const ConfigNode &item : node.items) {
    if (item.kind != ConfigNode::Kind::List)
      failType(path, item, form);
    if (item.items.size() < least || item.items.size() > most)
      failAt(item.position,
             "'" + path + "' " + needsHas(form, message("a list of ", item.items.size())));
  }
  return node.items;
}

int ChipValues::readPlace(const ChipField &field, const std::string &path,
                          const ConfigNode &node) const {
  return static_cast<int>(readInteger(field, path, node));
}

void ChipValues::readFaultyCores(const ChipField &field, const std::string &path,
                                 const ConfigNode &node) {
  std::vector<FaultyCore> cores;
  for (const ConfigNode &item : faultItems(path, node, "[x, y] or [x, y, core]", 2, 3)) {
    FaultyCore &faulty = cores.emplace_back();
    faulty.x = readPlace(field, path, item.items[0]);
    faulty.y = readPlace(field, path, item.items[1]);
    if (item.items.size() == 3)
      faulty.core = readPlace(field, path, item.items[2]);
  }
  assign<std::vector<FaultyCore>>(field, chip, std::move(cores));
}

void ChipValues::readFaultyLinks(const ChipField &field, const std::string &path,
                                 const ConfigNode &node) {
  std::vector<FaultyLink> links;
  for (const ConfigNode &item : faultItems(path, node, "[x, y, direction]", 3, 3))
    links.push_back({readPlace(field, path, item.items[0]), readPlace(field, path, item.items[1]),
                     readEnumerator<Direction>(path, item.items[2], kDirectionNames)});
  assign<std::vector<FaultyLink>>(field, chip, std::move(links));
}

void ChipValues::readBarrier(const ChipField &field, const ConfigNode &node) {
  if (node.kind != ConfigNode::Kind::List)
    failType(field.key, node, "a list of {tiles, time_ns}");
  static const std::vector<std::string> keys = {"tiles", "time_ns", "time_cycles"};
  ChipField tilesField = field;
  tilesField.min = 1;
  tilesField.max = 1 << 20;
  for (const ConfigNode &row : node.items) {
    std::string path = "barrier[" + std::to_string(&row - node.items.data()) + "]";
    if (!row.isMap())
      failType(path, row, "{tiles, time_ns}");
    const ConfigNode *time = nullptr;
    std::string timePath;
    for (const auto &[key, inner] : row.entries) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end())
        failAt(inner.keyPosition,
               "unknown key '" + shortened(key) + "' in '" + path + "'" + nearestName(key, keys));
      if (key == "tiles")
        continue;
      if (time)
        failAt(inner.keyPosition,
               "'" + path + "." + key + "' is given twice, first as '" + timePath + "'");
      time = &inner;
      timePath = path + "." + key;
    }
    const ConfigNode *tiles = row.find("tiles");
    if (!tiles || !time)
      failAt(row.position, "'" + path + "' lacks '" + (tiles ? "time_ns" : "tiles") + "'");
    BarrierStep step;
    step.tiles = int(readInteger(tilesField, path + ".tiles", *tiles));
    Statement statement = readStatement(field, timePath, *time);
    step.ps = readTimePs(field, timePath, *statement.value);
    chip.barrier.push_back(step);
    record(timePath, statement, readNumber(field, timePath, *statement.value));
  }
}

} // namespace synfire
