// Generate: runs one token at a time within the context, and a sliding window beyond it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/functional/Generate.h"

#include <algorithm>

namespace synfire::sim {

int32_t argmax(std::span<const double> logits) {
  return static_cast<int32_t>(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

std::variant<std::vector<int32_t>, std::string> generate(FunctionalEngine &engine,
                                                         const Program &program,
                                                         const ActivityTrace &trace,
                                                         int32_t count) {
  if (program.input.hostOp >= 0)
    return "'" + program.name + "': takes a tensor, which no token follows";
  if (trace.tokens() == 0)
    return "'" + program.name + "': nothing to continue; give at least one token";
  if (std::string error = trace.mismatch(program); !error.empty())
    return error;
  ActivityTrace state = trace;
  std::vector<int32_t> ids(trace.tokenIds().begin(), trace.tokenIds().end());
  std::vector<int32_t> generated;
  while (static_cast<int32_t>(generated.size()) < count) {
    const std::vector<double> logits = engine.logits(state, state.tokens() - 1);
    if (logits.empty())
      return "'" + program.name + "': has no logits; nothing to generate from";
    const int32_t next = argmax(logits);
    generated.push_back(next);
    ids.push_back(next);
    if (static_cast<int32_t>(generated.size()) == count)
      break;
    std::string error;
    const int32_t fixed = program.input.tokens; // tokens of every run, 0 when any number will do
    if (fixed == 0 && state.tokens() < program.context && !engine.needsWholeSequence()) {
      error = engine.run(std::span(&next, 1), state);
    } else {
      const size_t window =
          std::min(ids.size(), static_cast<size_t>(fixed > 0 ? fixed : program.context));
      state.truncate(0);
      error = engine.run(std::span(ids).last(window), state);
    }
    if (!error.empty())
      return error;
  }
  return generated;
}

} // namespace synfire::sim
