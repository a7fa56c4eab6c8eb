// OpList: an op of the spike dialect, handed on as its own class.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_SPIKE_OPLIST_H
#define SYNFIRE_DIALECT_SPIKE_OPLIST_H

#include "dialect/spike/Spike.h"

#include "llvm/ADT/TypeSwitch.h"

namespace synfire::spike {

/// Returns `visit(known)`, `known` being `op` as a LinearOp, say. `visit` is compiled for every op
/// of the dialect: where a rule for one of them is missing, the compiler says so. Precondition: an
/// op of the spike dialect.
template <typename Result, typename Visit> Result visitOp(mlir::Operation *op, Visit visit) {
  return llvm::TypeSwitch<mlir::Operation *, Result>(op)
      .template Case<
#define GET_OP_LIST
#include "dialect/spike/SpikeOps.cpp.inc"
          >(visit);
}

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_SPIKE_OPLIST_H
