// IntegerNeuron: the constants that a chip's neurons are loaded with.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_LOWER_INTEGERNEURON_H
#define SYNFIRE_PASSES_LOWER_INTEGERNEURON_H

#include "dialect/chip/Chip.h"
#include "dialect/spike/FixedPoint.h"
#include "passes/lower/CurrentWalk.h"

namespace synfire {

/// The integer constants with which a chip's neurons are loaded for a neuron op on a quantised
/// current (dialect/RATIONALE.md, "Fixed-point neurons"). The bias of a column is that of the model
/// plus the integer biases of all `writers`, which findWriters() found. Fails, after an error at
/// the op, when its membranes have no width yet, when a chip has no form for its reset, and when a
/// constant is outside what a program holds.
mlir::FailureOr<chip::NeuronAttr> integerNeuron(spike::NeuronLike neuron,
                                                const CurrentWriters &writers);

/// The neuron of an attention's scores. Fails, after an error, as integerNeuron() does.
/// Precondition: the attention is quantised and has score neurons.
mlir::FailureOr<chip::NeuronAttr> integerScoreNeuron(spike::AttentionLike attention);

/// The constants of integrators that the host reads, one per column of the quantised `current`.
/// They never fire. Their bias is the sum of the writers' integer biases. `decay` is 1 where the
/// host reads the sum of all steps of a token, 0 where it reads each step alone, and that of an
/// integrator which it reads at each step. `stateBits`, sign included, `saturates` and `rounding`
/// are those of the chip. Fails, after an error, when a
/// bias is outside what a program holds.
mlir::FailureOr<chip::NeuronAttr>
integrator(mlir::Value current, const CurrentWriters &writers, int64_t stateBits, bool saturates,
           spike::FixedDecay decay = {},
           spike::LeakRounding rounding = spike::LeakRounding::TowardZero);

} // namespace synfire

#endif // SYNFIRE_PASSES_LOWER_INTEGERNEURON_H
