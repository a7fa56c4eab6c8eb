// TensorRules: constraints on operands and results that several ops share.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_SPIKE_TENSORRULES_H
#define SYNFIRE_DIALECT_SPIKE_TENSORRULES_H

#include "dialect/spike/Spike.h"

namespace synfire::spike {

/// The type of a value that is known to be a ranked tensor.
mlir::RankedTensorType tensorOf(mlir::Value value);

/// "4x?x80", for messages.
std::string describe(llvm::ArrayRef<int64_t> shape);

/// As largestSpike of the op's result, but without the limit that its type sets: what a
/// sum (add, pool sum) may come to.
uint64_t largestSum(mlir::Operation *op);
/// A sum of spikes stands in a uiK that holds `largestSum`.
mlir::LogicalResult verifyHoldsSum(mlir::Operation *op);

/// Product of sizes, each at least 1; none when it exceeds kMaxElements.
std::optional<int64_t> productOf(llvm::ArrayRef<int64_t> sizes);

/// Output points of one dimension of a convolution or a pooling: how many positions a window has
/// that covers every `dilation`-th of its points and moves by `stride` over `size` points with
/// `padding` more at both ends. 0 where it does not fit once. Precondition: sizes below 2^31.
int64_t windowPositions(int64_t size, int64_t window, int64_t stride, int64_t padding,
                        int64_t dilation = 1);

// Each either succeeds, or emits one message at `op` and fails. `what` is the name of the operand
// or result in that message. Which numbered constraint a call checks stands in a comment at the
// call.

mlir::LogicalResult verifySameShape(mlir::Operation *op, mlir::Value result, mlir::Value operand);
/// `result` has the shape that `wanted` says.
mlir::LogicalResult verifyShape(mlir::Operation *op, mlir::Value result,
                                llvm::ArrayRef<int64_t> wanted);
/// `value` has this type. `why` says where the type comes from and is appended to it: " (the
/// operand's)".
mlir::LogicalResult verifyType(mlir::Operation *op, llvm::StringRef what, mlir::Value value,
                               mlir::Type wanted, const llvm::Twine &why = "");
/// Rank 2 or 3: [T x] N x D.
mlir::LogicalResult verifyFeatures(mlir::Operation *op, llvm::StringRef what, mlir::Value value);
/// f32 without encoding, rank 2 or 3.
mlir::LogicalResult verifyReal(mlir::Operation *op, llvm::StringRef what, mlir::Value value);
/// Spikes or f32, rank 2 or 3.
mlir::LogicalResult verifySpikesOrReal(mlir::Operation *op, llvm::StringRef what,
                                       mlir::Value value);
/// Finite numbers, one or `channels` of them.
mlir::LogicalResult verifyNumbers(mlir::Operation *op, llvm::StringRef what,
                                  llvm::ArrayRef<double> numbers, int64_t channels);
/// T x N x D.
mlir::LogicalResult verifyTimed(mlir::Operation *op, llvm::StringRef what, mlir::Value value);
mlir::LogicalResult verifySpikes(mlir::Operation *op, llvm::StringRef what, mlir::Value value);
mlir::LogicalResult verifyCurrent(mlir::Operation *op, llvm::StringRef what, mlir::Value value);
/// `attr` holds one f32 (or, where a pass wrote it, f64) number per channel.
mlir::LogicalResult verifyChannels(mlir::Operation *op, llvm::StringRef what,
                                   mlir::ElementsAttr attr, int64_t channels, bool allowF64);
/// Bias and channel_scale, where they are given, have one entry per output.
mlir::LogicalResult verifyOutputs(mlir::Operation *op, std::optional<mlir::ElementsAttr> bias,
                                  std::optional<llvm::ArrayRef<double>> channelScale,
                                  int64_t outputs);
/// The attributes `weight_bits` and `weight_format`: a width in range, which a quantised result
/// needs, a known format, and the width that the format has.
mlir::LogicalResult verifyWeightForm(mlir::Operation *op, mlir::Value result,
                                     std::optional<int64_t> bits,
                                     std::optional<llvm::StringRef> format);

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_SPIKE_TENSORRULES_H
