// HostBody: the chip.host of an operation that the host computes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_LOWER_HOSTBODY_H
#define SYNFIRE_PASSES_LOWER_HOSTBODY_H

#include "dialect/chip/Chip.h"

#include "mlir/IR/Builders.h"

namespace synfire {

/// Adds a `chip.host` called `name` with a copy of `op`, its tensors as they are. `inputs` are the
/// symbols that the operands stand for, token ids left out. Fails, after an error, when a number of
/// the op cannot be read or is not finite.
mlir::FailureOr<chip::HostOp> addHost(mlir::OpBuilder &builder, mlir::Operation *op,
                                      mlir::StringAttr name,
                                      llvm::ArrayRef<mlir::Attribute> inputs);

} // namespace synfire

#endif // SYNFIRE_PASSES_LOWER_HOSTBODY_H
