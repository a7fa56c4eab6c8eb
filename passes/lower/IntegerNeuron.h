// IntegerNeuron: the constants that a chip's neurons are loaded with.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_LOWER_INTEGERNEURON_H
#define SYNFIRE_PASSES_LOWER_INTEGERNEURON_H

#include "dialect/chip/Chip.h"
#include "passes/lower/CurrentWalk.h"

namespace synfire {

/// Constants of a neuron op whose current is quantised; the bias is the sum of
/// the writers' integer biases (dialect/RATIONALE.md, "Fixed-point neurons").
/// Fails, after an error, on a reset that a chip has no constants for.
mlir::FailureOr<chip::NeuronAttr> integerNeuron(spike::NeuronLike neuron,
                                                const CurrentWriters &writers);

/// Constants of an integrator that the host reads: no leak, no threshold, it
/// starts at the bias of `synapse` (null: 0).
chip::NeuronAttr integrator(mlir::MLIRContext *context, spike::SynapseLike synapse,
                            int64_t stateBits, bool saturates);

} // namespace synfire

#endif // SYNFIRE_PASSES_LOWER_INTEGERNEURON_H
