// compile: compiles a model for a chip.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/Command.h"
#include "tools/synfire/Compiler.h"
#include "tools/synfire/Console.h"

#include "dialect/chip/Chip.h"

#include <nlohmann/json.hpp>

#include <set>

namespace synfire::tool {
namespace {

class CompileCommand : public Command {
public:
  CLI::App *define(CLI::App &root) override {
    CLI::App *app = root.add_subcommand("compile", "Map MODEL onto a chip");
    app->footer(
        "Example:\n  synfire compile examples/models/tolstoy-char.yaml --target loihi2 -o "
        "tolstoy.mlirbc\nWrites the program and, beside it, its weights (.weights). A program "
        "whose name\nends in .mlir is text, to be read, edited and simulated like the "
        "other.\nA description without weights is mapped all the same; its program has no "
        ".weights and\ncannot be simulated.");
    model.define(*app);
    mapping.define(*app);
    app->add_option("-o,--output", output, "PROGRAM to write: .mlirbc (bytecode) or .mlir (text)")
        ->type_name("PROGRAM")
        ->check([](const std::string &path) {
          const llvm::StringRef name(path);
          return name.ends_with(".mlirbc") || name.ends_with(".mlir")
                     ? std::string()
                     : "the name of a PROGRAM ends in .mlirbc or .mlir: " + path;
        })
        ->capture_default_str();
    app->add_flag("--json", json, "Print a summary as JSON");
    return app;
  }

  ExitCode run() override {
    Compiler compiler;
    if (!compiler.import(model, WeightUse::OnesIfAbsent) ||
        !compiler.compile(mapping.resolved(), output))
      return kBadInput;
    report(compiler);
    return kDone;
  }

private:
  void report(Compiler &compiler) {
    int64_t slices = 0, bits = 0, flows = 0;
    std::set<std::tuple<int64_t, int64_t, int64_t, int64_t>> cores;
    compiler.module().walk([&](chip::SliceOp slice) {
      ++slices;
      bits += slice.getMemoryBits();
      const chip::CoreAttr core = *slice.getCore();
      cores.emplace(core.getChip(), core.getX(), core.getY(), core.getCore());
    });
    compiler.module().walk([&](chip::FlowOp) { ++flows; });
    std::string target; // the name in the chip file; the argument may be the path of the file
    compiler.module().walk([&](chip::ProgramOp program) { target = program.getTarget().str(); });
    nlohmann::ordered_json summary = {{"program", output},
                                      {"target", target},
                                      {"cores_used", cores.size()},
                                      {"slices", slices},
                                      {"flows", flows},
                                      {"memory_used_bytes", (bits + 7) / 8},
                                      {"warnings", compiler.warnings()}};
    if (json)
      printJson(summary);
    else
      printNote("'" + output + "': " + std::to_string(slices) + " slices on " +
                std::to_string(cores.size()) + " cores of '" + target + "', " +
                std::to_string((bits + 8191) / 8192) + " KiB of core memory, " +
                std::to_string(flows) + " flows");
  }

  ModelOptions model;
  MappingOptions mapping;
  std::string output = "program.mlirbc";
  bool json = false;
};

} // namespace

std::unique_ptr<Command> makeCompileCommand() { return std::make_unique<CompileCommand>(); }

} // namespace synfire::tool
