// ScalarValues: reads single values of a configuration tree.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TARGETS_SCALARVALUES_H
#define SYNFIRE_TARGETS_SCALARVALUES_H

#include "targets/ConfigTree.h"

#include <cstdint>
#include <optional>

namespace synfire {

// All of these throw ConfigFault; `path` is the dotted key, for the message.

/// "'PATH' is WHAT STANDS THERE, needs WHAT".
[[noreturn]] void failType(const std::string &path, const ConfigNode &node,
                           const std::string &needed);

std::string readText(const std::string &path, const ConfigNode &node);
bool readFlag(const std::string &path, const ConfigNode &node);

/// Index of the name that stands there.
size_t readName(const std::string &path, const ConfigNode &node,
                const std::vector<std::string> &names);

/// A finite number; text in quotes is none.
double readReal(const std::string &path, const ConfigNode &node);

/// A whole number, nothing when it is beyond int64.
std::optional<int64_t> readWhole(const std::string &path, const ConfigNode &node);

} // namespace synfire

#endif // SYNFIRE_TARGETS_SCALARVALUES_H
