// CommandLine: the whole of `synfire` but what it does to its process.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_COMMANDLINE_H
#define SYNFIRE_TOOLS_SYNFIRE_COMMANDLINE_H

#include "tools/synfire/Command.h"

namespace synfire::tool {

/// Parses the arguments, of which the first is the name of the program, and runs the subcommand
/// that they name. Prints errors itself; exceptions become exit codes. Streams, signals and the
/// handlers of last resort are those of the process: `main` sets them, or a test that runs many
/// command lines.
ExitCode runCommandLine(int argc, char **argv);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_COMMANDLINE_H
