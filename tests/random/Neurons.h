// Neurons: drawn neuron models.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_RANDOM_NEURONS_H
#define SYNFIRE_TESTS_RANDOM_NEURONS_H

#include "tests/random/GraphBuilder.h"

namespace synfire::test {

struct NeuronUse {
  int64_t channels; ///< with 1, the neurons share one threshold
  bool integers; ///< whether it is, or will be, computed in integers: then gains are above 0, and
                 ///< there is no bias
  bool overTokens = false; ///< whether its time runs over tokens, more steps than guard bits allow
  bool ofScores = false;   ///< whether it is a score neuron, which has no state but the membrane
};

/// Draws a neuron model. With an `exactStep` above 0, its constants are such that quantising the
/// neuron on a current of this scale changes no spike by rounding (RATIONALE.md, "Guard bits").
mlir::Attribute drawNeuronModel(GraphBuilder &graph, NeuronUse use, double exactStep);

/// The largest scale that the quantisation of an exact graph may choose for a current.
double exactStep(mlir::Value current);

} // namespace synfire::test

#endif // SYNFIRE_TESTS_RANDOM_NEURONS_H
