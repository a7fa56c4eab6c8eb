// synfire-opt: runs single passes on .mlir files.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/Pipeline.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  synfire::registerAllPasses();
  mlir::DialectRegistry registry;
  registry
      .insert<synfire::spike::SpikeDialect, synfire::chip::ChipDialect, mlir::func::FuncDialect>();
  return mlir::asMainReturnCode(mlir::MlirOptMain(argc, argv, "Synfire pass driver\n", registry));
}
