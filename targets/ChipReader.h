// ChipReader: a configuration tree, checked against the field table.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TARGETS_CHIPREADER_H
#define SYNFIRE_TARGETS_CHIPREADER_H

#include "targets/ChipModel.h"
#include "targets/ConfigTree.h"

#include <set>
#include <string>
#include <vector>

namespace synfire {

/// Reads the chip that a tree describes, whose `extends:` has been resolved. Throws ConfigFault
/// when a key is unknown or missing, a value has a wrong type or is out of range, a number lacks
/// its source, or keys contradict each other.
ChipModel readChip(const ConfigNode &tree);

/// The result of readWholeChip.
struct ChipReading {
  ChipModel chip;                  ///< usable only when there are no faults
  std::vector<std::string> faults; ///< messages, in the order of the file
  std::set<std::string> given;     ///< ChipField::key of every field that the tree sets
};

/// As readChip, but goes on behind a fault and collects the messages of all faults.
ChipReading readWholeChip(const ConfigNode &tree);

/// Lays a variant (`derived`) over the chip that it extends (`base`). Sections and `sources:` are
/// merged key by key; any other key of `derived` replaces the one of `base`, and a key without a
/// value removes it. Throws ConfigFault when such a key has nothing to remove.
ConfigNode overlayChip(ConfigNode base, const ConfigNode &derived);

} // namespace synfire

#endif // SYNFIRE_TARGETS_CHIPREADER_H
