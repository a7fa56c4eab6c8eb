// synfire-lsp-server: editor support for the spike and chip dialects.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/chip/Chip.h"
#include "dialect/spike/Spike.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  registry
      .insert<synfire::spike::SpikeDialect, synfire::chip::ChipDialect, mlir::func::FuncDialect>();
  return mlir::failed(mlir::MlirLspServerMain(argc, argv, registry));
}
