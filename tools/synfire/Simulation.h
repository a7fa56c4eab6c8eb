// Simulation: runs a PROGRAM on an input and writes the reports, for `simulate` and `run`.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_SIMULATION_H
#define SYNFIRE_TOOLS_SYNFIRE_SIMULATION_H

#include "support/OutputSet.h"
#include "tools/synfire/Command.h"
#include "tools/synfire/InputOptions.h"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <string>

namespace synfire::tool {

/// The options of a simulation.
struct SimulationOptions {
  InputOptions input;
  int64_t generate = 16; ///< tokens of the continuation
  CLI::Option *generateOption = nullptr;
  int64_t top = 5;                    ///< classes to show of a model that takes a tensor
  int threads = 0;                    ///< 0: as many as the machine has processors
  std::string noc = "cycle";          ///< the network model
  std::string folder = "synfire-out"; ///< where the reports are written
  std::string dump;                   ///< file for spikes and logits; "" writes none
  bool json = false;                  ///< whether to print results.json in place of the table
  /// Adds the options to a subcommand.
  void define(CLI::App &app);
};

/// Begins the results of a run, whose folder no other run may write until they are destroyed.
/// Prints errors itself.
bool beginResults(OutputSet &results, const SimulationOptions &options);

/// Loads the file `program` with the chip `target`, which is a name or a path, or empty for the
/// chip for which the program was compiled. Runs the input, adds results.json and the CSV tables
/// to `results`, commits them, and prints the table and the continuation of the text. Prints
/// errors itself.
ExitCode simulateProgram(const std::string &program, const std::string &target,
                         const SimulationOptions &options, OutputSet &results);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_SIMULATION_H
