// Gpt2Builder: a described GPT-2 as a spike module.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_BUILDERS_GPT2BUILDER_H
#define SYNFIRE_DIALECT_IMPORT_BUILDERS_GPT2BUILDER_H

#include "dialect/import/WeightSource.h"
#include "dialect/import/description/Description.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace synfire {

/// The model with one function `main` from token ids to logits [N, vocabulary].
/// Tensors have the names and shapes of Hugging Face's checkpoints, all of them
/// with or without `transformer.` in front. The head is the token table itself;
/// only where the file has an `lm_head.weight` with other numbers is that used,
/// with a warning. Null after diagnostics.
mlir::OwningOpRef<mlir::ModuleOp> buildGpt2(const ModelDescription &model, WeightSource &weights,
                                            mlir::Location origin);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_BUILDERS_GPT2BUILDER_H
