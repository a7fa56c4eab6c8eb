// LayerRoles: finds the role of each linear layer of a decoder from the graph.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/count/LayerRoles.h"

#include "dialect/spike/Spike.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace synfire::spike {

StringRef roleName(LayerRole role) {
  constexpr StringRef names[] = {"linear", "query", "key", "value", "fc1", "fc2", "head"};
  return names[static_cast<size_t>(role)];
}

StringRef systemName(System system) {
  constexpr StringRef names[] = {"strict", "performance", "ann"};
  return names[static_cast<size_t>(system)];
}

/// The op that computes a value, or, while that op is a neuron, norm, factor or readout, the op
/// that computes its input.
static Operation *maker(mlir::Value value) {
  Operation *op = value.getDefiningOp();
  while (isa_and_nonnull<NeuronOp, BatchNormOp, PowerNormOp, LayerNormOp, ScaleOp, DequantizeOp,
                         SliceOp, TopKOp>(op))
    op = op->getOperand(0).getDefiningOp();
  return op;
}

static bool isActivation(Operation *op) { return isa_and_nonnull<GeluOp, ReluOp, ClipFloorOp>(op); }

llvm::DenseMap<Operation *, LayerRole> findRoles(func::FuncOp function) {
  llvm::DenseMap<Operation *, LayerRole> roles;
  auto give = [&](Operation *op, LayerRole role) {
    if (isa_and_nonnull<LinearOp>(op))
      roles.try_emplace(op, role);
  };
  auto giveAttention = [&](auto attention) {
    give(maker(attention.getQ()), LayerRole::Query);
    give(maker(attention.getK()), LayerRole::Key);
    give(maker(attention.getV()), LayerRole::Value);
  };
  function.walk([&](Operation *op) {
    TypeSwitch<Operation *>(op)
        .Case<SelfAttentionOp, SoftmaxAttentionOp>(giveAttention)
        .Case<func::ReturnOp>([&](Operation *exit) {
          for (mlir::Value result : exit->getOperands())
            give(maker(result), LayerRole::Head);
        })
        .Case([&](LinearOp linear) {
          if (isActivation(maker(linear.getInput())))
            give(linear, LayerRole::Fc2);
        });
    if (isActivation(op))
      give(maker(op->getOperand(0)), LayerRole::Fc1);
  });
  return roles;
}

FailureOr<System> findSystem(func::FuncOp function) {
  bool spiking = false, softmax = false, realMlp = false;
  function.walk([&](Operation *op) {
    spiking |= isa<SelfAttentionOp>(op);
    softmax |= isa<SoftmaxAttentionOp>(op);
    realMlp |= isActivation(op);
  });
  if (spiking == softmax)
    return function.emitError() << "cannot tell which system of SpikeDecoder this is: needs one "
                                   "kind of attention, has "
                                << (spiking ? "spiking and softmax attention" : "none")
                                << "; use --account op_count";
  return softmax ? System::Ann : realMlp ? System::Performance : System::Strict;
}

} // namespace synfire::spike
