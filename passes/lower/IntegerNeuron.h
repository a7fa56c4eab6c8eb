// IntegerNeuron: the constants that a chip's neurons are loaded with.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_LOWER_INTEGERNEURON_H
#define SYNFIRE_PASSES_LOWER_INTEGERNEURON_H

#include "dialect/chip/Chip.h"
#include "passes/lower/CurrentWalk.h"

namespace synfire {

/// Constants of a neuron op whose current is quantised; the bias is the sum of
/// the writers' integer biases (dialect/RATIONALE.md, "Fixed-point neurons").
/// Fails, after an error, on a reset that a chip has no constants for, and on a
/// bias that a program cannot hold.
mlir::FailureOr<chip::NeuronAttr> integerNeuron(spike::NeuronLike neuron,
                                                const CurrentWriters &writers);

/// Constants of integrators that the host reads, one per column of `current`: no
/// leak, no threshold; they start at the sum of the writers' integer biases. Fails,
/// after an error, on a bias that a program cannot hold.
mlir::FailureOr<chip::NeuronAttr> integrator(mlir::Value current, const CurrentWriters &writers,
                                             int64_t stateBits, bool saturates);

} // namespace synfire

#endif // SYNFIRE_PASSES_LOWER_INTEGERNEURON_H
