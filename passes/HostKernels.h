// HostKernels: which ops the host can compute.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_HOSTKERNELS_H
#define SYNFIRE_PASSES_HOSTKERNELS_H

#include "mlir/IR/Operation.h"

namespace synfire {

/// `kind` of the `chip.host_op` that computes the op; empty when the host has
/// no kernel for it. To add one: passes/README.md.
llvm::StringRef hostKernelKind(mlir::Operation *op);

/// "lookup, position, ...": the ops with a kernel, for messages.
std::string hostKernelList();

} // namespace synfire

#endif // SYNFIRE_PASSES_HOSTKERNELS_H
