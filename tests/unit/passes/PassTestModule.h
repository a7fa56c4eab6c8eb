// PassTestModule: parses a module, runs passes on it, keeps the messages.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_PASSES_PASSTESTMODULE_H
#define SYNFIRE_TESTS_UNIT_PASSES_PASSTESTMODULE_H

#include "dialect/interpreter/Interpreter.h"
#include "passes/Pipeline.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"

#include <string>

namespace synfire::test {

inline const std::string kTargets = SYNFIRE_SOURCE_DIR "/targets/chips";

class PassTestModule {
public:
  PassTestModule() {
    context.loadDialect<spike::SpikeDialect, chip::ChipDialect, mlir::func::FuncDialect>();
    context.getDiagEngine().registerHandler([this](mlir::Diagnostic &diagnostic) {
      errors += diagnostic.getSeverity() == mlir::DiagnosticSeverity::Error;
      messages += diagnostic.str() + "\n";
      for (mlir::Diagnostic &note : diagnostic.getNotes())
        messages += note.str() + "\n";
      return mlir::success();
    });
  }

  bool parse(const std::string &text) {
    module = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
    return bool(module);
  }

  bool fold() {
    mlir::PassManager manager(&context);
    manager.addPass(createFoldNormalization());
    return succeeded(manager.run(*module));
  }

  bool quantize(const CompileOptions &options = {}) {
    mlir::PassManager manager(&context);
    buildQuantizePipeline(manager, options);
    return succeeded(manager.run(*module));
  }

  bool compile(const std::string &target) {
    CompileOptions options;
    options.target = target;
    options.targetsFolder = kTargets;
    mlir::PassManager manager(&context);
    buildCompilePipeline(manager, options);
    return succeeded(manager.run(*module));
  }

  mlir::func::FuncOp main() { return module->lookupSymbol<mlir::func::FuncOp>("main"); }

  mlir::FailureOr<spike::InterpretResult> interpret(llvm::ArrayRef<int32_t> tokens,
                                                    bool keepCurrents = false) {
    return spike::interpret(main(), tokens, {.keepCurrents = keepCurrents});
  }

  mlir::MLIRContext context{mlir::MLIRContext::Threading::DISABLED};
  mlir::OwningOpRef<mlir::ModuleOp> module;
  std::string messages; ///< warnings and errors with their notes, a line each
  int errors = 0;
};

} // namespace synfire::test

#endif // SYNFIRE_TESTS_UNIT_PASSES_PASSTESTMODULE_H
