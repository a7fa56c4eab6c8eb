// TensorRules: constraints on operands and results that several ops share.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_SPIKE_TENSORRULES_H
#define SYNFIRE_DIALECT_SPIKE_TENSORRULES_H

#include "dialect/spike/Spike.h"

namespace synfire::spike {

mlir::RankedTensorType tensorOf(mlir::Value value);

/// "4x?x80", for messages.
std::string describe(llvm::ArrayRef<int64_t> shape);

// Each emits one message at `op` for constraint `id` and fails, or succeeds.
// `what` says which operand or result is meant.

mlir::LogicalResult verifySameShape(mlir::Operation *op, llvm::StringRef id, mlir::Value result,
                                    mlir::Value operand);
/// T x N x D with T and D static and not 0; N may be dynamic.
mlir::LogicalResult verifyTimed(mlir::Operation *op, llvm::StringRef id, llvm::StringRef what,
                                mlir::Value value);
mlir::LogicalResult verifySpikes(mlir::Operation *op, llvm::StringRef id, llvm::StringRef what,
                                 mlir::Value value);
mlir::LogicalResult verifyCurrent(mlir::Operation *op, llvm::StringRef id, llvm::StringRef what,
                                  mlir::Value value);
/// `attr` holds one f32 (or, where a pass wrote it, f64) number per channel.
mlir::LogicalResult verifyChannels(mlir::Operation *op, llvm::StringRef id, llvm::StringRef what,
                                   mlir::ElementsAttr attr, int64_t channels, bool allowF64);
/// `weight_bits` in 2..16 on a quantised result, none on a real one.
mlir::LogicalResult verifyWeightBits(mlir::Operation *op, llvm::StringRef id, mlir::Value result,
                                     std::optional<int64_t> bits);

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_SPIKE_TENSORRULES_H
