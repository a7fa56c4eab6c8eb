// Kernels: what each operation of the spike dialect does to values.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_INTERPRETER_KERNELS_H
#define SYNFIRE_DIALECT_INTERPRETER_KERNELS_H

#include "dialect/interpreter/Tensor.h"
#include "dialect/spike/Spike.h"
#include "dialect/spike/Weights.h"

#include "llvm/ADT/DenseMap.h"

namespace synfire::spike {

using Operands = llvm::ArrayRef<const Tensor *>;

/// Evaluates one operation. The operands' kinds and shapes are those of the op's
/// types, with dynamic dimensions filled in; inside a recurrent region their
/// steps may be fewer (Evaluation.h). Fails after a message at the op.
mlir::FailureOr<Tensor> evaluate(mlir::Operation *op, Operands operands);

/// What evaluates which operation.
class KernelTable {
public:
  using Kernel = mlir::FailureOr<Tensor> (*)(mlir::Operation *op, Operands operands);

  /// The operations of the whole dialect, but spike.recurrent, which is Evaluation's, as it holds
  /// operations.
  static const KernelTable &get();

  /// Null when there is none.
  Kernel find(mlir::Operation *op) const { return kernels.lookup(op->getName().getTypeID()); }

  /// `evaluate(op, operands)` is the kernel of each of `Ops`; it captures nothing.
  template <typename... Ops, typename Evaluate> void add(Evaluate) {
    (addOne<Ops, Evaluate>(), ...);
  }

private:
  template <typename Op, typename Evaluate> void addOne() {
    kernels[mlir::TypeID::get<Op>()] = [](mlir::Operation *op, Operands operands) {
      return Evaluate()(llvm::cast<Op>(op), operands);
    };
  }

  llvm::DenseMap<mlir::TypeID, Kernel> kernels;
};

// One kernel per operation, in the groups of dialect/spike/ops: each file adds its own.
void addTextKernels(KernelTable &table);
void addSynapseKernels(KernelTable &table);
void addGridKernels(KernelTable &table);
void addNormKernels(KernelTable &table);
void addNeuronKernels(KernelTable &table);
void addResidualKernels(KernelTable &table);
void addAttentionKernels(KernelTable &table);
void addActivationKernels(KernelTable &table);
void addHeadKernels(KernelTable &table);

/// Softmax of these numbers, in place.
void applySoftmax(llvm::MutableArrayRef<double> numbers);

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
