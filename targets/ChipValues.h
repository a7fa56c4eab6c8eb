// ChipValues: turns the values of a chip file into members of a ChipModel.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TARGETS_CHIPVALUES_H
#define SYNFIRE_TARGETS_CHIPVALUES_H

#include "targets/ChipFields.h"
#include "targets/ConfigTree.h"

namespace synfire {

/// Parses values by the kind of their field. All functions throw ConfigFault.
class ChipValues {
public:
  explicit ChipValues(ChipModel &chip) : chip(chip) {}

  /// The `sources:` section: short name -> citation.
  void readSources(const ConfigNode &node);

  /// Sets the member of `field`; `path` is its key as written.
  void readValue(const ChipField &field, const std::string &path, const ConfigNode &node);

private:
  /// A value that may stand bare or as {value, basis, source, note}.
  struct Statement {
    const ConfigNode *value;
    bool sourced = false;
    Sourced origin; ///< without its number
  };
  Statement readStatement(const ChipField &field, const std::string &path, const ConfigNode &node);
  double readNumber(const ChipField &field, const std::string &path, const ConfigNode &node) const;
  int64_t readInteger(const ChipField &field, const std::string &path,
                      const ConfigNode &node) const;
  int64_t readTimePs(const ChipField &field, const std::string &path, const ConfigNode &node) const;
  void readIntegerList(const ChipField &field, const std::string &path, const ConfigNode &node);
  void readNeuronModels(const std::string &path, const ConfigNode &node);
  void readBarrier(const ChipField &field, const ConfigNode &node);
  double statedNumber(const ChipField &field, const std::string &path,
                      const ConfigNode &node) const;
  void record(const std::string &path, const Statement &statement, double value);

  ChipModel &chip;
};

} // namespace synfire

#endif // SYNFIRE_TARGETS_CHIPVALUES_H
