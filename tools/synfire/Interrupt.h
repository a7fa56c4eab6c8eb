// Interrupt: ends the process at Ctrl-C, and leaves nothing half written.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_INTERRUPT_H
#define SYNFIRE_TOOLS_SYNFIRE_INTERRUPT_H

#include <string>

namespace synfire::tool {

/// From now on SIGINT (Ctrl-C), SIGTERM and SIGHUP end the process at once, wherever it is:
/// outputs that are under way are removed (support/PendingOutputs.h), a message says what had
/// been written, and the exit code is kBadInput. Call it before any other thread starts: a
/// thread of its own waits for the signals, which all others block. A signal that the caller
/// of the program has chosen to ignore, as nohup does, stays ignored. Returns an empty string,
/// or why the thread cannot be started.
std::string endAtInterrupt();

/// Does not return once such a signal has come. Whoever is about to print or to end the process
/// calls it: what fails while outputs are being removed is no fault of the input.
void stopIfInterrupted();

/// For a child process, right after fork(): it ends with `parent`, and by signals of its own. It
/// has no file open but the standard streams.
void endWithParent(int parent);

/// Makes failed writes what the program sees, in place of signals: SIGPIPE (nobody reads the
/// output any more) and SIGXFSZ (a limit on file sizes) are ignored. Opens /dev/null for a
/// standard stream that is closed, so that no file of ours gets its number.
void prepareStreams();

/// Whether whoever read standard output, `head` for example, has gone.
bool outputHasNoReader();

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_INTERRUPT_H
