// Wiring: slices and joins of spikes become a choice of synapses.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_SPIKE_WIRING_H
#define SYNFIRE_DIALECT_SPIKE_WIRING_H

#include "mlir/Interfaces/FunctionInterfaces.h"

namespace synfire::spike {

/// Removes slices and joins of spikes that neurons make, where what they say can be said by which
/// synapses there are (RATIONALE.md, "Slices and joins"); the function computes the same spikes.
/// - If only `spike.slice` ops read a neuron op, a gate or a `spike.linear` of spikes, and no two
/// of
///   them overlap, there is one such op for each slice, with the weights of its neurons. Each is
///   called NAME[FROM:TO]. Features that no slice takes are left out.
/// - A `spike.linear` that reads a `spike.concat` becomes one for each operand, NAME[FROM:TO] by
/// the
///   inputs that it takes, and their sum NAME.
/// What is computed by other ops than neurons, gates, pools, additions, linears, convolutions of
/// one group, and norms that are a fixed map of each channel keeps its slices.
void wireSlices(mlir::FunctionOpInterface function);

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_SPIKE_WIRING_H
