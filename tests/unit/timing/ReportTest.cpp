// Reports: the numbers of a run made up by hand, in results.json, its tables and on the terminal.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/report/ResultsTree.h"

#include <doctest/doctest.h>

#include <initializer_list>
#include <tuple>
#include <utility>

using namespace synfire;
using namespace synfire::sim;

namespace {

Price priced(double value) { return Sourced{value, Basis::Assumed, "test"}; }

/// A layer, its neurons and what the host reads of them, on two tiles side by side: 2 tokens, 4 us.
struct MadeUpRun {
  MadeUpRun() {
    program.name = "made-up";
    program.stages = 3;
    program.ops = {{"fc, \"wide\"", "linear", Where::Chip},
                   {"lif", "neuron", Where::Chip},
                   {"read", "dequantize", Where::Host},
                   {"(chip)", "chip", Where::Chip}};
    ChipModel &chip = program.chip;
    chip.name = "two-tiles";
    chip.mesh = {2, 1, 2};
    chip.noc.hopPs = {100'000, 200'000, 300'000, 400'000};
    chip.pricePj[Action::SynopDense] = priced(10);
    chip.pricePj[Action::NeuronUpdate] = priced(5);
    chip.pricePj[Action::HopEast] = priced(20);
    chip.pricePj[Action::IoBits] = priced(16); // of a byte
    chip.provenance = {{"energy.synop_dense_pj", *chip.pricePj[Action::SynopDense]}};
    program.cores = {{0, 0, 0, 1}, {0, 1, 0, 0}, {0, 0, 0, 2}};
    Population population;
    population.op = 1;
    population.columns = 4;
    program.populations = {population};
    for (const auto &[core, bits, columns] : {std::tuple(0, 100, 3), std::tuple(1, 16, 1)}) {
      Slice slice;
      slice.population = 0;
      slice.core = core;
      slice.memoryBits = bits;
      slice.columns = columns;
      program.slices.push_back(slice);
    }
    counters = Counters(program);
    counters.timePs = 4'000'000;
    counters.ticks = 6;
    add(0, {{Action::SynopDense, 12}});
    add(1, {{Action::NeuronUpdate, 8}, {Action::HopEast, 3}, {Action::Inject, 3}});
    add(2, {{Action::IoBits, 12}, {Action::HostMac, 5}, {Action::HostElement, 7}});
    counters.ops[0].spikesIn = 3;
    counters.ops[0].accumulates = counters.total.accumulates = 12;
    counters.ops[1].spikesOut = counters.total.spikesOut = 3;
    counters.ops[1].neuronSteps = counters.total.neuronSteps = 8;
    counters.ops[1].packets = counters.total.packets = 3;
    counters.ops[1].packetHops = counters.total.packetHops = 3;
    counters.ops[2].ioTicks = counters.total.ioTicks = 1;
    counters.cores[0].sendBusyPs = 2'500'000;
    counters.cores[0].receiveBusyPs = 1'000'000;
    counters.cores[0].busyPs = 3'000'000;
    counters.cores[0].packetsOut = 3;
    counters.cores[1].packetsIn = 3;
    counters.noc.linkFlits[0 * kDirections + 0] = 3; // from tile 0 to the east
    counters.noc.linkFlits[1 * kDirections + 1] = 2; // and back
  }

  void add(OpId op, std::initializer_list<std::pair<Action, int64_t>> work) {
    for (const auto &[action, count] : work)
      for (OpCounters *counts : {&counters.ops[op], &counters.total})
        counts->actions[index(action)] += count;
  }

  RunReport report() const {
    RunReport report;
    report.program = &program;
    report.counters = &counters;
    report.energy = priceRun(program, counters);
    report.tokens = 2;
    report.warnings = {"of something"};
    return report;
  }

  Program program;
  Counters counters = Counters(program);
};

} // namespace

TEST_CASE_FIXTURE(MadeUpRun, "totals are per run and per token, in the units of their names") {
  const nlohmann::ordered_json totals = resultsTree(report())["totals"];
  CHECK(totals["time_us"] == 4.0);
  CHECK(totals["time_per_token_us"] == 2.0);
  // 12 x 10 + 8 x 5 + 3 x 20 + 12 / 8 x 16
  CHECK(totals["energy_pj"]["total"] == 120.0 + 40.0 + 60.0 + 24.0);
  CHECK(totals["energy_per_token_pj"] == 122.0);
  CHECK_FALSE(totals.contains("cycles")); // no clock
  CHECK(totals["spikes"] == 3);
  CHECK(totals["flit_hops"] == 3);
}

TEST_CASE_FIXTURE(MadeUpRun, "bytes of the host are whole where its bits are") {
  const auto bytes = [&] { return resultsTree(report())["totals"]["actions"]["host_byte"].dump(); };
  CHECK(bytes() == "1.5");
  add(2, {{Action::IoBits, 4}});
  CHECK(bytes() == "2");
}

