// Actions: what a chip spends energy and time on, as one table.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TARGETS_ACTIONS_H
#define SYNFIRE_TARGETS_ACTIONS_H

#include <array>
#include <cstddef>
#include <cstdint>

namespace synfire {

/// A kind of work of one hardware unit. The simulator counts actions while it runs; their energy
/// is computed from the counts afterwards, as in Accelergy (Wu, Emer, Sze, ICCAD 2019).
/// targets/Actions.def lists the actions, and kActionInfo describes each.
enum class Action : uint8_t {
#define SYNFIRE_ACTION(enumerator, ...) enumerator,
#include "targets/Actions.def"
#undef SYNFIRE_ACTION
};
inline constexpr size_t kActions = 0
#define SYNFIRE_ACTION(...) +1
#include "targets/Actions.def"
#undef SYNFIRE_ACTION
    ;

/// The hardware unit that does the work: four units of a core, then units of the network, of the
/// chip and of the host. The schema of chip files lists prices and times by unit, in this order.
/// When a chip lacks a unit, an absent price or time of that unit is not reported as missing.
enum class ActionUnit {
  Neurons,
  Synapses,
  Attention,
  Axons,
  Network,
  ChipLinks,
  Barrier,
  Host,
  HostPort ///< between host and chip
};
inline constexpr size_t kActionUnits = static_cast<size_t>(ActionUnit::HostPort) + 1;

/// The categories by which results.json reports energy (`energy_pj`). The two static categories
/// have no action: their energy is power times time.
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

/// What is known of one action: a row of targets/Actions.def.
struct ActionInfo {
  const char *key; ///< its name in `actions` of results.json
  ActionUnit unit;
  EnergyCategory category; ///< the category to which its energy is added
  bool timed;              ///< whether it takes time of a core; then chip files have timing.KEY
  const char *priceKey;    ///< the chip file's key of its price; null: it cannot be priced
  int perPrice;            ///< how many actions one price pays for: 8 where a byte is priced
                           ///< and bits are counted
  const char *help;        ///< what one action is, in one sentence
  const char *chipHelp;    ///< what its price and time pay for; null when it has neither
};

/// The table, in the order of Action.
inline constexpr std::array<ActionInfo, kActions> kActionInfo{{
#define SYNFIRE_ACTION(enumerator, key, unit, category, ...)                                       \
  {key, ActionUnit::unit, EnergyCategory::category, __VA_ARGS__},
#include "targets/Actions.def"
#undef SYNFIRE_ACTION
}};

constexpr const ActionInfo &infoOf(Action action) {
  return kActionInfo[static_cast<size_t>(action)];
}

/// An array that holds one T for each action.
template <class T> class PerAction {
public:
  constexpr T &operator[](Action action) { return entries[static_cast<size_t>(action)]; }
  constexpr const T &operator[](Action action) const {
    return entries[static_cast<size_t>(action)];
  }

private:
  std::array<T, kActions> entries{};
};

} // namespace synfire

#endif // SYNFIRE_TARGETS_ACTIONS_H
