// RunInputs: the files that a run has read, so that it writes over none of them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_RUNINPUTS_H
#define SYNFIRE_SUPPORT_RUNINPUTS_H

#include <string>

namespace synfire {

/// InputFile tells what it opens, OutputFile and OutputSet ask before they replace a file.
/// Two paths name the same file when device and inode are equal, whatever links lead there.
/// All functions may be called from any thread.
namespace runInputs {

/// Files that are opened from now on are remembered, for the rest of the process. A program
/// that is one run calls it first; where it is not called, as in tests that read what they
/// wrote and write again, nothing is refused.
void remember();
/// `path` was opened for reading as `descriptor`.
void add(int descriptor, const std::string &path);
/// Empty when `path` may be written; else a phrase to be put behind the file's name, with
/// the name under which the same file was read.
std::string refusal(const std::string &path);

} // namespace runInputs

} // namespace synfire

#endif // SYNFIRE_SUPPORT_RUNINPUTS_H
