// Actions: what a chip spends energy on, counted by enum; prices come later.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_ENERGY_ACTIONS_H
#define SYNFIRE_SIMULATOR_ENERGY_ACTIONS_H

#include "targets/ChipModel.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace synfire::sim {

/// One unit of work of one hardware unit (design: count first, price later).
enum class Action : uint8_t {
  SynopDense, ///< one stored entry read for a delivered spike, by encoding
  SynopSparse,
  SynopConv,
  NeuronUpdate,   ///< a neuron of an active slice
  NeuronIdle,     ///< a neuron that is visited but not updated
  Spike,          ///< a neuron fires
  AttentionScore, ///< accumulate of Q K^T
  AttentionValue, ///< accumulate of A V
  AttentionStore, ///< a K or V spike is kept
  AxonIn,         ///< a packet's row is looked up in one block
  AxonOut,        ///< a packet is made for one target core
  HopEast,        ///< a flit crosses a link
  HopWest,
  HopNorth,
  HopSouth,
  Inject,      ///< a packet enters the network
  Eject,       ///< a packet leaves it
  Barrier,     ///< one tick ends
  IoBits,      ///< bits between host and chip
  HostMac,     ///< multiply-accumulates of the host
  HostElement, ///< values that its norms, activations, additions and neurons yield
};
inline constexpr size_t kActions = static_cast<size_t>(Action::HostElement) + 1;

using ActionCounts = std::array<int64_t, kActions>;

constexpr size_t index(Action action) { return static_cast<size_t>(action); }
constexpr Action synopAction(SynapseEncoding encoding) {
  return static_cast<Action>(index(Action::SynopDense) + static_cast<size_t>(encoding));
}
constexpr Action hopAction(int direction) {
  return static_cast<Action>(index(Action::HopEast) + static_cast<size_t>(direction));
}

/// SynOps: stored entries read, and the accumulates of attention.
constexpr int64_t synops(const ActionCounts &counts) {
  return counts[index(Action::SynopDense)] + counts[index(Action::SynopSparse)] +
         counts[index(Action::SynopConv)] + counts[index(Action::AttentionScore)] +
         counts[index(Action::AttentionValue)];
}

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_ENERGY_ACTIONS_H
