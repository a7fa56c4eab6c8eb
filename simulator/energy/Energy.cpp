// Energy: computes the energy of a run from its action counts.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/energy/Energy.h"

#include <algorithm>

namespace synfire::sim {
namespace {

using PriceList = std::array<std::optional<double>, kActions>; // pJ per action

PriceList priceList(const ChipModel &chip) {
  PriceList list;
  for (size_t i = 0; i < kActions; ++i)
    list[i] = chip.actionPj(static_cast<Action>(i));
  return list;
}

EnergyBreakdown price(const ActionCounts &counts, const PriceList &prices) {
  // Per category: whether the chip prices any action of it; whether the row did an action of it
  // that has a price; whether the row did one that has none.
  std::array<bool, kEnergyCategories> hasPrice{}, pricedWork{}, unpricedWork{};
  std::array<double, kEnergyCategories> sum{};
  for (size_t i = 0; i < kActions; ++i) {
    const auto c = static_cast<size_t>(kActionInfo[i].category);
    hasPrice[c] |= prices[i].has_value();
    if (counts[i] == 0)
      continue;
    (prices[i] ? pricedWork : unpricedWork)[c] = true;
    sum[c] += static_cast<double>(counts[i]) * prices[i].value_or(0);
  }
  EnergyBreakdown energy;
  for (size_t c = 0; c < kEnergyCategories; ++c) {
    energy.incomplete |= unpricedWork[c];
    if (pricedWork[c] || (hasPrice[c] && !unpricedWork[c]))
      energy.pj[c] = sum[c];
  }
  return energy;
}

void priceStatic(const Program &program, double totalPj, EnergyReport &report) {
  const double usedPart = static_cast<double>(program.hostCore()) /
                          (static_cast<double>(program.chip.cores()) * program.chipsUsed());
  const double used = totalPj * usedPart;
  const double unused = totalPj - used;
  report.total[EnergyCategory::StaticUsed] = used;
  report.total[EnergyCategory::StaticUnused] = unused;
  for (size_t i = 0; i < report.ops.size(); ++i) {
    report.ops[i][EnergyCategory::StaticUsed] = used * report.staticShares[i];
    report.ops[i][EnergyCategory::StaticUnused] =
        static_cast<OpId>(i) == program.chipOp() ? unused : 0.0;
  }
}

} // namespace

const char *energyCategoryName(EnergyCategory category) {
  static const char *const names[kEnergyCategories] = {
      "synapse",   "neuron",  "idle",        "attention",     "axon", "noc",
      "chip_link", "barrier", "static_used", "static_unused", "io",   "host"};
  return names[static_cast<size_t>(category)];
}

std::optional<double> EnergyBreakdown::total() const {
  double sum = 0;
  bool anything = false;
  for (const std::optional<double> &energy : pj) {
    sum += energy.value_or(0);
    anything |= energy.value_or(0) != 0;
  }
  return incomplete && !anything ? std::nullopt : std::optional(sum);
}

std::vector<double> staticShares(const Program &program) {
  std::vector<double> shares(program.ops.size(), 0.0);
  // A slice without any memory still occupies its core: it counts as one bit.
  auto bitsOf = [](const Slice &slice) { return std::max<int64_t>(slice.memoryBits, 1); };
  std::vector<int64_t> coreBits(program.cores.size(), 0);
  for (const Slice &slice : program.slices)
    coreBits[slice.core] += bitsOf(slice);

  for (const Slice &slice : program.slices) {
    const double perBit = 1.0 / (static_cast<double>(coreBits[slice.core]) * program.hostCore());
    int64_t neuronBits = bitsOf(slice);
    auto give = [&](OpId op, int64_t bits) {
      shares[op] += perBit * static_cast<double>(bits);
      neuronBits -= bits;
    };
    for (const SynapseBlock &block : slice.synapses)
      give(program.projections[block.projection].op, block.memoryBits);
    for (const AttentionBlock &block : slice.attention)
      give(program.attentions[block.attention].op, block.memoryBits);
    give(program.populations[slice.population].op, neuronBits);
  }
  return shares;
}

EnergyReport priceRun(const Program &program, const Counters &counters) {
  const PriceList prices = priceList(program.chip);
  EnergyReport report;
  report.total = price(counters.total.actions, prices);
  for (const OpCounters &op : counters.ops)
    report.ops.push_back(price(op.actions, prices));
  report.staticShares = staticShares(program);
  if (const Price &power = program.chip.staticMwPerChip)
    // mW x ps = 1e-3 pJ.
    priceStatic(program,
                power->value * program.chipsUsed() * static_cast<double>(counters.timePs) * 1e-3,
                report);

  for (size_t c = 0; c < kEnergyCategories; ++c)
    if (!report.total.pj[c])
      report.unpriced.emplace_back(energyCategoryName(static_cast<EnergyCategory>(c)));
  for (size_t i = 0; i < kActions; ++i) {
    const auto action = static_cast<Action>(i);
    if (prices[i] || counters.total.actions[i] == 0)
      continue;
    report.leftOut.push_back({action, counters.total.actions[i]});
    if (report.total[kActionInfo[i].category])
      report.unpriced.emplace_back(kActionInfo[i].key);
  }
  return report;
}

} // namespace synfire::sim
