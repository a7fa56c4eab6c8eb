// MappingCheck: verify-mapping on a file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/MappingCheck.h"

#include "dialect/SourceBuffer.h"
#include "passes/Passes.h"
#include "tools/synfire/Console.h"
#include "tools/synfire/DataFolders.h"
#include "tools/synfire/Diagnostics.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/SourceMgr.h"

namespace synfire::tool {

bool checkMapping(const std::string &path, const std::string &target) {
  auto opened = openSourceBuffer(path);
  if (auto *fault = std::get_if<FileFault>(&opened)) {
    printError(path + ": " + fault->reason);
    return false;
  }
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  context.printOpOnDiagnostic(false);
  context.loadDialect<chip::ChipDialect>();
  DiagnosticPrinter diagnostics(context);
  auto sources = std::make_shared<llvm::SourceMgr>();
  sources->AddNewSourceBuffer(std::get<0>(std::move(opened)), llvm::SMLoc());
  auto module = mlir::parseSourceFile<mlir::ModuleOp>(sources, &context);
  if (!module)
    return false;
  mlir::PassManager manager(&context);
  manager.addPass(createVerifyMapping({target, targetsFolder()}));
  return mlir::succeeded(manager.run(*module));
}

} // namespace synfire::tool
