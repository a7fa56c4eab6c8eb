// DataFolders: finds the shipped files in the installed tree or in the source tree.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/DataFolders.h"

#include <cstdlib>
#include <filesystem>

namespace synfire::tool {
namespace {

/// The folder PREFIX/share/synfire/NAME, where the running program is PREFIX/bin/synfire; empty
/// when it does not exist. PREFIX is found at run time, because an installed tree may be moved.
std::string installed(const char *name) {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::filesystem::path folder =
      program.parent_path().parent_path() / "share" / "synfire" / name;
  return !error && std::filesystem::is_directory(folder, error) ? folder.string() : std::string();
}

} // namespace

std::string targetsFolder() {
  if (const char *folder = std::getenv("SYNFIRE_TARGETS"); folder && *folder)
    return folder;
  const std::string folder = installed("targets");
  return folder.empty() ? SYNFIRE_TARGETS_FOLDER : folder;
}

std::string modelsFolder() {
  const std::string folder = installed("models");
  return folder.empty() ? SYNFIRE_MODELS_FOLDER : folder;
}

} // namespace synfire::tool
