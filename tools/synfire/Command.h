// Command: the interface of a subcommand of the driver. Each subcommand has a file of its own.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_COMMAND_H
#define SYNFIRE_TOOLS_SYNFIRE_COMMAND_H

#include <CLI/CLI.hpp>

#include <memory>
#include <vector>

namespace synfire::tool {

/// The exit codes of the process: success; a fault of the input, or an interrupt; a fault of the
/// command line; a defect of Synfire.
enum ExitCode { kDone = 0, kBadInput = 1, kBadUsage = 2, kDefect = 3 };

/// A subcommand.
class Command {
public:
  virtual ~Command() = default;
  /// Adds the subcommand with its options and help to the command line, and returns it.
  virtual CLI::App *define(CLI::App &root) = 0;
  /// Runs the subcommand after its options have been parsed. Prints errors itself.
  virtual ExitCode run() = 0;
};

std::unique_ptr<Command> makeListCommand();
std::unique_ptr<Command> makeTargetsCommand();
std::unique_ptr<Command> makeImportCommand();
std::unique_ptr<Command> makeCountCommand();
std::unique_ptr<Command> makeInterpretCommand();
std::unique_ptr<Command> makeCompileCommand();
std::unique_ptr<Command> makeEvaluateCommand();
std::unique_ptr<Command> makeSimulateCommand();
std::unique_ptr<Command> makeRunCommand();

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_COMMAND_H
