// DataFolders: where the shipped chips and models lie.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_DATAFOLDERS_H
#define SYNFIRE_TOOLS_SYNFIRE_DATAFOLDERS_H

#include <string>

namespace synfire::tool {

/// Folder of the chip files: $SYNFIRE_TARGETS where it is set; ../share/synfire/targets
/// beside the folder of the running program, where it was installed; else the source
/// tree's.
std::string targetsFolder();

/// Folder of the model descriptions: as targetsFolder(), without a variable.
std::string modelsFolder();

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_DATAFOLDERS_H
