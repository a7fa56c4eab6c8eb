// TargetOption: the chip that a pass's `target` option names.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_TARGETOPTION_H
#define SYNFIRE_PASSES_TARGETOPTION_H

#include "targets/ChipModel.h"

#include "mlir/IR/Operation.h"
#include "mlir/Support/LLVM.h"

namespace synfire {

/// Loads `target`, a chip file or the name of one in `targetsFolder`. On
/// failure (none named, not found, malformed) emits the error at `op`.
mlir::FailureOr<ChipModel> loadTarget(mlir::Operation *op, llvm::StringRef target,
                                      llvm::StringRef targetsFolder);

} // namespace synfire

#endif // SYNFIRE_PASSES_TARGETOPTION_H
