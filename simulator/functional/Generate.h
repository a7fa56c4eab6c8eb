// Generate: greedy continuation of a text with the functional engine.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_FUNCTIONAL_GENERATE_H
#define SYNFIRE_SIMULATOR_FUNCTIONAL_GENERATE_H

#include "simulator/functional/FunctionalEngine.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace synfire::sim {

/// The index of the largest logit; of equal logits the lowest index.
int32_t argmax(std::span<const double> logits);

/// Continues the tokens of `trace` by `count` token ids. Each is the argmax of the logits at the
/// last position. While the tokens fit the context, each new token is run once on a copy of the
/// trace; after that, the last `context` tokens are run again for each new token, with positions
/// from 0. Of a program whose runs have a fixed number of tokens, the last of that number are. The
/// second alternative of the result is an error message: the program takes a tensor or yields no
/// logits, `trace` is empty, or a run fails.
std::variant<std::vector<int32_t>, std::string> generate(FunctionalEngine &engine,
                                                         const Program &program,
                                                         const ActivityTrace &trace, int32_t count);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_FUNCTIONAL_GENERATE_H
