// SpikformerBuilder: builds the module of a described Spikformer or Spike-driven Transformer.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_BUILDERS_SPIKFORMERBUILDER_H
#define SYNFIRE_DIALECT_IMPORT_BUILDERS_SPIKFORMERBUILDER_H

#include "dialect/import/WeightSource.h"
#include "dialect/import/description/Description.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace synfire {

/// Builds a module with one function `main` that takes an image [height * width, channels], row by
/// row, and returns logits [1, classes]. `model.architecture` says which of the two networks is
/// built. Returns null after diagnostics when a tensor is missing or wrong.
mlir::OwningOpRef<mlir::ModuleOp> buildSpikformer(const ModelDescription &model,
                                                  WeightSource &weights, mlir::Location origin);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_BUILDERS_SPIKFORMERBUILDER_H
