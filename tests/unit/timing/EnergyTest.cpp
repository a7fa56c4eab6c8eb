// Energy: prices, unpriced categories, static shares.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/energy/Energy.h"

#include "targets/ChipFields.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <set>

using namespace synfire;
using namespace synfire::sim;

namespace {

Price known(double value) { return Sourced{value, Basis::Assumed, "test"}; }

/// Two cores on a chip of four, one op each, and the pseudo-op.
Program twoOps() {
  Program program;
  program.ops = {{"weights", "linear", Where::Chip},
                 {"neurons", "neuron", Where::Chip},
                 {"(chip)", "chip", Where::Chip}};
  program.chip.mesh.width = 2;
  program.chip.mesh.height = 2;
  program.cores = {{0, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 0, 1}};
  Population population;
  population.op = 1;
  population.columns = 8;
  program.populations = {population};
  Projection projection;
  projection.op = 0;
  program.projections = {projection};
  Slice slice;
  slice.population = 0;
  slice.columns = 4;
  slice.core = 0;
  slice.memoryBits = 100;
  SynapseBlock block;
  block.projection = 0;
  block.memoryBits = 75;
  slice.synapses = {block};
  Slice other = slice;
  other.core = 1;
  program.slices = {slice, other};
  return program;
}

} // namespace

TEST_CASE("an action costs its count times its price, in its own category") {
  Program program = twoOps();
  program.chip.pricePj[Action::SynopDense] = known(2.5);
  program.chip.pricePj[Action::NeuronUpdate] = known(7);
  Counters counters(program);
  counters.ops[0].actions[index(Action::SynopDense)] = 10;
  counters.ops[1].actions[index(Action::NeuronUpdate)] = 3;
  counters.total.actions[index(Action::SynopDense)] = 10;
  counters.total.actions[index(Action::NeuronUpdate)] = 3;
  const EnergyReport report = priceRun(program, counters);
  CHECK(*report.ops[0][EnergyCategory::Synapse] == 25.0);
  CHECK(*report.ops[1][EnergyCategory::Synapse] == 0.0);
  CHECK(*report.ops[1][EnergyCategory::Neuron] == 21.0);
  CHECK(report.total.total() == 46.0);
}

TEST_CASE("a category without a price is absent everywhere and named, never zero") {
  Program program = twoOps();
  Counters counters(program);
  counters.ops[0].actions[index(Action::SynopDense)] = 10;
  counters.total.actions[index(Action::SynopDense)] = 10;
  const EnergyReport report = priceRun(program, counters);
  CHECK_FALSE(report.total[EnergyCategory::Synapse].has_value());
  CHECK_FALSE(report.ops[0][EnergyCategory::Synapse].has_value());
  CHECK(std::count(report.unpriced.begin(), report.unpriced.end(), "synapse") == 1);
}

TEST_CASE("an explicit zero is a price") {
  Program program = twoOps();
  program.chip.pricePj[Action::SynopDense] = known(0);
  Counters counters(program);
  counters.total.actions[index(Action::SynopDense)] = 10;
  const EnergyReport report = priceRun(program, counters);
  CHECK(*report.total[EnergyCategory::Synapse] == 0.0);
  CHECK(std::count(report.unpriced.begin(), report.unpriced.end(), "synapse") == 0);
}

TEST_CASE("an action without a price in a priced category is named on its own") {
  Program program = twoOps();
  program.chip.pricePj[Action::SynopDense] = known(1);
  Counters counters(program);
  counters.total.actions[index(Action::SynopDense)] = 10;
  counters.total.actions[index(Action::SynopSparse)] = 1;
  const EnergyReport report = priceRun(program, counters);
  CHECK(*report.total[EnergyCategory::Synapse] == 10.0);
  CHECK(std::count(report.unpriced.begin(), report.unpriced.end(), "synop_sparse") == 1);
  REQUIRE(report.leftOut.size() == 1);
  CHECK(report.leftOut[0].action == Action::SynopSparse);
  CHECK(report.leftOut[0].count == 1);
  CHECK(report.total.incomplete);
}

TEST_CASE("a row whose work has no price has no total, one that did nothing costs nothing") {
  Program program = twoOps();
  program.chip.pricePj[Action::NeuronUpdate] = known(7);
  Counters counters(program);
  for (OpCounters *op : {&counters.ops[0], &counters.total})
    op->actions[index(Action::IoBits)] = 8;
  const EnergyReport report = priceRun(program, counters);
  CHECK_FALSE(report.ops[0].total().has_value());
  CHECK(report.ops[1].total() == 0.0);
  CHECK_FALSE(report.ops[0][EnergyCategory::Io].has_value());
}

TEST_CASE("a row's unpriced work in a priced category is no zero") {
  Program program = twoOps();
  program.chip.pricePj[Action::HopEast] = known(2);
  Counters counters(program);
  counters.ops[0].actions[index(Action::HopEast)] = 3;
  counters.ops[1].actions[index(Action::Inject)] = 1;
  counters.total.actions[index(Action::HopEast)] = 3;
  counters.total.actions[index(Action::Inject)] = 1;
  const EnergyReport report = priceRun(program, counters);
  CHECK(*report.total[EnergyCategory::Noc] == 6.0);
  CHECK(*report.ops[0][EnergyCategory::Noc] == 6.0);
  CHECK_FALSE(report.ops[1][EnergyCategory::Noc].has_value());
  CHECK_FALSE(report.ops[1].total().has_value());
  CHECK(*report.ops[2][EnergyCategory::Noc] == 0.0);
}

