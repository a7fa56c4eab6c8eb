// Gpt2Builder: builds the module of a described GPT-2.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_BUILDERS_GPT2BUILDER_H
#define SYNFIRE_DIALECT_IMPORT_BUILDERS_GPT2BUILDER_H

#include "dialect/import/WeightSource.h"
#include "dialect/import/description/Description.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace synfire {

/// Builds a module with one function `main` that takes N token ids and returns logits
/// [N, vocabulary]. The tensors have the names and shapes of Hugging Face's checkpoints; either all
/// of their names begin with `transformer.` or none does. The head uses the token table, unless the
/// file has an `lm_head.weight` with other numbers; then that is used, with a warning. Returns null
/// after diagnostics when tensors are missing or wrong.
mlir::OwningOpRef<mlir::ModuleOp> buildGpt2(const ModelDescription &model, WeightSource &weights,
                                            mlir::Location origin);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_BUILDERS_GPT2BUILDER_H
