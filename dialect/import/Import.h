// Import: model files of any supported kind as a module of the spike dialect.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_IMPORT_H
#define SYNFIRE_DIALECT_IMPORT_IMPORT_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include <cstdint>
#include <optional>
#include <string>

namespace synfire {

struct ImportOptions {
  /// Weights file instead of the one that a description names; "" for that one.
  std::string weightsPath;
  /// Random weights of this seed instead of any file.
  std::optional<uint64_t> randomWeightsSeed;
};

/// Imports a model, chosen by the suffix of `path`: a description (.yaml, .yml)
/// with its weights, or a module as text (.mlir) or bytecode (.mlirbc). Weights
/// stay in their file, mapped, and are not read (see WeightCheck.h). A
/// description without weights gives a module with shapes only, which a warning
/// says. Null after diagnostics through the context; they name file, line,
/// column, or file and tensor. Loads the dialects that it needs.
mlir::OwningOpRef<mlir::ModuleOp> importModel(mlir::MLIRContext &context, llvm::StringRef path,
                                              const ImportOptions &options = {});

/// Path of the weights file that a module was imported with, "" if none.
std::string weightsFileOf(mlir::ModuleOp module);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_IMPORT_H
