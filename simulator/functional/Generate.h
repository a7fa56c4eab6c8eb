// Generate: greedy continuation of a text with the functional engine.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_FUNCTIONAL_GENERATE_H
#define SYNFIRE_SIMULATOR_FUNCTIONAL_GENERATE_H

#include "simulator/functional/FunctionalEngine.h"

#include <atomic>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace synfire::sim {

/// Index of the largest logit; the lowest index on ties.
int32_t argmax(std::span<const double> logits);

/// The next `count` token ids after those of `trace` (at least one), each the
/// argmax at the last position. Within the context one token is run at a time;
/// beyond it the last `context` tokens are run afresh, positions from 0.
/// `trace` itself is not changed. `cancel`, once true, ends it
/// with the message "interrupted". The second alternative is an error message.
std::variant<std::vector<int32_t>, std::string> generate(FunctionalEngine &engine,
                                                         const Program &program,
                                                         const ActivityTrace &trace, int32_t count,
                                                         const std::atomic<bool> *cancel = nullptr);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_FUNCTIONAL_GENERATE_H
