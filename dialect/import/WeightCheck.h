// WeightCheck: what must be known of a model's weights before their first use.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_WEIGHTCHECK_H
#define SYNFIRE_DIALECT_IMPORT_WEIGHTCHECK_H

#include "mlir/IR/BuiltinOps.h"

namespace synfire {

/// Fails with a diagnostic that names file, tensor and element when a weight of the module is NaN
/// or infinite. Reads all weights; importModel does not read them, so a caller that computes with
/// them calls this function first. A module without weights is not an error here.
mlir::LogicalResult checkWeights(mlir::ModuleOp module);

/// Puts the number 1 in the place of every weight that the module lacks (a description without
/// weights has shapes only), and says whether it lacked any. What depends on shapes alone, such as
/// a mapping, can be computed of the result; spikes cannot.
bool fillAbsentWeights(mlir::ModuleOp module);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_WEIGHTCHECK_H
