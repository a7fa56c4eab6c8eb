// ConfigTree: a configuration file as plain data with positions; no YAML here.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "targets/ConfigTree.h"

#include <algorithm>

namespace synfire {

void failAt(const ConfigPosition &position, const std::string &message) {
  throw ConfigFault{*position.file + ":" + std::to_string(position.line) + ":" +
                    std::to_string(position.column) + ": error: " + message};
}

const ConfigNode *ConfigNode::find(const std::string &key) const {
  for (const ConfigEntry &entry : entries)
    if (entry.key == key)
      return &entry.value;
  return nullptr;
}

void ConfigNode::erase(const std::string &key) {
  entries.erase(std::remove_if(entries.begin(), entries.end(),
                               [&](const ConfigEntry &entry) { return entry.key == key; }),
                entries.end());
}

std::string ConfigNode::describe() const {
  switch (kind) {
  case Kind::Null:
    return "nothing";
  case Kind::List:
    return "a list";
  case Kind::Map:
    return "a map";
  case Kind::Scalar:
    break;
  }
  return "'" + shortened(scalar) + "'";
}

std::string shortened(const std::string &text) {
  constexpr size_t kShown = 60;
  if (text.size() <= kShown)
    return text;
  size_t end = kShown;
  while (end > 0 && (text[end] & 0xC0) == 0x80)
    --end; // do not cut inside a UTF-8 character
  return text.substr(0, end) + "...";
}

std::string joined(const std::vector<std::string> &words) {
  constexpr size_t kShown = 24;
  std::string text;
  for (size_t i = 0; i < words.size() && i < kShown; ++i)
    text += (i ? ", " : "") + shortened(words[i]);
  return text + (words.size() > kShown ? ", ..." : "");
}

} // namespace synfire
