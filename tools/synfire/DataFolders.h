// DataFolders: finds the folders of the chips and models that Synfire ships.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_DATAFOLDERS_H
#define SYNFIRE_TOOLS_SYNFIRE_DATAFOLDERS_H

#include <string>

namespace synfire::tool {

/// The folder of the chip files: $SYNFIRE_TARGETS when it is set; otherwise
/// PREFIX/share/synfire/targets when the running program is PREFIX/bin/synfire and that folder
/// exists; otherwise the folder in the source tree.
std::string targetsFolder();

/// The folder of the model descriptions, found in the same way but without an environment variable.
std::string modelsFolder();

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_DATAFOLDERS_H
