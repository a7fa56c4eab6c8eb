// Energy: prices, unpriced categories, static shares.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/energy/Energy.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

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

constexpr size_t at(EnergyCategory category) { return static_cast<size_t>(category); }

} // namespace

TEST_CASE("an action costs its count times its price, in its own category") {
  Program program = twoOps();
  program.chip.energy.synopPj[0] = known(2.5);
  program.chip.energy.neuronUpdatePj = known(7);
  Counters counters(program);
  counters.ops[0].actions[index(Action::SynopDense)] = 10;
  counters.ops[1].actions[index(Action::NeuronUpdate)] = 3;
  counters.total.actions[index(Action::SynopDense)] = 10;
  counters.total.actions[index(Action::NeuronUpdate)] = 3;
  const EnergyReport report = priceRun(program, counters);
  CHECK(*report.ops[0][at(EnergyCategory::Synapse)] == 25.0);
  CHECK(*report.ops[1][at(EnergyCategory::Synapse)] == 0.0);
  CHECK(*report.ops[1][at(EnergyCategory::Neuron)] == 21.0);
  CHECK(totalPj(report.total) == 46.0);
}

TEST_CASE("a category without a price is absent everywhere and named, never zero") {
  Program program = twoOps();
  Counters counters(program);
  counters.ops[0].actions[index(Action::SynopDense)] = 10;
  counters.total.actions[index(Action::SynopDense)] = 10;
  const EnergyReport report = priceRun(program, counters);
  CHECK_FALSE(report.total[at(EnergyCategory::Synapse)].has_value());
  CHECK_FALSE(report.ops[0][at(EnergyCategory::Synapse)].has_value());
  CHECK(std::count(report.unpriced.begin(), report.unpriced.end(), "synapse") == 1);
}

TEST_CASE("an explicit zero is a price") {
  Program program = twoOps();
  program.chip.energy.synopPj[0] = known(0);
  Counters counters(program);
  counters.total.actions[index(Action::SynopDense)] = 10;
  const EnergyReport report = priceRun(program, counters);
  CHECK(*report.total[at(EnergyCategory::Synapse)] == 0.0);
  CHECK(std::count(report.unpriced.begin(), report.unpriced.end(), "synapse") == 0);
}

TEST_CASE("an action without a price in a priced category is named on its own") {
  Program program = twoOps();
  program.chip.energy.synopPj[0] = known(1);
  Counters counters(program);
  counters.total.actions[index(Action::SynopDense)] = 10;
  counters.total.actions[index(Action::SynopSparse)] = 1;
  const EnergyReport report = priceRun(program, counters);
  CHECK(*report.total[at(EnergyCategory::Synapse)] == 10.0);
  CHECK(std::count(report.unpriced.begin(), report.unpriced.end(), "synapse.synop_sparse") == 1);
}

TEST_CASE("static power: milliwatt times time, shared by occupied memory") {
  Program program = twoOps();
  program.chip.energy.staticMwPerChip = known(100);
  Counters counters(program);
  counters.timePs = 2'000'000; // 2 us at 100 mW are 200,000 pJ
  const EnergyReport report = priceRun(program, counters);
  CHECK(*report.total[at(EnergyCategory::Static)] == doctest::Approx(200'000.0).epsilon(1e-12));
  // Half of the four cores are used; 75 of 100 bits of each are weights.
  CHECK(*report.ops[0][at(EnergyCategory::Static)] == doctest::Approx(75'000.0).epsilon(1e-12));
  CHECK(*report.ops[1][at(EnergyCategory::Static)] == doctest::Approx(25'000.0).epsilon(1e-12));
  CHECK(*report.ops[2][at(EnergyCategory::Static)] == doctest::Approx(100'000.0).epsilon(1e-12));
}

TEST_CASE("static shares sum to one") {
  const Program program = twoOps();
  const std::vector<double> shares = staticShares(program);
  CHECK(std::accumulate(shares.begin(), shares.end(), 0.0) == doctest::Approx(1.0).epsilon(1e-12));
}
