// PendingOutputs: what this process is writing and has not finished.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_PENDINGOUTPUTS_H
#define SYNFIRE_SUPPORT_PENDINGOUTPUTS_H

#include <functional>
#include <string>
#include <vector>

namespace synfire {

/// Temporary files and folders of outputs that are under way, of the whole process, so
/// that whoever ends it early (Ctrl-C) can remove them and say truly what was written.
/// All functions may be called from any thread.
namespace pendingOutputs {

/// `path` is temporary from now on: a file, or a folder with all that it holds.
void add(const std::string &path);
/// `path` is no longer there.
void remove(const std::string &path);
/// Gives an output its name: runs `keep`, which answers whether it succeeded; then
/// `path` is no longer temporary and `output` counts as written. False without running
/// `keep` once abandonAll() was called.
bool keep(const std::string &path, const std::string &output, const std::function<bool()> &keep);
/// Removes all that is temporary; nothing is kept from then on. Returns the outputs
/// that were kept before, in that order.
std::vector<std::string> abandonAll();

} // namespace pendingOutputs

} // namespace synfire

#endif // SYNFIRE_SUPPORT_PENDINGOUTPUTS_H
