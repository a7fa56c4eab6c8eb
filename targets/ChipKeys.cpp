// ChipKeys: how the keys of the field table are written in a file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "targets/ChipKeys.h"
#include "support/NearestName.h"
#include "targets/ConfigTree.h"

#include <algorithm>

namespace synfire {

/// Removes "_ns" or "_cycles" from the end of a key: "timing.spike_ns" becomes "timing.spike".
static std::string withoutTimeUnit(const std::string &key) {
  for (const char *unit : {"_ns", "_cycles"}) {
    std::string suffix = unit;
    if (key.size() > suffix.size() && key.ends_with(suffix))
      return key.substr(0, key.size() - suffix.size());
  }
  return key;
}

const ChipField *fieldOf(const std::string &path) {
  std::string bare = withoutTimeUnit(path);
  for (const ChipField &field : chipFields())
    if (field.kind == FieldKind::Time ? field.key == bare && bare != path : field.key == path)
      return &field;
  return nullptr;
}

bool isChipSection(const std::string &key) {
  const auto &sections = chipSections();
  return std::find(sections.begin(), sections.end(), key) != sections.end();
}

std::vector<std::string> spellings(const std::string &path, const std::string &key) {
  const ChipField *field = fieldOf(path + key);
  if (!field || field->kind != FieldKind::Time)
    return {key};
  std::string bare = withoutTimeUnit(key);
  return {bare + "_ns", bare + "_cycles"};
}

/// The keys that a file may write in `section`, without the section's name; with "" the keys of
/// the top level.
static std::vector<std::string> keysOf(const std::string &section) {
  std::vector<std::string> keys;
  if (section.empty()) {
    keys = chipSections();
    keys.insert(keys.end(), {"sources", "extends"});
  }
  for (const ChipField &field : chipFields()) {
    size_t dot = field.key.find('.');
    bool top = dot == std::string::npos;
    if (top != section.empty() || (!top && field.key.substr(0, dot) != section))
      continue;
    for (bool inCycles : {false, true}) {
      if (inCycles && field.kind != FieldKind::Time)
        continue;
      std::string key = spelledKey(field, inCycles);
      keys.push_back(top ? key : key.substr(dot + 1));
    }
  }
  return keys;
}

std::string unknownKeyMessage(const std::string &section, const std::string &key) {
  std::string message =
      "unknown key '" + shortened(key) + "'" + (section.empty() ? "" : " in '" + section + "'");
  // When another section has this very key, naming that section helps more than a similar key.
  for (const std::string &other : chipSections())
    if (other != section && fieldOf(other + "." + key))
      return message + "; it belongs in '" + other + "'";
  if (!section.empty() && fieldOf(key))
    return message + "; it belongs to the top level";
  return message + nearestName(key, keysOf(section));
}

} // namespace synfire
