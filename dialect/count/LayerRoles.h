// LayerRoles: what the layers of a decoder are for, told from the graph.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_COUNT_LAYERROLES_H
#define SYNFIRE_DIALECT_COUNT_LAYERROLES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/DenseMap.h"

namespace synfire::spike {

/// Of a linear. `Fc1` and `Fc2` stand before and behind a real activation; `Head` gives the
/// function's result. All others are `Other`.
enum class LayerRole { Other, Query, Key, Value, Fc1, Fc2, Head };
llvm::StringRef roleName(LayerRole role);

/// The linear layers that have a role, found by walking from attention, activations and the
/// result; names do not matter.
llvm::DenseMap<mlir::Operation *, LayerRole> findRoles(mlir::func::FuncOp function);

/// The model systems of models of SpikeDecoder's kind.
enum class System {
  Strict,      ///< spiking attention, spiking MLP
  Performance, ///< spiking attention, real MLP at every time step
  Ann          ///< softmax attention
};
llvm::StringRef systemName(System system);

/// Which system the function is, by the kinds of its ops. Fails with a message where it has no
/// attention, or both kinds.
mlir::FailureOr<System> findSystem(mlir::func::FuncOp function);

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_COUNT_LAYERROLES_H
