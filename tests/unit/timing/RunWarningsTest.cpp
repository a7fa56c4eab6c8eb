// RunWarnings: what a reader of the numbers is told about them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/report/RunReport.h"

#include <doctest/doctest.h>

using namespace synfire;
using namespace synfire::sim;

namespace {

Price price(double value) { return Sourced{value, Basis::Assumed, "test"}; }

/// Three populations of binary neurons and a readout, 10 neuron steps each.
struct Fixture {
  Fixture() {
    for (const char *name : {"silent", "normal", "tireless", "read"})
      program.ops.push_back({name, "neuron", Where::Chip});
    program.ops.push_back({"(chip)", "chip", Where::Chip});
    for (OpId op = 0; op < 4; ++op) {
      Population population;
      population.op = op;
      population.kind = op == 3 ? PopulationKind::Readout : PopulationKind::Neurons;
      population.spikeBits = op == 3 ? 0 : 1;
      program.populations.push_back(population);
    }
    counters = Counters(program);
    for (OpId op = 0; op < 3; ++op) {
      counters.ops[op].neuronSteps = 10;
      counters.ops[op].spikesOut = 5 * op;
    }
  }

  Program program;
  Counters counters = Counters(program);
};

} // namespace

TEST_CASE_FIXTURE(Fixture, "neurons that never or always fired are told, others are not") {
  CHECK(runWarnings(program, counters) ==
        std::vector<std::string>{"silent: never fired in 10 neuron steps",
                                 "tireless: fired every time in 10 neuron steps"});
}

TEST_CASE_FIXTURE(Fixture, "graded spikes may fire every time") {
  program.populations[2].spikeBits = 2;
  CHECK(runWarnings(program, counters) ==
        std::vector<std::string>{"silent: never fired in 10 neuron steps"});
}

TEST_CASE_FIXTURE(Fixture, "a price that does not follow a width is told where the run used it") {
  counters = Counters(program);
  program.weightBits = 4;
  program.chip.core.weightBits = {4, 8};
  program.chip.pricePj[Action::SynopDense] = price(1);
  program.chip.pricePj[Action::HopEast] = price(1);
  CHECK(runWarnings(program, counters).empty()); // no synop and no hop happened
  counters.total.actions[index(Action::SynopDense)] = 1;
  counters.total.actions[index(Action::SynopSparse)] = 1; // has no price to speak of
  counters.total.actions[index(Action::HopSouth)] = 1;
  CHECK(runWarnings(program, counters) ==
        std::vector<std::string>{
            "energy.synop_dense_pj is one price for weights of 4, 8 bits: it would be the same "
            "for other widths than this run's 4",
            "energy.hop_*_pj is the price of a flit of any width: it would be the same for another "
            "noc.flit_bits than 32"});
  program.chip.core.weightBits = {4};
  CHECK(runWarnings(program, counters).size() == 1);
}

TEST_CASE_FIXTURE(Fixture, "a number in an odd unit is told") {
  counters = Counters(program);
  program.chip.provenance = {{"energy.synop_dense_pj", *price(3e-12)}};
  REQUIRE(runWarnings(program, counters).size() == 1);
  CHECK(runWarnings(program, counters)[0].starts_with("'energy.synop_dense_pj' is 3e-12"));
}
