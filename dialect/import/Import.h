// Import: reads a model file of any supported kind into a module of the spike dialect.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_IMPORT_H
#define SYNFIRE_DIALECT_IMPORT_IMPORT_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include <cstdint>
#include <optional>
#include <string>

namespace synfire {

/// Where the weights of a description come from.
struct ImportOptions {
  /// The path of a file to use in place of the one that the description names; "" uses that one.
  std::string weightsPath;
  /// If set: no file is used, and the weights are random numbers drawn with this seed.
  std::optional<uint64_t> randomWeightsSeed;
};

/// Imports a model. The suffix of `path` says what the file is: a description (.yaml, .yml), whose
/// weights are in another file, or a module as text (.mlir) or bytecode (.mlirbc). The weights of a
/// description stay in their mapped file and are not read here (see WeightCheck.h). A description
/// without weights gives a module with shapes only, and a warning. Loads the dialects that the
/// module needs. Returns null after diagnostics, which name the file with line and column, or the
/// file of weights and the tensor.
mlir::OwningOpRef<mlir::ModuleOp> importModel(mlir::MLIRContext &context, llvm::StringRef path,
                                              const ImportOptions &options = {});

/// The path of the weights file with which a module was imported; "" when there was none.
std::string weightsFileOf(mlir::ModuleOp module);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_IMPORT_H
