// ChipReader: checks a configuration tree against the field table and reads it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "targets/ChipReader.h"
#include "support/Message.h"
#include "targets/ChipFields.h"
#include "targets/ChipKeys.h"
#include "targets/ChipValues.h"
#include "targets/ScalarValues.h"

#include <cmath>
#include <map>

namespace synfire {
namespace {

class Reader {
public:
  explicit Reader(const ConfigNode &tree) : tree(tree), values(chip) {}

  ChipReading read() {
    attempt([&] {
      if (!tree.isMap())
        failAt(tree.position, "a chip file " + needsHas("a map of keys", tree.describe()));
    });
    if (const ConfigNode *sources = tree.find("sources"))
      attempt([&] { values.readSources(*sources); });
    // The clock is read first: a time in cycles needs the period, and may stand before it.
    if (const ConfigNode *clock = tree.find("clock_mhz"))
      attempt([&] { readField(*fieldOf("clock_mhz"), "clock_mhz", *clock); });
    for (const auto &[key, node] : tree.entries)
      if (key != "sources" && key != "extends" && key != "clock_mhz")
        readEntry("", key, node);
    checkRequired();
    if (chip.mesh.links().hasRings() && !given.contains("noc.virtual_channels"))
      chip.noc.virtualChannels = 2; // the fewest with which a ring cannot deadlock
    // A rule between keys can be checked only when every key could be read.
    if (faults.empty())
      for (const ChipViolation &violation : chipViolations(chip))
        attempt([&] { failViolation(violation); });
    std::set<std::string> keys;
    for (const auto &[key, where] : given)
      keys.insert(key);
    return {std::move(chip), std::move(faults), std::move(keys)};
  }

private:
  void readEntry(const std::string &section, const std::string &key, const ConfigNode &node) {
    std::string path = section.empty() ? key : section + "." + key;
    if (section.empty() && isChipSection(key)) {
      attempt([&] {
        if (!node.isMap())
          failType(key, node, "a map of keys");
      });
      for (const auto &[inner, value] : node.entries)
        readEntry(key, inner, value);
      return;
    }
    attempt([&] {
      const ChipField *field = fieldOf(path);
      if (!field)
        failAt(node.keyPosition, unknownKeyMessage(section, key));
      readField(*field, path, node);
    });
  }

  void readField(const ChipField &field, const std::string &path, const ConfigNode &node) {
    auto [known, fresh] = given.emplace(field.key, std::pair{path, &node});
    if (!fresh)
      failAt(node.keyPosition,
             "'" + path + "' is given twice, first as '" + known->second.first + "'");
    bool clocked = chip.clockPeriodPs.has_value();
    if (field.applies == Applies::Clocked && !clocked)
      failAt(node.keyPosition, "'" + path + "' has no meaning on a chip without clock_mhz");
    if (field.applies == Applies::Clockless && clocked)
      failAt(node.keyPosition, "'" + path + "' has no meaning on a chip with clock_mhz");
    values.readValue(field, path, node);
  }

  /// Runs one step of the reading. When the step throws a fault, the message is kept and the
  /// reading goes on.
  template <class Step> void attempt(Step step) {
    try {
      step();
    } catch (const ConfigFault &fault) {
      faults.push_back(fault.message);
    }
  }

  void checkRequired() {
    bool clocked = chip.clockPeriodPs.has_value();
    for (const ChipField &field : chipFields()) {
      bool applies =
          field.applies == Applies::Always || (field.applies == Applies::Clocked) == clocked;
      if (field.required && applies && !given.count(field.key))
        attempt([&] {
          failAt(sectionPosition(field.key),
                 "missing required key '" + spelledKey(field, clocked) + "' (" + field.help + ")");
        });
    }
  }

  ConfigPosition sectionPosition(const std::string &key) const {
    size_t dot = key.find('.');
    if (dot != std::string::npos)
      if (const ConfigNode *section = tree.find(key.substr(0, dot)))
        return section->keyPosition;
    return {tree.position.file, 1, 1};
  }

  /// Where the element `item` of a list stands, or the whole value.
  static const ConfigPosition &placeOf(const ConfigNode &value, int item) {
    const ConfigNode *list = value.isMap() ? value.find("value") : &value;
    return item < 0 ? value.position : list->items[item].position;
  }

  [[noreturn]] void failViolation(const ChipViolation &violation) const {
    auto found = given.find(violation.key);
    bool written = found != given.end();
    failAt(written ? placeOf(*found->second.second, violation.item)
                   : sectionPosition(violation.key),
           "'" + (written ? found->second.first : violation.key) + "' " + violation.fact);
  }

  const ConfigNode &tree;
  ChipModel chip;
  ChipValues values;
  std::vector<std::string> faults;
  /// By ChipField::key: the key as the file writes it, and its value.
  std::map<std::string, std::pair<std::string, const ConfigNode *>> given;
};

/// Lays the map `derived` over `base` (overlayChip). `path` is "" or "section.".
void overlay(ConfigNode &base, const ConfigNode &derived, const std::string &path) {
  for (const auto &[key, node] : derived.entries) {
    const ConfigNode *old = base.find(key);
    bool section = path.empty() && (isChipSection(key) || key == "sources");
    if (section && old && old->isMap() && node.isMap()) {
      ConfigNode merged = *old;
      merged.position = node.position;
      merged.keyPosition = node.keyPosition;
      overlay(merged, node, key + ".");
      base.erase(key);
      base.entries.push_back({key, std::move(merged)});
      continue;
    }
    bool removed = false;
    for (const std::string &spelling : spellings(path, key)) {
      removed |= base.find(spelling) != nullptr;
      base.erase(spelling);
    }
    if (node.kind != ConfigNode::Kind::Null)
      base.entries.push_back({key, node});
    else if (!removed)
      failAt(node.keyPosition, "'" + path + key +
                                   "' has no value, and the extended chip has "
                                   "none to remove");
  }
}

} // namespace

ChipModel readChip(const ConfigNode &tree) {
  ChipReading reading = readWholeChip(tree);
  if (!reading.faults.empty())
    throw ConfigFault{reading.faults.front()};
  return std::move(reading.chip);
}

ChipReading readWholeChip(const ConfigNode &tree) { return Reader(tree).read(); }

ConfigNode overlayChip(ConfigNode base, const ConfigNode &derived) {
  // A variant does not inherit the name and description of its base; it must have its own.
  base.erase("name");
  base.erase("description");
  base.erase("extends");
  base.position = derived.position;
  overlay(base, derived, "");
  return base;
}

} // namespace synfire
