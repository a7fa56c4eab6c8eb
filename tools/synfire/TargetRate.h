// TargetRate: makes a model of random weights fire at a stated rate (--target-rate).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_TARGETRATE_H
#define SYNFIRE_TOOLS_SYNFIRE_TARGETRATE_H

#include "tools/synfire/TensorInput.h"

#include <cstdint>

namespace synfire::tool {

/// The most tokens of a drawn input: attention takes the square of it.
inline constexpr int64_t kMostDrawnTokens = 64;
/// An op that misses its rate by more is listed in a warning.
inline constexpr double kRateTolerance = 0.01;

/// The input that a seed stands for, whatever the model's weights: min(context, kMostDrawnTokens)
/// tokens, or as many as the model takes. Token ids are uniform over the vocabulary, reals uniform
/// from -1 on and below 1, and each spike is there with the probability `rate`, of the value 1.
/// Numbers are drawn in the order in which they stand, row major.
ModelInput drawInput(mlir::func::FuncOp entry, uint64_t seed, double rate);

/// Sets the threshold of every op of neurons, layer by layer (FiringRates.h), so that it fires as
/// near to `rate` as one threshold allows on drawInput(). One warning lists the ops that miss it by
/// more than kRateTolerance, with the rates that they reached; others name the neurons of recurrent
/// regions, which keep their thresholds. Fails, after a message, when the model cannot be
/// interpreted.
llvm::LogicalResult setTargetRate(mlir::func::FuncOp entry, uint64_t seed, double rate);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_TARGETRATE_H
