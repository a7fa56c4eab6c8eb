// Energy: computes the energy of a run from its action counts, its time and the chip's prices.
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

/// The key of a category in `energy_pj` of results.json.
const char *energyCategoryName(EnergyCategory category);

/// The energy of one row of the report (an op, or the whole run) by category.
struct EnergyBreakdown {
  /// Energy in pJ. A category has no number when the row did work in it and no part of that work
  /// has a price, or when the row did no work in it and the chip prices none of its actions.
  std::array<std::optional<double>, kEnergyCategories> pj;
  /// Whether some work of the row has no price and is therefore missing from `pj`.
  bool incomplete = false;

  const std::optional<double> &operator[](EnergyCategory category) const {
    return pj[static_cast<size_t>(category)];
  }
  std::optional<double> &operator[](EnergyCategory category) {
    return pj[static_cast<size_t>(category)];
  }
  /// The sum over all categories in pJ. Nothing when the row is incomplete and the sum is 0, so
  /// that a row whose work has no price is not reported as free.
  std::optional<double> total() const;
};

/// An action that happened in the run and has no price on this chip; its energy is missing from
/// the report.
struct UnpricedAction {
  Action action;
  int64_t count = 0;
};

/// The energy of a run, in pJ.
struct EnergyReport {
  std::vector<EnergyBreakdown> ops; ///< by OpId
  /// The whole run. It is priced from the total counters and not summed over `ops`; a test holds
  /// that both agree to 1e-9.
  EnergyBreakdown total;
  /// First the names of the categories in which nothing that happened has a price; then the keys
  /// of actions that happened without a price in a category of which other work is priced
  /// ("attention_store").
  std::vector<std::string> unpriced;
  std::vector<UnpricedAction> leftOut; ///< all unpriced work of the run, in the order of Action
  /// By OpId: the share of the op in the static energy of the used cores; see staticShares().
  std::vector<double> staticShares;
};

/// Computes the energy of a run of `program` whose actions `counters` holds. The energy of an
/// action is its count times its price (ChipModel::actionPj). The static energy is the power of
/// the chips that the program uses times Counters::timePs; the part of the used cores is divided
/// among the ops by staticShares(), the part of the unused cores belongs to the pseudo-op
/// "(chip)". Work without a price is left out and listed in `unpriced` and `leftOut`.
/// Preconditions: the program has passed validate(), and `counters` was made for it. Never fails.
EnergyReport priceRun(const Program &program, const Counters &counters);

/// By OpId, the share of each op in the static energy of the used cores; the shares sum to 1 and
/// the pseudo-op "(chip)" has 0. Each used core has the same share, which its slices divide by
/// their memoryBits (a slice without memory counts as one bit). Within a slice, each synapse and
/// attention block's memory belongs to the op of its projection or attention, and the rest to the
/// op of the slice's neurons. Precondition: the program has passed validate().
std::vector<double> staticShares(const Program &program);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_ENERGY_ENERGY_H
