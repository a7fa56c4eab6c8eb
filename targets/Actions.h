// Actions: what a chip spends energy and time on, as one table.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TARGETS_ACTIONS_H
#define SYNFIRE_TARGETS_ACTIONS_H

#include <array>
#include <cstddef>
#include <cstdint>

namespace synfire {

/// One unit of work of one hardware unit (design: count first, price later).
/// targets/Actions.def has the rows, kActionInfo what each says.
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

/// The hardware unit that does the work: four units of a core, then the
/// network, the chip and the host. Chip files list prices and times by unit, in
/// this order, and one of a unit that a chip lacks is not missed there.
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

/// A row of the table.
struct ActionInfo {
  const char *key; ///< in `actions` of the results
  ActionUnit unit;
  EnergyCategory category; ///< of its energy
  bool timed;              ///< it takes time of a core: chip files have timing.KEY
  const char *priceKey;    ///< of chip files; null: none can price it
  int perPrice;            ///< actions in what one price pays for: 8 bits in a byte
  const char *help;        ///< what one of it is, in one sentence
  const char *chipHelp;    ///< what its price and its time are for; null without either
};

/// In the order of Action.
inline constexpr std::array<ActionInfo, kActions> kActionInfo{{
#define SYNFIRE_ACTION(enumerator, key, unit, category, ...)                                       \
  {key, ActionUnit::unit, EnergyCategory::category, __VA_ARGS__},
#include "targets/Actions.def"
#undef SYNFIRE_ACTION
}};

constexpr const ActionInfo &infoOf(Action action) {
  return kActionInfo[static_cast<size_t>(action)];
}

/// One T for each action.
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
