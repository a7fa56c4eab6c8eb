// Neurons: drawn neuron models.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_RANDOM_NEURONS_H
#define SYNFIRE_TESTS_RANDOM_NEURONS_H

#include "tests/random/GraphBuilder.h"

namespace synfire::test {

struct NeuronUse {
  int64_t channels;        ///< 1 gives one threshold
  bool integers;           ///< runs, or will run, in the integer domain: gains above 0, no bias
  bool overTokens = false; ///< its leak has more steps than guard bits are kept for
  bool ofScores = false;   ///< of an attention: no state but the membrane
};

/// `exactStep` above 0: constants such that quantising the neuron on a current
/// of this scale rounds nothing that counts (RATIONALE.md, "Guard bits").
mlir::Attribute drawNeuronModel(GraphBuilder &graph, NeuronUse use, double exactStep);

/// The coarsest scale that quantising an exact graph may choose for a current.
double exactStep(mlir::Value current);

} // namespace synfire::test

#endif // SYNFIRE_TESTS_RANDOM_NEURONS_H
