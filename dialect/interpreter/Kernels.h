// Kernels: what each operation of the spike dialect does to values.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_INTERPRETER_KERNELS_H
#define SYNFIRE_DIALECT_INTERPRETER_KERNELS_H

#include "dialect/interpreter/Tensor.h"
#include "dialect/spike/Spike.h"

namespace synfire::spike {

using Operands = llvm::ArrayRef<const Tensor *>;

/// Evaluates one operation. The operands' kinds and shapes are those of the op's
/// types, with dynamic dimensions filled in. Fails after a message at the op.
mlir::FailureOr<Tensor> evaluate(mlir::Operation *op, Operands operands);

// One kernel per operation, grouped by file.
// EncodingKernels.cpp: text to spikes
mlir::FailureOr<Tensor> evaluate(LookupOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(PositionOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(BinarizeOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(ConcatOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(RepeatOp op, Operands operands);
// SynapseKernels.cpp: synapses and norms
mlir::FailureOr<Tensor> evaluate(LinearOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(InjectOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(BatchNormOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(PowerNormOp op, Operands operands);
// NeuronKernels.cpp
mlir::FailureOr<Tensor> evaluate(NeuronOp op, Operands operands);
// AttentionKernels.cpp
mlir::FailureOr<Tensor> evaluate(SelfAttentionOp op, Operands operands);
// HeadKernels.cpp: sums and the way out
mlir::FailureOr<Tensor> evaluate(AddOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(RecombineOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(DequantizeOp op, Operands operands);

/// The real that an element stands for: integer * scale * 2^-fraction_bits, in
/// that order, or the number itself when `encoding` is null.
double realAt(const Tensor &value, FixedAttr encoding, int64_t index);

/// Fails when an integer of `current`, the value of a quantised result of `op`,
/// does not fit si32; the message names op, neuron, token, step, value and limit.
mlir::LogicalResult checkCurrent(mlir::Operation *op, const Tensor &current);

/// "'spike.neuron' op 'block0.attn.q_lif': neuron 3, token 5, step 1: what"
/// `index` is a flat index into a tensor of this shape (steps left out below rank 3).
mlir::InFlightDiagnostic errorAt(mlir::Operation *op, llvm::ArrayRef<int64_t> shape, int64_t index);

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_INTERPRETER_KERNELS_H
