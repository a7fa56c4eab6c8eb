// OutputPair: two files that belong together, which appear in one step.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_OUTPUTPAIR_H
#define SYNFIRE_SUPPORT_OUTPUTPAIR_H

#include "support/OutputFile.h"

namespace synfire {

/// Gives two finished files of one folder their names, in place of older ones. The rename of `main`
/// makes the change: before it, `side` gets the name `standIn`, by which a reader of the new `main`
/// finds it, and behind it its own. So whoever reads at any moment, after SIGKILL too, finds beside
/// `main` the side file that belongs to it under one of both names. `standIn` must be the name of
/// `side` with a dot and 16 hexadecimal digits behind it, of which other digits mean other bytes;
/// such files of earlier calls that were killed are removed. Calls for files of one folder, from
/// whatever process, take turns; one that waits for a second goes on, in case another is stopped.
/// Returns an empty string, or a message with the file's name; then the older pair stands.
std::string keepPair(OutputFile &side, const std::string &standIn, OutputFile &main);

} // namespace synfire

#endif // SYNFIRE_SUPPORT_OUTPUTPAIR_H
