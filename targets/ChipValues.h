// ChipValues: turns the values of a chip file into members of a ChipModel.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TARGETS_CHIPVALUES_H
#define SYNFIRE_TARGETS_CHIPVALUES_H

#include "targets/ChipFields.h"
#include "targets/ConfigTree.h"

namespace synfire {

/// Reads the values of a chip file into the members of `chip`, each by the kind of its field. All
/// functions throw ConfigFault when a value has a wrong type, is out of range or lacks its source.
class ChipValues {
public:
  explicit ChipValues(ChipModel &chip) : chip(chip) {}

  /// Reads the section `sources:`, which maps short names to citations, into the chip's citations.
  void readSources(const ConfigNode &node);

  /// Reads `node` into the member of `field`. `path` is the dotted key as the file writes it.
  void readValue(const ChipField &field, const std::string &path, const ConfigNode &node);

private:
  /// A value, which a file may write bare or as {value, basis, source, note}.
  struct Statement {
    const ConfigNode *value;
    bool sourced = false; ///< whether the second form was used
    Sourced origin;       ///< basis, source and note; its number is not set
  };
  Statement readStatement(const ChipField &field, const std::string &path, const ConfigNode &node);
  double readNumber(const ChipField &field, const std::string &path, const ConfigNode &node) const;
  int64_t readInteger(const ChipField &field, const std::string &path,
                      const ConfigNode &node) const;
  int64_t readTimePs(const ChipField &field, const std::string &path, const ConfigNode &node) const;
  void readIntegerList(const ChipField &field, const std::string &path, const ConfigNode &node);
  void readNeuronModels(const std::string &path, const ConfigNode &node);
  int readPlace(const ChipField &field, const std::string &path, const ConfigNode &node) const;
  void readFaultyCores(const ChipField &field, const std::string &path, const ConfigNode &node);
  void readWeightFormats(const std::string &path, const ConfigNode &node);
  void readFaultyLinks(const ChipField &field, const std::string &path, const ConfigNode &node);
  void readBarrier(const ChipField &field, const ConfigNode &node);
  double statedNumber(const ChipField &field, const std::string &path,
                      const ConfigNode &node) const;
  void record(const std::string &path, const Statement &statement, double value);

  ChipModel &chip;
};

} // namespace synfire

#endif // SYNFIRE_TARGETS_CHIPVALUES_H