TEST_CASE("every action has a key of its own, and a key of chip files for its price and its time") {
  std::set<std::string> keys;
  for (const ActionInfo &info : kActionInfo) {
    CAPTURE(info.key);
    CHECK(keys.insert(info.key).second);
    const auto rows = [](FieldKind kind, const std::string &key) {
      return std::ranges::count_if(chipFields(), [&](const ChipField &field) {
        return field.kind == kind && field.key == key && !field.help.empty();
      });
    };
    if (info.priceKey)
      CHECK(rows(FieldKind::Price, info.priceKey) == 1);
    CHECK(rows(FieldKind::Time, std::string("timing.") + info.key) == (info.timed ? 1 : 0));
  }
}

TEST_CASE("static power: milliwatt times time; the used cores' by occupied memory") {
  Program program = twoOps();
  program.chip.staticMwPerChip = known(100);
  Counters counters(program);
  counters.timePs = 2'000'000; // 2 us at 100 mW are 200,000 pJ
  const EnergyReport report = priceRun(program, counters);
  const auto used = [&](size_t op) { return *report.ops[op][EnergyCategory::StaticUsed]; };
  // Half of the four cores are used; 75 of 100 bits of each are weights.
  CHECK(*report.total[EnergyCategory::StaticUsed] == doctest::Approx(100'000.0).epsilon(1e-12));
  CHECK(*report.total[EnergyCategory::StaticUnused] == doctest::Approx(100'000.0).epsilon(1e-12));
  CHECK(used(0) == doctest::Approx(75'000.0).epsilon(1e-12));
  CHECK(used(1) == doctest::Approx(25'000.0).epsilon(1e-12));
  CHECK(used(2) == 0.0);
  CHECK(*report.ops[0][EnergyCategory::StaticUnused] == 0.0);
  CHECK(*report.ops[2][EnergyCategory::StaticUnused] == doctest::Approx(100'000.0).epsilon(1e-12));
}

TEST_CASE("static shares sum to one, and cores share equally however full they are") {
  Program program = twoOps();
  program.slices[1].memoryBits = 1000; // 75 of them weights
  const std::vector<double> shares = staticShares(program);
  CHECK(std::accumulate(shares.begin(), shares.end(), 0.0) == doctest::Approx(1.0).epsilon(1e-12));
  CHECK(shares[0] == doctest::Approx(0.5 * 0.75 + 0.5 * 0.075).epsilon(1e-12));
}

TEST_CASE("the static energy of stored keys and values is the attention's") {
  Program program = twoOps();
  program.ops.insert(program.ops.begin() + 2, {"attention", "self_attention", Where::Chip});
  Attention attention;
  attention.op = 2;
  program.attentions = {attention};
  program.slices[0].attention = {{0, 0, 1, 15}}; // 15 of the 25 bits that are not weights
  const std::vector<double> shares = staticShares(program);
  CHECK(shares[0] == doctest::Approx(0.75).epsilon(1e-12));
  CHECK(shares[1] == doctest::Approx(0.5 * 0.10 + 0.5 * 0.25).epsilon(1e-12));
  CHECK(shares[2] == doctest::Approx(0.5 * 0.15).epsilon(1e-12));
}

TEST_CASE("a core whose slices have no memory still has its share of static energy") {
  Program program = twoOps();
  for (Slice &slice : program.slices) {
    slice.memoryBits = 0;
    slice.synapses.clear();
  }
  CHECK(staticShares(program) == std::vector<double>{0.0, 1.0, 0.0});
}

TEST_CASE("static power is that of all chips in use") {
  Program program = twoOps();
  program.chip.maxChips = 2;
  program.chip.staticMwPerChip = known(100);
  program.cores[1].chip = 1;
  Counters counters(program);
  counters.timePs = 2'000'000;
  const EnergyReport report = priceRun(program, counters);
  // 400,000 pJ of two chips with four cores each, of which one core each is used.
  CHECK(*report.total[EnergyCategory::StaticUsed] == doctest::Approx(100'000.0).epsilon(1e-12));
  CHECK(*report.total[EnergyCategory::StaticUnused] == doctest::Approx(300'000.0).epsilon(1e-12));
}

TEST_CASE("every action has its own price") {
  Program program = twoOps();
  Counters counters(program);
  double expected = 0;
  for (size_t i = 0; i < kActions; ++i) {
    if (!kActionInfo[i].priceKey)
      continue;
    const double number = static_cast<double>(i) + 2;
    program.chip.pricePj[static_cast<Action>(i)] = known(number * number);
    counters.total.actions[i] = static_cast<int64_t>(i) + 1;
    expected += (number - 1) * number * number / kActionInfo[i].perPrice;
  }
  CHECK(*priceRun(program, counters).total.total() == doctest::Approx(expected).epsilon(1e-12));
}

TEST_CASE("numbers that look like another unit are told") {
  ChipModel chip;
  chip.provenance = {
      {"energy.synop_dense_pj", *known(3.0e-12)},   {"energy.spike_pj", *known(0)},
      {"energy.axon_out_pj", *known(111)},          {"host.latency_ns", *known(5e6)},
      {"host.bandwidth_bits_per_ns", *known(1e-6)}, {"energy.static_mw_per_chip", *known(1e-9)}};
  const std::vector<std::string> odd = chip.oddUnits();
  REQUIRE(odd.size() == 3);
  CHECK(odd[0] == "'energy.synop_dense_pj' is 3e-12 picojoules, and published chips span 1e-04 to "
                  "1e+07; was it meant in joules?");
  CHECK(odd[1].starts_with("'host.latency_ns' is 5e+06 nanoseconds"));
  CHECK(odd[2].starts_with("'energy.static_mw_per_chip' is 1e-09 milliwatts"));
}
