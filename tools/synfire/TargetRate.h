// TargetRate: makes a model of random weights fire at a stated rate (--target-rate).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_TARGETRATE_H
#define SYNFIRE_TOOLS_SYNFIRE_TARGETRATE_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <cstdint>

namespace synfire::tool {

/// Sets the threshold of every op of neurons, layer by layer (FiringRates.h), so that it fires as
/// near to `rate` as one threshold allows on a drawn input. One warning lists the ops that miss it
/// by more than a percentage point, with the rates that they reached; others name the neurons of
/// recurrent regions, which keep their thresholds. Fails, after a message, when the model cannot be
/// interpreted.
///
/// The input depends on the seed alone (NamedRandom of the name "input"), not on the weights. It
/// has as many tokens as the model takes, or if that is any number, the context but at most 64.
/// Token ids are uniform over the vocabulary, reals uniform from -1 on and below 1, and each spike
/// is there with the probability `rate`, of the value 1. Numbers are drawn in the order in which
/// they stand, row major.
llvm::LogicalResult setTargetRate(mlir::func::FuncOp entry, uint64_t seed, double rate);

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_TARGETRATE_H
