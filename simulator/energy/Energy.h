// Energy: a pure function of action counts, time and the chip's price table.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_ENERGY_ENERGY_H
#define SYNFIRE_SIMULATOR_ENERGY_ENERGY_H

#include "simulator/metrics/Counters.h"
#include "simulator/program/Program.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace synfire::sim {

const char *energyCategoryName(EnergyCategory category);

/// Picojoule by category. Nothing where the row did work in the category and no
/// part of that work has a price, or where the chip prices nothing of it.
struct EnergyBreakdown {
  std::array<std::optional<double>, kEnergyCategories> pj;
  /// Some work of the row has no price: `pj` holds the rest.
  bool incomplete = false;

  const std::optional<double> &operator[](EnergyCategory category) const {
    return pj[static_cast<size_t>(category)];
  }
  std::optional<double> &operator[](EnergyCategory category) {
    return pj[static_cast<size_t>(category)];
  }
  /// Sum of what is priced; nothing when the row did work without a price and
  /// nothing else that costs anything.
  std::optional<double> total() const;
};

/// Work that no figure of the report holds: an action that happened without a
/// price on this chip.
struct UnpricedAction {
  Action action;
  int64_t count = 0;
};

/// Energy of a run, per op and whole. `total` is priced from the total
/// counters, not summed over ops: that they agree to 1e-9 is a test.
struct EnergyReport {
  std::vector<EnergyBreakdown> ops;
  EnergyBreakdown total;
  /// Names of the categories in which the chip prices nothing that happened,
  /// then the keys of single actions that happened without a price in a category
  /// that is otherwise priced ("attention_store").
  std::vector<std::string> unpriced;
  std::vector<UnpricedAction> leftOut;
  /// Share of each op in the static energy of the used cores, by occupied
  /// memory; sums to 1. The pseudo-op "(chip)" has none: it carries the unused.
  std::vector<double> staticShares;
};

/// Prices a run: counts times the chip's prices, its power times the run's time.
EnergyReport priceRun(const Program &program, const Counters &counters);

/// EnergyReport::staticShares of a program. A slice's memory is divided among the
/// ops that own its blocks; what no block claims is the neurons' own.
std::vector<double> staticShares(const Program &program);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_ENERGY_ENERGY_H
