// HostRows: the chip.host_op of an operation that the host computes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_LOWER_HOSTROWS_H
#define SYNFIRE_PASSES_LOWER_HOSTROWS_H

#include "dialect/chip/Chip.h"
#include "dialect/spike/Spike.h"

namespace synfire {

/// What a host op of this kind needs beside its inputs (dialect/chip/HostOps.td):
/// tables as they are, all other numbers widened to float64. Fails, after an
/// error, when a parameter cannot be read or is not finite.
mlir::FailureOr<mlir::NamedAttrList> hostParameters(mlir::Operation *op);

} // namespace synfire

#endif // SYNFIRE_PASSES_LOWER_HOSTROWS_H
