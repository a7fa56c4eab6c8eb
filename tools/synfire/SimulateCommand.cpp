// simulate: runs a compiled PROGRAM.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/Command.h"
#include "tools/synfire/Simulation.h"

namespace synfire::tool {
namespace {

class SimulateCommand : public Command {
public:
  CLI::App *define(CLI::App &root) override {
    CLI::App *app = root.add_subcommand("simulate", "Simulate a compiled PROGRAM on an input");
    app->footer(
        "Example:\n  synfire simulate program.mlirbc --text @chapter.txt --threads 2 -o out");
    app->add_option(
           "PROGRAM", program,
           "What `synfire compile` wrote, bytecode (.mlirbc) or text (.mlir), edited or not; "
           "its .weights file beside it")
        ->type_name("FILE")
        ->required();
    app->add_option(
           "--target", target,
           "Another price list for the same resources: a variant of the chip [the compiled one]")
        ->type_name("NAME|FILE");
    simulation.define(*app);
    return app;
  }

  ExitCode run() override {
    OutputSet results(simulation.folder);
    return beginResults(results, simulation) ? simulateProgram(program, target, simulation, results)
                                             : kBadInput;
  }

private:
  std::string program, target;
  SimulationOptions simulation;
};

} // namespace

std::unique_ptr<Command> makeSimulateCommand() { return std::make_unique<SimulateCommand>(); }

} // namespace synfire::tool
