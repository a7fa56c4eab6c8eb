// LastResort: a message in place of a signal or an abort.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_LASTRESORT_H
#define SYNFIRE_TOOLS_SYNFIRE_LASTRESORT_H

#include <string>

namespace synfire::tool {

/// What the process is doing, for the messages below; "reading the model" for example. `what` must
/// live as long as the process.
void setStage(const char *what);

/// "out of memory while reading the model, with 1.9 GiB in use and 12 MiB left".
std::string outOfMemory();

/// Installs what speaks when all checks before have not helped, here and in MLIR:
/// - no memory: "out of memory while STAGE", exit code 1;
/// - SIGSEGV without memory left, in code that does not check what malloc() gives it: the same;
/// - SIGBUS in a mapped file: "'FILE': was truncated while it was read", exit code 1;
/// - SIGSEGV at the end of the stack: "the input is nested too deeply", exit code 1;
/// - LLVM's own fatal errors: a defect, exit code 3.
/// Temporary files are removed. Other faults of memory end the process by their signal, as ever.
void installLastResort();

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_LASTRESORT_H
