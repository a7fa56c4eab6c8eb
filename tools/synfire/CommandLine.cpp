// CommandLine: parses a command line and runs the subcommand that it names.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/CommandLine.h"

#include "tools/synfire/Console.h"
#include "tools/synfire/Interrupt.h"
#include "tools/synfire/LastResort.h"
#include "tools/synfire/OptionChecks.h"

#include <cstdio>
#include <exception>
#include <iostream>
#include <new>

namespace synfire::tool {

/// Flushes standard output. When that fails, because a disk is full for example, success becomes an
/// error; but whoever closes a pipe, as `head` does, has seen enough.
static ExitCode finish(ExitCode code) {
  stopIfInterrupted();
  std::cout.flush();
  const bool failed = std::fflush(stdout) != 0 || std::ferror(stdout) || !std::cout;
  if (failed && code == kDone && !outputHasNoReader()) {
    printError("cannot write to standard output");
    return kBadInput;
  }
  return code;
}

ExitCode runCommandLine(int argc, char **argv) {
  CLI::App app{"Compiles spiking transformers onto neuromorphic chips, simulates them and tells\n"
               "what every operation costs there.\n\n"
               "Start here:\n"
               "  synfire list targets\n"
               "  synfire run MODEL.yaml --target loihi2 --text \"some text\"\n",
               "synfire"};
  app.require_subcommand(1);
  app.set_version_flag("--version", "synfire " SYNFIRE_VERSION);
  app.footer(
      "Exit codes: 0 done, 1 the input or the request is at fault, or Ctrl-C; 2 wrong usage,\n"
      "3 a defect. Results appear as a whole or not at all, in place of older ones, and no input\n"
      "is overwritten.\n"
      "Help for one of them: synfire COMMAND --help");
  app.get_formatter()->column_width(34);

  std::vector<std::pair<CLI::App *, std::unique_ptr<Command>>> commands;
  for (auto make : {makeListCommand, makeTargetsCommand, makeImportCommand, makeCountCommand,
                    makeInterpretCommand, makeEvaluateCommand, makeCompileCommand,
                    makeSimulateCommand, makeRunCommand}) {
    std::unique_ptr<Command> command = make();
    CLI::App *sub = command->define(app);
    refuseEmptyValues(*sub);
    commands.emplace_back(sub, std::move(command));
  }

  if (const std::string empty = emptyAssignment(argc, argv); !empty.empty()) {
    printError("'" + empty + "': needs a value that is not empty");
    return kBadUsage;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError &error) {
    return app.exit(error) == 0 ? finish(kDone) : kBadUsage;
  }
  try {
    for (auto &[sub, command] : commands)
      if (sub->parsed())
        return finish(command->run());
  } catch (const std::bad_alloc &) {
    printError(outOfMemory());
    return kBadInput;
  } catch (const std::exception &error) {
    printError(std::string("defect: ") + error.what() +
               "; please report it with the command and its input");
    return kDefect;
  }
  return kDefect; // unreachable: a subcommand is required
}

} // namespace synfire::tool
