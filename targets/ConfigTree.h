// ConfigTree: a configuration file as plain data with positions; no YAML here.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TARGETS_CONFIGTREE_H
#define SYNFIRE_TARGETS_CONFIGTREE_H

#include <memory>
#include <string>
#include <vector>

namespace synfire {

/// A place in a file; line and column count from 1.
struct ConfigPosition {
  std::shared_ptr<const std::string> file;
  int line = 1, column = 1;
};

/// The exception of the readers in this folder. The functions of ChipConfig.h catch it.
struct ConfigFault {
  std::string message; ///< "FILE:LINE:COLUMN: error: ..."
};

/// Throws a ConfigFault with a message about a position.
[[noreturn]] void failAt(const ConfigPosition &position, const std::string &message);

struct ConfigEntry;

/// A value of the file with everything below it.
struct ConfigNode {
  enum class Kind { Null, Scalar, List, Map };

  Kind kind = Kind::Null;
  ConfigPosition position;          ///< where the value stands
  ConfigPosition keyPosition;       ///< where its key stands, when it is a value of a map
  std::string scalar;               ///< the text of a Scalar
  bool quoted = false;              ///< whether the scalar is in quotes and therefore a text
  std::vector<ConfigNode> items;    ///< the elements of a List
  std::vector<ConfigEntry> entries; ///< the entries of a Map in file order, with distinct keys

  bool isMap() const { return kind == Kind::Map; }
  /// The value of `key` in this map, or null.
  const ConfigNode *find(const std::string &key) const;
  /// Removes the entry of `key`, if there is one.
  void erase(const std::string &key);
  /// What the node is, for messages: "'TEXT'" for a scalar, "a list", "a map" or "nothing".
  std::string describe() const;
};

/// An entry of a map.
struct ConfigEntry {
  std::string key;
  ConfigNode value;
};

/// `text` for a message; of a longer text only the first 60 bytes, followed by "...".
std::string shortened(const std::string &text);

/// The words with ", " between them: "a, b, c". Of more than 24 words the first 24, then "...".
std::string joined(const std::vector<std::string> &words);

} // namespace synfire

#endif // SYNFIRE_TARGETS_CONFIGTREE_H
