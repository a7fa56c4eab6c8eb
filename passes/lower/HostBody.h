// HostBody: the chip.host of an operation that the host computes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_LOWER_HOSTBODY_H
#define SYNFIRE_PASSES_LOWER_HOSTBODY_H

#include "dialect/chip/Chip.h"

#include "mlir/IR/Builders.h"

namespace synfire {

/// Adds a `chip.host` called `name` at the builder's place. Its body holds a copy of `op` with its
/// weights and tables but without discardable attributes, and a block argument for each operand.
/// `inputs` are the symbols of the program's ops that the operands come from, in the operands'
/// order; operands that are token ids have none. The copy of a `spike.dequantize` has no `state`:
/// the integrator that it reads keeps to its width. Fails, after an error at `op`, when a number of
/// a weight or table cannot be read or is not finite; then nothing has been added. Precondition:
/// `op` has one result and no regions.
/// `points`: how many points of a grid the rows of the result are; 1 when they are tokens.
mlir::FailureOr<chip::HostOp> addHost(mlir::OpBuilder &builder, mlir::Operation *op,
                                      mlir::StringAttr name, llvm::ArrayRef<mlir::Attribute> inputs,
                                      int64_t points);

/// Adds the `chip.host` called `name` that yields the tensor which a run is given, of type `type`.
chip::HostOp addInputTensor(mlir::OpBuilder &builder, mlir::StringAttr name, mlir::Type type,
                            int64_t points);

} // namespace synfire

#endif // SYNFIRE_PASSES_LOWER_HOSTBODY_H
