// PendingOutputs: what this process is writing and has not finished.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_PENDINGOUTPUTS_H
#define SYNFIRE_SUPPORT_PENDINGOUTPUTS_H

#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace synfire {

/// Temporary files and folders of outputs that are under way, of the whole process, so
/// that whoever ends it early (Ctrl-C) can remove them and say truly what was written.
/// All functions may be called from any thread.
namespace pendingOutputs {

/// Makes something temporary, a file or a folder with all that it will hold: runs `make`,
/// which answers whether it succeeded, and remembers `path`. False without running `make`
/// once abandonAll() was called.
bool create(const std::string &path, const std::function<bool()> &make);
/// `path` is no longer there.
void remove(const std::string &path);
/// Gives an output its name: runs `keep`, which answers whether it succeeded; then
/// `path` is no longer temporary and `output` counts as written, unless it lies in a folder
/// that is temporary itself. False without running `keep` once abandonAll() was called.
bool keep(const std::string &path, const std::string &output, const std::function<bool()> &keep);
/// While the result lives, abandonAll() of another thread waits: so are several outputs that
/// belong together kept, or none.
[[nodiscard]] std::unique_lock<std::recursive_mutex> together();
/// Removes all that is temporary; nothing is kept from then on. Returns the outputs
/// that were kept before, in that order.
std::vector<std::string> abandonAll();

} // namespace pendingOutputs

} // namespace synfire

#endif // SYNFIRE_SUPPORT_PENDINGOUTPUTS_H
