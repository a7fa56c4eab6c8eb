// Simulation: runs a PROGRAM on its input and reports, as the commands use it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_SIMULATION_H
#define SYNFIRE_TOOLS_SYNFIRE_SIMULATION_H

#include "tools/synfire/Command.h"
#include "tools/synfire/InputOptions.h"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <string>

namespace synfire::tool {

struct SimulationOptions {
  InputOptions input;
  int64_t generate = 16;
  int threads = 0; ///< 0: the machine's processors
  std::string noc = "cycle", folder = "synfire-out", dump;
  bool json = false;

  void define(CLI::App &app);
};

/// Loads PROGRAM for `target` (a name or file; empty: the one it was compiled
/// to), runs the input, writes results.json and the CSV tables to the output
/// folder, prints the table and the continuation.
ExitCode simulateProgram(const std::string &program, const std::string &target,
                         const SimulationOptions &options);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_SIMULATION_H
