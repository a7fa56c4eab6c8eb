// run: compiles a model and simulates it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/Command.h"
#include "tools/synfire/Compiler.h"
#include "tools/synfire/Simulation.h"

namespace synfire::tool {
namespace {

class RunCommand : public Command {
public:
  CLI::App *define(CLI::App &root) override {
    CLI::App *app = root.add_subcommand(
        "run", "Compile MODEL to a chip, simulate an input, report per operation");
    app->footer("Example:\n"
                "  synfire run examples/models/tolstoy-char.yaml --target loihi2 \\\n"
                "    --text \"prince andrew rode up to the hill. \" --generate 32 -o out\n"
                "Writes program.mlirbc, program.weights, results.json and CSV tables to the output "
                "folder,\nall at once when the run is complete.");
    model.define(*app);
    mapping.define(*app);
    simulation.define(*app);
    return app;
  }

  ExitCode run() override {
    OutputSet results(simulation.folder);
    if (!beginResults(results, simulation))
      return kBadInput;
    // Written and read in a folder of this run alone, so that it simulates what it compiled.
    const std::string program = results.path("program.mlirbc");
    const CompileOptions options = mapping.resolved();
    {
      Compiler compiler;
      if (!compiler.import(model) || !compiler.compile(options, program))
        return kBadInput;
    }
    return simulateProgram(program, options.target, simulation, results);
  }

private:
  ModelOptions model;
  MappingOptions mapping;
  SimulationOptions simulation;
};

} // namespace

std::unique_ptr<Command> makeRunCommand() { return std::make_unique<RunCommand>(); }

} // namespace synfire::tool
