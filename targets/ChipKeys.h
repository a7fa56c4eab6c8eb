// ChipKeys: how the keys of the field table are written in a file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TARGETS_CHIPKEYS_H
#define SYNFIRE_TARGETS_CHIPKEYS_H

#include "targets/ChipFields.h"

namespace synfire {

/// The field of a dotted key as a file writes it ("timing.spike_ns"), or null when there is none.
const ChipField *fieldOf(const std::string &path);

/// Whether `key` is one of chipSections().
bool isChipSection(const std::string &key);

/// All keys that set the same field as `path` + `key`, without `path`: KEY_ns and KEY_cycles for a
/// time, otherwise `key` alone. `path` is "" or "section.".
std::vector<std::string> spellings(const std::string &path, const std::string &key);

/// The message about a key that no field has: "unknown key 'X' in 'SECTION'; did you mean 'Y'?",
/// or "...; it belongs in 'OTHER'". `section` is "" for the top level.
std::string unknownKeyMessage(const std::string &section, const std::string &key);

} // namespace synfire

#endif // SYNFIRE_TARGETS_CHIPKEYS_H
