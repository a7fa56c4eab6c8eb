// MappingCheck: judges the mapping of a program's text.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_MAPPINGCHECK_H
#define SYNFIRE_TOOLS_SYNFIRE_MAPPINGCHECK_H

#include <string>

namespace synfire::tool {

/// Whether the program at `path` passes verify-mapping on `target` (a name or a
/// file, whose resources are the program's). A program that the compiler wrote has
/// passed already; a text may have been edited since. Errors go to standard error,
/// with line and op.
bool checkMapping(const std::string &path, const std::string &target);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_MAPPINGCHECK_H
