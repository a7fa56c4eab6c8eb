// import: writes a model file as a module of the spike dialect.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/Command.h"
#include "tools/synfire/Compiler.h"
#include "tools/synfire/Console.h"

#include "support/OutputFile.h"

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
    std::string bytes;
    llvm::raw_string_ostream stream(bytes);
    if (llvm::StringRef(output).ends_with(".mlirbc")) {
      if (mlir::failed(mlir::writeBytecodeToFile(compiler.module(), stream)))
        return kDefect;
    } else {
      mlir::OpPrintingFlags flags;
      flags.enableDebugInfo(true, false);
      if (output.empty())
        flags.elideLargeElementsAttrs(16).elideLargeResourceString(64);
      compiler.module().print(stream, flags);
    }
    if (output.empty()) {
      std::fwrite(bytes.data(), 1, bytes.size(), stdout);
      return kDone;
    }
    if (std::string error = writeFile(output, bytes); !error.empty()) {
      printError(error);
      return kBadInput;
    }
    return kDone;
  }

private:
  ModelOptions model;
  std::string output;
};

} // namespace

std::unique_ptr<Command> makeImportCommand() { return std::make_unique<ImportCommand>(); }

} // namespace synfire::tool
