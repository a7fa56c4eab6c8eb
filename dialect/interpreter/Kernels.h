// Kernels: the computation of each operation of the spike dialect.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_INTERPRETER_KERNELS_H
#define SYNFIRE_DIALECT_INTERPRETER_KERNELS_H

#include "dialect/interpreter/NeuronRules.h"
#include "dialect/interpreter/Tensor.h"
#include "dialect/spike/Spike.h"
#include "dialect/spike/Weights.h"

#include "llvm/ADT/DenseMap.h"

#include <deque>
#include <vector>

namespace synfire::spike {

using Operands = llvm::ArrayRef<const Tensor *>;

/// Evaluates one operation. The operands have the kinds and shapes of the op's operand types, with
/// known sizes for dynamic dimensions; inside a recurrent region they may have fewer time steps
/// (Evaluation.h). Fails after a message at the op.
mlir::FailureOr<Tensor> evaluate(mlir::Operation *op, Operands operands);

/// What an operation that looks along time keeps from one time step to the next.
struct StepMemory {
  /// The states of its neurons, [tokens, features] row major; empty before the first step.
  std::vector<RealNeuron::State> realStates;
  std::vector<FixedNeuronState::State> fixedStates;
  std::deque<Tensor> past; ///< of a delay: the operand in the steps so far, the latest first
};

/// Evaluates the next time step of an operation of a recurrent region: of operands and result with
/// time, all have one step. `memory` is that of the operation, empty before its first step. Fails
/// after a message at the op, which takes the step for step 0.
mlir::FailureOr<Tensor> evaluateStep(mlir::Operation *op, Operands operands, StepMemory &memory);

/// The kernels by type of operation.
class KernelTable {
public:
  using Kernel = mlir::FailureOr<Tensor> (*)(mlir::Operation *op, Operands operands);

  /// The kernels of all operations of the dialect except spike.recurrent: Evaluation runs the
  /// operations inside it.
  static const KernelTable &get();
  /// The kernel of an operation; null when it has none.
  Kernel find(mlir::Operation *op) const { return kernels.lookup(op->getName().getTypeID()); }

  /// Makes `evaluate(op, operands)` the kernel of each of `Ops`. It must be a lambda without
  /// captures.
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

// Each of these functions adds the kernels of one group of operations, as dialect/spike/ops has
// them.
void addTextKernels(KernelTable &table);
void addSynapseKernels(KernelTable &table);
void addGridKernels(KernelTable &table);
void addNormKernels(KernelTable &table);
void addNeuronKernels(KernelTable &table);
void addResidualKernels(KernelTable &table);
void addAttentionKernels(KernelTable &table);
void addActivationKernels(KernelTable &table);
void addHeadKernels(KernelTable &table);

/// Replaces `numbers` by their softmax.
void applySoftmax(llvm::MutableArrayRef<double> numbers);

/// The shape of the type of the op's result. Precondition: the op has one result.
llvm::ArrayRef<int64_t> resultShape(mlir::Operation *op);

/// A tensor of reals with the shape of `input`, whose number at each flat index is
/// `map(number of input, index)`.
template <typename Map> Tensor mapReals(const Tensor &input, Map map) {
  Tensor result = Tensor::ofReals(input.shape());
  for (int64_t i = 0; i < input.size(); ++i)
    result.reals()[i] = map(input.at(i), i);
  return result;
}

/// The weights of an attribute. Fails after a message, in which they are called `what`, when the
/// attribute has no numbers or one that is not finite.
mlir::FailureOr<WeightView> finiteWeights(mlir::Operation *op, llvm::StringRef what,
                                          mlir::ElementsAttr attr);
/// The same as a vector, for an attribute with one number per channel.
mlir::FailureOr<std::vector<double>> channelNumbers(mlir::Operation *op, llvm::StringRef what,
                                                    mlir::ElementsAttr attr);
/// Emits "'fc': weight [0, 1]: needs a finite number, has nan" and fails.
mlir::LogicalResult refuseNonFinite(mlir::Operation *op, llvm::StringRef what,
                                    llvm::ArrayRef<int64_t> index, double value);

/// The real number for which an element stands: integer * scale * 2^-fraction_bits, multiplied in
/// this order, or the element itself when `encoding` is null.
double realAt(const Tensor &value, FixedAttr encoding, int64_t index);

/// The integer of a current: sum * 2^fractionBits + bias; +-kIntegerLimit where it lies beyond.
int64_t currentOf(__int128 sum, int64_t fractionBits, int64_t bias = 0);

/// Whether 64 bits hold every sum of `terms` products of an integer of `input` and a weight of this
/// form. They do for what a chip can run; graded spikes of 32 bits and weights of 32 bits need
/// more.
bool sumsFit(const Tensor &input, WeightForm form, int64_t terms);

/// Fails when an integer of `current`, a quantised result of `op`, is not below kIntegerLimit in
/// magnitude. The message names op, neuron, token, time step, value and limit.
mlir::LogicalResult checkCurrent(mlir::Operation *op, const Tensor &current);

/// Begins an error at an element of the op's result: "'block0.attn.q_lif': column 3, token 5, time
/// step 1: ". `index` is a flat index into a tensor of this shape. A shape without time has no time
/// step, and one of rank 1 no token either.
mlir::InFlightDiagnostic errorAt(mlir::Operation *op, llvm::ArrayRef<int64_t> shape, int64_t index);

/// Ends an error of errorAt() with a state that left its bits, and fails.
mlir::LogicalResult refuseOverflow(mlir::InFlightDiagnostic error,
                                   const FixedNeuronState::Overflow &overflow);

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_INTERPRETER_KERNELS_H
