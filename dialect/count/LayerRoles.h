// LayerRoles: finds the role of each linear layer of a decoder from the graph.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_COUNT_LAYERROLES_H
#define SYNFIRE_DIALECT_COUNT_LAYERROLES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/DenseMap.h"

namespace synfire::spike {

/// The role of a linear layer. `Fc1` and `Fc2` are the linears before and behind an activation of
/// reals; `Head` yields the function's result.
enum class LayerRole { Other, Query, Key, Value, Fc1, Fc2, Head };
llvm::StringRef roleName(LayerRole role);

/// The linear layers with a role other than `Other`. They are found by walking through the graph
/// from attentions, activations and the result; names of ops are not used.
llvm::DenseMap<mlir::Operation *, LayerRole> findRoles(mlir::func::FuncOp function);

/// The systems that the SpikeDecoder paper compares.
enum class System {
  Strict,      ///< spiking attention and a spiking MLP
  Performance, ///< spiking attention and an MLP of reals, computed in every time step
  Ann          ///< softmax attention; nothing spikes
};
llvm::StringRef systemName(System system);

/// The system of a function, told by the kinds of its ops. Fails with a message at the function
/// when it has no attention, or both spiking and softmax attention.
mlir::FailureOr<System> findSystem(mlir::func::FuncOp function);

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_COUNT_LAYERROLES_H
