// SpikformerBuilder: a described Spikformer or Spike-driven Transformer as a
// spike module.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_BUILDERS_SPIKFORMERBUILDER_H
#define SYNFIRE_DIALECT_IMPORT_BUILDERS_SPIKFORMERBUILDER_H

#include "dialect/import/WeightSource.h"
#include "dialect/import/description/Description.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace synfire {

/// The model with one function `main` from an image [height * width, channels],
/// row by row, to logits [1, classes]. `model.architecture` says which of the
/// two networks. Null after diagnostics.
mlir::OwningOpRef<mlir::ModuleOp> buildSpikformer(const ModelDescription &model,
                                                  WeightSource &weights, mlir::Location origin);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_BUILDERS_SPIKFORMERBUILDER_H
