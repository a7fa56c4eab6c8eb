// ScalarValues: reads single values of a configuration tree.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TARGETS_SCALARVALUES_H
#define SYNFIRE_TARGETS_SCALARVALUES_H

#include "targets/ConfigTree.h"

#include <cstdint>
#include <optional>

namespace synfire {

// All these functions throw ConfigFault. `path` is the dotted key of `node`, for the message.

/// Throws with the message "'PATH' needs NEEDED, has NODE".
[[noreturn]] void failType(const std::string &path, const ConfigNode &node,
                           const std::string &needed);

/// A scalar that is not empty.
std::string readText(const std::string &path, const ConfigNode &node);

/// `true` or `false`, not in quotes.
bool readFlag(const std::string &path, const ConfigNode &node);

/// The index in `names` of the scalar, which must be one of them.
size_t readName(const std::string &path, const ConfigNode &node,
                const std::vector<std::string> &names);

/// A finite number, not in quotes.
double readReal(const std::string &path, const ConfigNode &node);

/// A whole number, not in quotes; nothing when it does not fit int64.
std::optional<int64_t> readWhole(const std::string &path, const ConfigNode &node);

} // namespace synfire

#endif // SYNFIRE_TARGETS_SCALARVALUES_H
