// ModelDraw: small models whose numbers stand at the ends of their ranges.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_FUZZ_MODELDRAW_H
#define SYNFIRE_TESTS_FUZZ_MODELDRAW_H

#include "tests/random/RandomGraph.h"

#include <cstdint>
#include <string>
#include <vector>

namespace synfire::test {

struct DrawnModel {
  std::string text;
  bool described = false; ///< a description (.yaml), else a module (.mlir)
  /// Small enough to run in some milliseconds; of others only sizes and operations are asked.
  bool runs = false;
  bool readsTokens = false;
  int64_t vocabulary = 1, context = 1; ///< of a model that reads tokens
  std::string alphabet;                ///< of a model that takes text: one byte for each token id
  std::vector<int64_t> tokens; ///< the input of a model that takes a static number of tokens
  GraphInput tensor;           ///< the input of a model that takes a tensor; else without values
};

/// A description of any architecture: each key of the field tables, or some, is drawn among the
/// least, the largest, a small and the default value. Rules between keys are kept nearly always.
DrawnModel drawDescription(Choices &choices);

/// A random module (tests/random), in half of which some numbers of its neurons stand at the end
/// of their range: no leak or all, time constants of one step or without end, thresholds from 0 to
/// out of reach.
DrawnModel drawModule(Choices &choices);

} // namespace synfire::test

#endif // SYNFIRE_TESTS_FUZZ_MODELDRAW_H
