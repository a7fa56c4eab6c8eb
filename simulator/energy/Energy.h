// Energy: a pure function of action counts, time and the chip's price table.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_ENERGY_ENERGY_H
#define SYNFIRE_SIMULATOR_ENERGY_ENERGY_H

#include "simulator/Program.h"
#include "simulator/timing/Counters.h"

#include <array>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace synfire::sim {

/// What energy is reported by (results.json, energy_pj).
enum class EnergyCategory { Synapse, Neuron, Attention, Axon, Noc, ChipLink, Static, Io, Host };
inline constexpr size_t kEnergyCategories = static_cast<size_t>(EnergyCategory::Host) + 1;
const char *energyCategoryName(EnergyCategory category);

/// Picojoule by category; nothing where the category has no price.
using EnergyBreakdown = std::array<std::optional<double>, kEnergyCategories>;
/// Sum of the priced categories.
double totalPj(const EnergyBreakdown &energy);

/// Energy of a run, per op and whole. `total` is priced from the total
/// counters, not summed over ops: that they agree to 1e-9 is a test.
struct EnergyReport {
  std::vector<EnergyBreakdown> ops;
  EnergyBreakdown total;
  /// Category names without any price, and `category.action` for single
  /// actions that happened but have none ("axon.eject", "barrier").
  std::vector<std::string> unpriced;
};

EnergyReport priceRun(const Program &program, const Counters &counters);

/// Share of the static power of all used chips that each op carries; the last
/// entry, "(chip)", has the unused cores. Sums to 1.
std::vector<double> staticShares(const Program &program);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_ENERGY_ENERGY_H
