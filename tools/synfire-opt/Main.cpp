// synfire-opt: runs single passes on .mlir files: ours, and MLIR's canonicalize and cse.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/Pipeline.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"

int main(int argc, char **argv) {
  synfire::registerAllPasses();
  mlir::registerCanonicalizerPass();
  mlir::registerCSEPass();
  mlir::DialectRegistry registry;
  registry
      .insert<synfire::spike::SpikeDialect, synfire::chip::ChipDialect, mlir::func::FuncDialect>();
  return mlir::asMainReturnCode(mlir::MlirOptMain(argc, argv, "Synfire pass driver\n", registry));
}