TEST_CASE_FIXTURE(MadeUpRun, "cores have their busy times, neurons and memory, the host first") {
  const nlohmann::ordered_json cores = resultsTree(report())["cores"];
  REQUIRE(cores.size() == 3);
  CHECK(cores[0]["name"] == "(host)");
  CHECK((cores[1]["x"] == 0 && cores[1]["core"] == 1 && cores[2]["x"] == 1));
  CHECK(cores[1]["send_busy_ns"] == 2500.0);
  CHECK(cores[1]["receive_busy_ns"] == 1000.0);
  CHECK(cores[1]["busy_ns"] == 3000.0);
  CHECK((cores[1]["neurons_used"] == 3 && cores[2]["neurons_used"] == 1));
  CHECK(cores[1]["memory_used_bytes"] == 13); // 100 bits
  CHECK(cores[2]["memory_used_bytes"] == 2);
  CHECK((cores[1]["packets_out"] == 3 && cores[1]["packets_in"] == 0));
  CHECK((cores[2]["packets_out"] == 0 && cores[2]["packets_in"] == 3));
}

TEST_CASE_FIXTURE(MadeUpRun, "a link is used for the hops of its direction, or for clock periods") {
  const auto links = [&] { return resultsTree(report())["links"]; };
  REQUIRE(links().size() == 2);
  CHECK((links()[0]["from"] == std::vector{0, 0} && links()[0]["to"] == std::vector{1, 0}));
  CHECK((links()[1]["from"] == std::vector{1, 0} && links()[1]["to"] == std::vector{0, 0}));
  const auto used = [&](size_t link) {
    return doctest::Approx(links()[link]["utilization"].get<double>()).epsilon(1e-12);
  };
  CHECK(used(0) == 3 * 0.1 / 4);
  CHECK(used(1) == 2 * 0.2 / 4);
  program.chip.clockPeriodPs = 1000;
  CHECK(used(0) == 3 * 0.001 / 4);
  CHECK(resultsTree(report())["totals"]["cycles"] == 4000);
}

TEST_CASE_FIXTURE(MadeUpRun, "the account of operations prices accumulates and products alone") {
  const nlohmann::ordered_json account = resultsTree(report())["accounts"]["op_count"];
  CHECK((account["macs"] == 5 && account["acs"] == 12));
  CHECK(account["energy_pj"].get<double>() == doctest::Approx(5 * 4.6 + 12 * 0.9).epsilon(1e-12));
  CHECK(account["ops"].size() == 2);
}

TEST_CASE_FIXTURE(MadeUpRun, "names with commas and quotes are quoted in tables") {
  const RunReport run = report();
  const std::string csv = csvTables(run, resultsTree(run))[0].text;
  CHECK(csv.find("\n\"fc, \"\"wide\"\"\",linear,chip,3,") != std::string::npos);
  program.ops[0].name = "\"fc\"";
  CHECK(csvTables(run, resultsTree(run))[0].text.find("\n\"\"\"fc\"\"\",linear,") !=
        std::string::npos);
}

TEST_CASE_FIXTURE(MadeUpRun, "the table on the terminal, number by number") {
  program.ops[0].name = "fc";
  // Shares of 244 pJ: 120, 8 x 5 + 3 x 20, 12 / 8 x 16.
  CHECK(
      operationTable(report()) ==
      R"table(operation  where  spikes out  rate %  synops  updates  packets  hops  energy nJ  share %
fc         chip                           12        0        0     0      0.120     49.2
lif        chip            3    37.5       0        8        3     3     0.100*     41.0
read       host                            0        0        0     0     0.024*      9.8
(chip)     chip                            0        0        0     0      0.000      0.0
total                      3    37.5      12        8        3     3     0.244*    100.0
* a part of this work has no price

the host computed: 5 multiply-accumulates, 7 other values; 12 bits crossed in 1 reads and sends
energy by unit (nJ): synapse 0.120, neuron 0.040, noc 0.060, io 0.024
unpriced units: idle, attention, axon, chip_link, barrier, static_used, static_unused, host
left out of the total and of shares, unpriced: 3 inject (energy.inject_pj), 5 host_mac (host.mac_pj), 7 host_element (no chip file prices it), static power (energy.static_mw_per_chip)
untimed (counted as no time): timing.neuron_update_ns timing.neuron_idle_ns timing.spike_ns timing.synop_dense_ns timing.synop_sparse_ns timing.synop_conv_ns timing.axon_in_ns timing.axon_out_ns host.latency_ns host.compute
numbers of 'two-tiles': 1 assumed
time 4.000 us, 6 ticks, 2 of 4 cores of 'two-tiles'
per token, over 2 tokens: 0.122 nJ, 2.000 us
warning: of something
)table");
}
