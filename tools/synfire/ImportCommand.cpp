// import: writes a model file as a module of the spike dialect.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/Command.h"
#include "tools/synfire/Compiler.h"
#include "tools/synfire/Console.h"
#include "tools/synfire/LastResort.h"

#include "passes/lower/PendingFile.h"

#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/IR/AsmState.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdio>

namespace synfire::tool {
namespace {

class ImportCommand : public Command {
public:
  CLI::App *define(CLI::App &root) override {
    CLI::App *app = root.add_subcommand("import", "Write MODEL as spike dialect");
    app->footer("Example:\n  synfire import examples/models/tolstoy-char.yaml -o tolstoy.mlirbc\n"
                "Without -o the text goes to standard output, large weights elided.");
    model.define(*app);
    app->add_option("-o,--output", output, "File: .mlir (text) or .mlirbc (bytecode)")
        ->type_name("FILE")
        ->check([](const std::string &path) {
          const llvm::StringRef name(path);
          return name.ends_with(".mlir") || name.ends_with(".mlirbc")
                     ? std::string()
                     : "the name ends in .mlir or .mlirbc: " + path;
        });
    return app;
  }

  ExitCode run() override {
    Compiler compiler;
    if (!compiler.import(model))
      return kBadInput;
    setStage("writing the module");
    if (!output.empty())
      return write(compiler.module());
    std::string text;
    llvm::raw_string_ostream stream(text);
    compiler.module().print(stream,
                            shown().elideLargeElementsAttrs(16).elideLargeResourceString(64));
    std::fwrite(text.data(), 1, text.size(), stdout);
    return kDone;
  }

private:
  static mlir::OpPrintingFlags shown() {
    mlir::OpPrintingFlags flags;
    return flags.enableDebugInfo(true, false);
  }

  /// Straight into the file: the weights are not copied.
  ExitCode write(mlir::ModuleOp module) {
    PendingFile file(output);
    std::string error = file.open();
    if (error.empty()) {
      if (!llvm::StringRef(output).ends_with(".mlirbc"))
        error = file.writeText(module, shown());
      else if (mlir::failed(mlir::writeBytecodeToFile(module, file.os())))
        return kDefect;
      if (error.empty())
        error = file.finish();
    }
    if (error.empty())
      error = file.keep();
    if (!error.empty())
      printError(error);
    return error.empty() ? kDone : kBadInput;
  }

  ModelOptions model;
  std::string output;
};

} // namespace

std::unique_ptr<Command> makeImportCommand() { return std::make_unique<ImportCommand>(); }

} // namespace synfire::tool
