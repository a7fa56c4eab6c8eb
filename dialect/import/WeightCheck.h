// WeightCheck: checks that every weight of a model is finite, before the first use.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_WEIGHTCHECK_H
#define SYNFIRE_DIALECT_IMPORT_WEIGHTCHECK_H

#include "mlir/IR/BuiltinOps.h"

namespace synfire {

/// Fails with a diagnostic that names file, tensor and element when a weight of the module is NaN
/// or infinite. Reads all weights; importModel does not read them, so a caller that computes with
/// them calls this function first. A module without weights is not an error here.
mlir::LogicalResult checkWeights(mlir::ModuleOp module);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_WEIGHTCHECK_H
