// ChipKeys: how the keys of the field table are written in a file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TARGETS_CHIPKEYS_H
#define SYNFIRE_TARGETS_CHIPKEYS_H

#include "targets/ChipFields.h"

namespace synfire {

/// The field that a dotted key as written belongs to, or null.
const ChipField *fieldOf(const std::string &path);

bool isChipSection(const std::string &key);

/// Keys of one map that mean the same as `key`, itself first. `path` is "" or
/// "section.".
std::vector<std::string> spellings(const std::string &path, const std::string &key);

/// "unknown key 'X' in 'SECTION'; did you mean 'Y'?"
std::string unknownKeyMessage(const std::string &section, const std::string &key);

} // namespace synfire

#endif // SYNFIRE_TARGETS_CHIPKEYS_H
