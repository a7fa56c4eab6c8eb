// OutputFile: whole files or none: written under a temporary name, then renamed.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_OUTPUTFILE_H
#define SYNFIRE_SUPPORT_OUTPUTFILE_H

#include <string>

namespace synfire::sim {

/// Writes `text` to `path` so that a reader sees the old file or the new one,
/// never a part: a full disk or a signal leaves at most PATH.tmp behind, which
/// is removed on error. Returns an empty string, or a message naming the file
/// and the cause.
std::string writeFile(const std::string &path, const std::string &text);

/// Makes `folder` (and its parents) and checks that it can be written to.
/// Returns an empty string or a message.
std::string prepareFolder(const std::string &folder);

} // namespace synfire::sim

#endif // SYNFIRE_SUPPORT_OUTPUTFILE_H
