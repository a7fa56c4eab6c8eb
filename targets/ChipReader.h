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

/// The chip that a tree (its `extends:` resolved) describes. Throws ConfigFault
/// on an unknown or missing key, a value of a wrong type or out of range, a
/// number without its source, or a chip that contradicts itself.
ChipModel readChip(const ConfigNode &tree);

/// As readChip, but goes on behind a fault: `faults` has the messages of all of them,
/// in the order of the file, and `given` the keys of the fields that the tree sets.
/// The result is a chip only where there are no faults.
struct ChipReading {
  ChipModel chip;
  std::vector<std::string> faults;
  std::set<std::string> given;
};
ChipReading readWholeChip(const ConfigNode &tree);

/// Lays `derived` over `base`: maps of keys are merged, everything that has a
/// value of its own is replaced, and a key without a value removes that of the
/// base. Throws ConfigFault.
ConfigNode overlayChip(ConfigNode base, const ConfigNode &derived);

} // namespace synfire

#endif // SYNFIRE_TARGETS_CHIPREADER_H
