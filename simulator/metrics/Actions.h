// Actions: counts of actions, indexed by the enum Action. Prices are applied afterwards (energy/).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_METRICS_ACTIONS_H
#define SYNFIRE_SIMULATOR_METRICS_ACTIONS_H

#include "targets/ChipModel.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace synfire::sim {

/// By index(action): how often the action happened.
using ActionCounts = std::array<int64_t, kActions>;

constexpr size_t index(Action action) { return static_cast<size_t>(action); }
/// The synaptic operation on a block of this encoding.
constexpr Action synopAction(SynapseEncoding encoding) {
  return static_cast<Action>(index(Action::SynopDense) + static_cast<size_t>(encoding));
}
constexpr Action hopAction(Direction direction) {
  return static_cast<Action>(index(Action::HopEast) + static_cast<size_t>(direction));
}

/// The number of synaptic operations (SynOps): stored entries read, and accumulates of attention.
constexpr int64_t synops(const ActionCounts &counts) {
  return counts[index(Action::SynopDense)] + counts[index(Action::SynopSparse)] +
         counts[index(Action::SynopConv)] + counts[index(Action::SynopMultiply)] +
         counts[index(Action::AttentionScore)] + counts[index(Action::AttentionValue)];
}

/// The number of link crossings of flits, in all directions.
constexpr int64_t flitHops(const ActionCounts &counts) {
  int64_t sum = 0;
  for (int d = 0; d < kDirections; ++d)
    sum += counts[index(hopAction(static_cast<Direction>(d)))];
  return sum;
}

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_METRICS_ACTIONS_H
