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
    --end; // never cut a UTF-8 character in two
  return text.substr(0, end) + "...";
}

/// Levenshtein distance, case and '-'/'_' ignored.
static size_t editDistance(const std::string &a, const std::string &b) {
  auto fold = [](char c) {
    if (c >= 'A' && c <= 'Z')
      return char(c - 'A' + 'a');
    return c == '-' ? '_' : c;
  };
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j)
    row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t substituted = diagonal + (fold(a[i - 1]) != fold(b[j - 1]));
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row[b.size()];
}

std::string nearestHint(const std::string &name, const std::vector<std::string> &candidates) {
  // Longer than any name that we know: no need to compare.
  if (name.size() > 128)
    return {};
  size_t best = std::max<size_t>(2, name.size() / 3) + 1;
  const std::string *nearest = nullptr;
  for (const std::string &candidate : candidates) {
    size_t distance = editDistance(name, candidate);
    // A hint that shares no letter helps nobody.
    if (distance < best && distance < std::max(name.size(), candidate.size())) {
      best = distance;
      nearest = &candidate;
    }
  }
  return nearest ? "; did you mean '" + *nearest + "'?" : std::string();
}

std::string joined(const std::vector<std::string> &words) {
  constexpr size_t kShown = 24;
  std::string text;
  for (size_t i = 0; i < words.size() && i < kShown; ++i)
    text += (i ? ", " : "") + shortened(words[i]);
  return text + (words.size() > kShown ? ", ..." : "");
}

} // namespace synfire
