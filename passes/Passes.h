// Passes: every pass of the compiler, with its options (Passes.td).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_PASSES_H
#define SYNFIRE_PASSES_PASSES_H

#include "dialect/chip/Chip.h"
#include "dialect/spike/Spike.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassRegistry.h"

#include <memory>
#include <string>

namespace synfire {

/// What `--host` says of ops that only the host can compute.
enum class HostPolicy { Allow, Refuse };

/// What `--residual` says of streams to which several ops add currents: every reader gets the
/// synapses of all of them, or the host adds the currents up as reals.
enum class ResidualForm { Merged, Host };

/// "host" or "chip", set by assign-host on every op of the spike dialect.
inline constexpr llvm::StringLiteral kWhereAttrName = "chip.where";

#define GEN_PASS_DECL
#include "passes/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "passes/Passes.h.inc"

} // namespace synfire

#endif // SYNFIRE_PASSES_PASSES_H
