// ConfigTree: a configuration file as plain data with positions; no YAML here.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TARGETS_CONFIGTREE_H
#define SYNFIRE_TARGETS_CONFIGTREE_H

#include <memory>
#include <string>
#include <vector>

namespace synfire {

/// Where something stands in a file; line and column count from 1.
struct ConfigPosition {
  std::shared_ptr<const std::string> file;
  int line = 1, column = 1;
};

/// What a reader throws inside this folder, caught at its public functions.
struct ConfigFault {
  std::string message; ///< "FILE:LINE:COLUMN: error: ..."
};

/// Ends the reading with a message about a position.
[[noreturn]] void failAt(const ConfigPosition &position, const std::string &message);

struct ConfigEntry;

struct ConfigNode {
  enum class Kind { Null, Scalar, List, Map };

  Kind kind = Kind::Null;
  ConfigPosition position;    ///< of the value
  ConfigPosition keyPosition; ///< of the key, in a map
  std::string scalar;
  bool quoted = false; ///< the scalar stood in quotes: it is text
  std::vector<ConfigNode> items;
  std::vector<ConfigEntry> entries; ///< in file order, keys distinct

  bool isMap() const { return kind == Kind::Map; }
  const ConfigNode *find(const std::string &key) const;
  void erase(const std::string &key);
  /// "a number", "a list" ...: what stands here, for messages.
  std::string describe() const;
};

/// A key of a map and what stands there.
struct ConfigEntry {
  std::string key;
  ConfigNode value;
};

/// The text, cut to what a message can carry.
std::string shortened(const std::string &text);

/// "a, b, c", at most 24 of them.
std::string joined(const std::vector<std::string> &words);

} // namespace synfire

#endif // SYNFIRE_TARGETS_CONFIGTREE_H
