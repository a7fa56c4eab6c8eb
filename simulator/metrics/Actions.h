// Actions: what a chip spends energy on, counted by enum; prices come later.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_METRICS_ACTIONS_H
#define SYNFIRE_SIMULATOR_METRICS_ACTIONS_H

#include "targets/ChipModel.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace synfire::sim {

/// One unit of work of one hardware unit (design: count first, price later).
/// kActionInfo says what each is called, and what prices it.
enum class Action : uint8_t {
  SynopDense,
  SynopSparse,
  SynopConv,
  NeuronUpdate,
  NeuronIdle,
  Spike,
  AttentionScore,
  AttentionValue,
  AttentionStore,
  AxonIn,
  AxonOut,
  HopEast,
  HopWest,
  HopNorth,
  HopSouth,
  Inject,
  Eject,
  ChipLinkBits,
  Barrier,
  IoBits,
  HostMac,
  HostElement,
};
inline constexpr size_t kActions = static_cast<size_t>(Action::HostElement) + 1;

/// What energy is reported by (results.json, energy_pj). Static energy has no
/// action: it is power times time.
enum class EnergyCategory {
  Synapse,
  Neuron,
  Idle,
  Attention,
  Axon,
  Noc,
  ChipLink,
  Barrier,
  StaticUsed,
  StaticUnused,
  Io,
  Host
};
inline constexpr size_t kEnergyCategories = static_cast<size_t>(EnergyCategory::Host) + 1;

/// An action: its key in `actions` of the results, the category of its energy,
/// the key of the chip file that prices it, and what one of it is.
struct ActionInfo {
  const char *key;
  EnergyCategory category;
  const char *priceKey; ///< null: no chip file can price it
  int perPrice;         ///< actions in what one price pays for: 8 bits in a byte
  const char *help;     ///< one sentence
};

/// In the order of Action.
inline constexpr std::array<ActionInfo, kActions> kActionInfo{{
    {"synop_dense", EnergyCategory::Synapse, "energy.synop_dense_pj", 1,
     "one stored entry of a dense row read for a delivered spike"},
    {"synop_sparse", EnergyCategory::Synapse, "energy.synop_sparse_pj", 1,
     "one stored entry of an indexed row read for a delivered spike"},
    {"synop_conv", EnergyCategory::Synapse, "energy.synop_conv_pj", 1,
     "one shared weight of a convolution read for a delivered spike"},
    {"neuron_update", EnergyCategory::Neuron, "energy.neuron_update_pj", 1,
     "a neuron of an active slice is updated"},
    {"neuron_idle", EnergyCategory::Idle, "energy.neuron_idle_pj", 1,
     "a neuron is visited and left as it is"},
    {"spike", EnergyCategory::Neuron, "energy.spike_pj", 1, "a neuron fires"},
    {"attention_score", EnergyCategory::Attention, "energy.attention_score_pj", 1,
     "one accumulate of Q K^T"},
    {"attention_value", EnergyCategory::Attention, "energy.attention_value_pj", 1,
     "one accumulate of (Q K^T) V"},
    {"attention_store", EnergyCategory::Attention, "energy.attention_store_pj", 1,
     "a K or V spike is written to core memory"},
    {"axon_in", EnergyCategory::Axon, "energy.axon_in_pj", 1,
     "the row of an arriving packet is looked up in one block"},
    {"axon_out", EnergyCategory::Axon, "energy.axon_out_pj", 1,
     "a packet is made for one target core"},
    {"hop_east", EnergyCategory::Noc, "energy.hop_east_pj", 1, "a flit crosses a link in +x"},
    {"hop_west", EnergyCategory::Noc, "energy.hop_west_pj", 1, "a flit crosses a link in -x"},
    {"hop_north", EnergyCategory::Noc, "energy.hop_north_pj", 1, "a flit crosses a link in +y"},
    {"hop_south", EnergyCategory::Noc, "energy.hop_south_pj", 1, "a flit crosses a link in -y"},
    {"inject", EnergyCategory::Noc, "energy.inject_pj", 1, "a packet enters the network"},
    {"eject", EnergyCategory::Noc, "energy.eject_pj", 1, "a packet leaves the network"},
    {"chip_link_bits", EnergyCategory::ChipLink, "energy.chip_link_pj_per_bit", 1,
     "a bit crosses from chip to chip"},
    {"barrier", EnergyCategory::Barrier, "energy.barrier_pj", 1, "a tick ends"},
    {"io_bits", EnergyCategory::Io, "host.byte_pj", 8, "a bit crosses between host and chip"},
    {"host_mac", EnergyCategory::Host, "host.mac_pj", 1, "the host multiplies and accumulates"},
    {"host_element", EnergyCategory::Host, nullptr, 1,
     "a value that the host's norms, activations, additions, neurons or sums over time yield"},
}};

using ActionCounts = std::array<int64_t, kActions>;

constexpr size_t index(Action action) { return static_cast<size_t>(action); }
constexpr const ActionInfo &infoOf(Action action) { return kActionInfo[index(action)]; }
constexpr Action synopAction(SynapseEncoding encoding) {
  return static_cast<Action>(index(Action::SynopDense) + static_cast<size_t>(encoding));
}
constexpr Action hopAction(int direction) {
  return static_cast<Action>(index(Action::HopEast) + static_cast<size_t>(direction));
}

/// Picojoule of one action on `chip`; nothing where the file has no price.
std::optional<double> actionPj(const ChipModel &chip, Action action);

/// SynOps: stored entries read, and the accumulates of attention.
constexpr int64_t synops(const ActionCounts &counts) {
  return counts[index(Action::SynopDense)] + counts[index(Action::SynopSparse)] +
         counts[index(Action::SynopConv)] + counts[index(Action::AttentionScore)] +
         counts[index(Action::AttentionValue)];
}

/// Flits over links, all directions.
constexpr int64_t flitHops(const ActionCounts &counts) {
  int64_t sum = 0;
  for (int d = 0; d < kDirections; ++d)
    sum += counts[index(hopAction(d))];
  return sum;
}

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_METRICS_ACTIONS_H
