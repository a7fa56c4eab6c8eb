// Kernels: what each operation of the spike dialect does to values.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_INTERPRETER_KERNELS_H
#define SYNFIRE_DIALECT_INTERPRETER_KERNELS_H

#include "dialect/interpreter/Tensor.h"
#include "dialect/spike/Spike.h"
#include "dialect/spike/Weights.h"

namespace synfire::spike {

using Operands = llvm::ArrayRef<const Tensor *>;

/// Evaluates one operation. The operands' kinds and shapes are those of the op's
/// types, with dynamic dimensions filled in; inside a recurrent region their
/// steps may be fewer (Evaluation.h). Fails after a message at the op.
mlir::FailureOr<Tensor> evaluate(mlir::Operation *op, Operands operands);

// One kernel per operation, in the groups of dialect/spike/ops.
// TextKernels.cpp
mlir::FailureOr<Tensor> evaluate(LookupOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(PositionOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(CodeOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(BinarizeOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(ConcatOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(SliceOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(RepeatOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(FlattenOp op, Operands operands);
// SynapseKernels.cpp
mlir::FailureOr<Tensor> evaluate(LinearOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(InjectOp op, Operands operands);
// GridKernels.cpp
mlir::FailureOr<Tensor> evaluate(ConvOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(PoolOp op, Operands operands);
// NormKernels.cpp
mlir::FailureOr<Tensor> evaluate(BatchNormOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(PowerNormOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(LayerNormOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(ScaleOp op, Operands operands);
// NeuronKernels.cpp; spike.recurrent is Evaluation's, as it holds operations
mlir::FailureOr<Tensor> evaluate(NeuronOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(IntegratorOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(DelayOp op, Operands operands);
// AttentionKernels.cpp
mlir::FailureOr<Tensor> evaluate(AddOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(LogicOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(SelfAttentionOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(KeyValueSumOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(SoftmaxAttentionOp op, Operands operands);
// ActivationKernels.cpp
mlir::FailureOr<Tensor> evaluate(GeluOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(ReluOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(ClipFloorOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(SoftmaxOp op, Operands operands);
/// Softmax of these numbers, in place.
void applySoftmax(llvm::MutableArrayRef<double> numbers);
// HeadKernels.cpp
mlir::FailureOr<Tensor> evaluate(RecombineOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(DequantizeOp op, Operands operands);
mlir::FailureOr<Tensor> evaluate(TopKOp op, Operands operands);

/// Shape of the one result's type.
llvm::ArrayRef<int64_t> resultShape(mlir::Operation *op);

/// A real tensor of this one's shape with `map(number, index)` of each number.
template <typename Map> Tensor mapReals(const Tensor &input, Map map) {
  Tensor result = Tensor::ofReals(input.shape());
  for (int64_t i = 0; i < input.size(); ++i)
    result.reals()[i] = map(input.at(i), i);
  return result;
}

/// The weights of an attribute, all of them finite; fails after a message that
/// calls them `what`.
mlir::FailureOr<WeightView> finiteWeights(mlir::Operation *op, llvm::StringRef what,
                                          mlir::ElementsAttr attr);
/// The same, copied: one number per channel.
mlir::FailureOr<std::vector<double>> channelNumbers(mlir::Operation *op, llvm::StringRef what,
                                                    mlir::ElementsAttr attr);
/// The message of both: "'fc': weight [0, 1] is not finite: has nan, needs a number".
mlir::LogicalResult refuseNonFinite(mlir::Operation *op, llvm::StringRef what,
                                    llvm::ArrayRef<int64_t> index, double value);

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
