// WeightCheck: looks at every weight of a model once, before it is used.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_WEIGHTCHECK_H
#define SYNFIRE_DIALECT_IMPORT_WEIGHTCHECK_H

#include "mlir/IR/BuiltinOps.h"

namespace synfire {

/// Fails, with a diagnostic that names file, tensor and element, when a weight
/// of the module is NaN or infinite. Reads all weights, which importModel does
/// not: call it before the first computation. Weights that are not there (a
/// description without weights) are no error here.
mlir::LogicalResult checkWeights(mlir::ModuleOp module);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_WEIGHTCHECK_H
