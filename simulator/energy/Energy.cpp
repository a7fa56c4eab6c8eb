// Energy: prices the action counts.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/energy/Energy.h"

#include <algorithm>

namespace synfire::sim {
namespace {

/// An action's category, its name in `unpriced`, and its price.
struct PricedAction {
  EnergyCategory category;
  std::string name;
  std::optional<double> pj;
};

std::optional<double> valueOf(const Price &price) {
  return price ? std::optional<double>(price->value) : std::nullopt;
}

/// The chip's price list in the order of Action.
std::array<PricedAction, kActions> priceList(const ChipModel &chip) {
  const EnergyTable &table = chip.energy;
  using C = EnergyCategory;
  std::array<PricedAction, kActions> list{{
      {C::Synapse, "synop_dense", valueOf(table.synopPj[0])},
      {C::Synapse, "synop_sparse", valueOf(table.synopPj[1])},
      {C::Synapse, "synop_conv", valueOf(table.synopPj[2])},
      {C::Neuron, "update", valueOf(table.neuronUpdatePj)},
      {C::Neuron, "idle", valueOf(table.neuronIdlePj)},
      {C::Neuron, "spike", valueOf(table.spikePj)},
      {C::Attention, "score", valueOf(table.attentionScorePj)},
      {C::Attention, "value", valueOf(table.attentionValuePj)},
      {C::Attention, "store", valueOf(table.attentionStorePj)},
      {C::Axon, "in", valueOf(table.axonInPj)},
      {C::Axon, "out", valueOf(table.axonOutPj)},
      {C::Noc, "hop_east", valueOf(table.hopPj[0])},
      {C::Noc, "hop_west", valueOf(table.hopPj[1])},
      {C::Noc, "hop_north", valueOf(table.hopPj[2])},
      {C::Noc, "hop_south", valueOf(table.hopPj[3])},
      {C::Noc, "inject", valueOf(table.injectPj)},
      {C::Noc, "eject", valueOf(table.ejectPj)},
      {C::Static, "barrier", valueOf(table.barrierPj)},
      {C::Io, "byte", std::nullopt},
      {C::Host, "mac", valueOf(chip.host.macPj)},
      {C::Host, "element", std::nullopt},
  }};
  if (chip.host.bytePj)
    list[index(Action::IoBits)].pj = chip.host.bytePj->value / 8;
  return list;
}

void addTo(std::optional<double> &sum, double pj) { sum = sum.value_or(0) + pj; }

EnergyBreakdown price(const ActionCounts &counts, const std::array<PricedAction, kActions> &list,
                      const std::array<bool, kEnergyCategories> &priced) {
  EnergyBreakdown energy;
  for (size_t c = 0; c < kEnergyCategories; ++c)
    if (priced[c])
      energy[c] = 0.0;
  for (size_t i = 0; i < kActions; ++i)
    if (list[i].pj && priced[static_cast<size_t>(list[i].category)])
      addTo(energy[static_cast<size_t>(list[i].category)],
            static_cast<double>(counts[i]) * *list[i].pj);
  return energy;
}

} // namespace

const char *energyCategoryName(EnergyCategory category) {
  static const char *const names[kEnergyCategories] = {
      "synapse", "neuron", "attention", "axon", "noc", "chip_link", "static", "io", "host"};
  return names[static_cast<size_t>(category)];
}

double totalPj(const EnergyBreakdown &energy) {
  double sum = 0;
  for (const std::optional<double> &pj : energy)
    sum += pj.value_or(0);
  return sum;
}

std::vector<double> staticShares(const Program &program) {
  std::vector<double> shares(program.ops.size(), 0.0);
  const double perCore = 1.0 / program.chip.cores();
  std::vector<int64_t> coreBits(program.cores.size(), 0);
  for (const Slice &slice : program.slices)
    coreBits[slice.core] += std::max<int64_t>(slice.memoryBits, 1);

  double used = 0;
  for (const Slice &slice : program.slices) {
    const int64_t sliceBits = std::max<int64_t>(slice.memoryBits, 1);
    const double sliceShare = perCore * static_cast<double>(sliceBits) / coreBits[slice.core];
    int64_t blockBits = 0;
    auto give = [&](OpId op, int64_t bits) {
      shares[op] += sliceShare * static_cast<double>(bits) / sliceBits;
      blockBits += bits;
    };
    for (const SynapseBlock &block : slice.synapses)
      give(program.projections[block.projection].op, block.memoryBits);
    for (const AttentionBlock &block : slice.attention)
      give(program.attentions[block.attention].op, block.memoryBits);
    // What no block claims is the neurons' own.
    give(program.populations[slice.population].op, sliceBits - blockBits);
    used += sliceShare;
  }
  shares[program.chipOp()] += 1.0 - used;
  return shares;
}

EnergyReport priceRun(const Program &program, const Counters &counters) {
  const ChipModel &chip = program.chip;
  const std::array<PricedAction, kActions> list = priceList(chip);

  // A category has a price when one of its actions that happened has one; one
  // in which nothing happened needs any price at all to be a true zero.
  std::array<bool, kEnergyCategories> anyPrice{}, happened{}, pricedHappened{};
  for (size_t i = 0; i < kActions; ++i) {
    const auto c = static_cast<size_t>(list[i].category);
    const bool occurs = counters.total.actions[i] > 0;
    anyPrice[c] |= list[i].pj.has_value();
    happened[c] |= occurs;
    pricedHappened[c] |= occurs && list[i].pj.has_value();
  }
  std::array<bool, kEnergyCategories> priced{};
  for (size_t c = 0; c < kEnergyCategories; ++c)
    priced[c] = happened[c] ? pricedHappened[c] : anyPrice[c];
  constexpr auto kStatic = static_cast<size_t>(EnergyCategory::Static);
  const bool staticPower = chip.energy.staticMwPerChip.has_value();
  priced[kStatic] = priced[kStatic] || staticPower;
  // All cores stand on one chip: links to others carry nothing, at a price or
  // at none.
  priced[static_cast<size_t>(EnergyCategory::ChipLink)] = chip.energy.chipLinkPjPerBit.has_value();

  EnergyReport report;
  for (size_t c = 0; c < kEnergyCategories; ++c)
    if (!priced[c])
      report.unpriced.emplace_back(energyCategoryName(static_cast<EnergyCategory>(c)));
  for (size_t i = 0; i < kActions; ++i)
    if (!list[i].pj && counters.total.actions[i] > 0 &&
        priced[static_cast<size_t>(list[i].category)])
      report.unpriced.push_back(std::string(energyCategoryName(list[i].category)) + "." +
                                list[i].name);
  if (priced[kStatic] && !staticPower)
    report.unpriced.emplace_back("static.power");

  report.total = price(counters.total.actions, list, priced);
  for (const OpCounters &op : counters.ops)
    report.ops.push_back(price(op.actions, list, priced));
  if (staticPower) {
    // mW x ps = 1e-3 pJ.
    const double staticPj =
        chip.energy.staticMwPerChip->value * static_cast<double>(counters.timePs) * 1e-3;
    addTo(report.total[kStatic], staticPj);
    const std::vector<double> shares = staticShares(program);
    for (size_t i = 0; i < shares.size(); ++i)
      addTo(report.ops[i][kStatic], staticPj * shares[i]);
  }
  return report;
}

} // namespace synfire::sim
