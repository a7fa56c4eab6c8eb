// Counts, energies and reports of whole runs.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/SystemFixture.h"

#include "simulator/energy/Energy.h"
#include "simulator/report/RunReport.h"
#include "simulator/timing/TimingEngine.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <map>

using namespace synfire;
using namespace synfire::test;
using sim::index;

namespace {

struct Run {
  Run(const std::string &model, const std::string &target, const std::vector<int32_t> &tokens)
      : program(compileModel(model, target, folder / "program.mlirbc")),
        trace(runFunctional(program, tokens)),
        counters(sim::simulateTiming(program, trace, trace.tokens(), {})) {}

  TemporaryFolder folder;
  sim::Program program;
  sim::ActivityTrace trace;
  sim::Counters counters;
};

/// SynOps by op, straight from the spikes and the definitions of design and
/// models: no slices, no packets, no plan.
std::map<std::string, int64_t> expectedSynops(const sim::Program &program,
                                              const sim::ActivityTrace &trace) {
  std::map<std::string, int64_t> synops;
  for (const sim::Projection &projection : program.projections) {
    const int64_t perSpike =
        projection.encoding == SynapseEncoding::Sparse ? 1 : projection.columns;
    int64_t spikes = 0; // a graded one counts as often as its value says
    for (int32_t n = 0; n < trace.tokens(); ++n)
      for (int32_t t = projection.lastStepOnly ? program.timeSteps - 1 : 0; t < program.timeSteps;
           ++t)
        for (int32_t c = 0; c < program.populations[projection.source].columns; ++c)
          spikes += trace.value(projection.source, n, t, c);
    synops[program.ops[projection.op].name] += spikes * perSpike;
  }
  for (const sim::Attention &attention : program.attentions) {
    const int32_t width = program.populations[attention.q].columns / attention.heads;
    int64_t count = 0;
    for (int32_t n = 0; n < trace.tokens(); ++n)
      for (int32_t t = 0; t < program.timeSteps; ++t)
        for (int32_t h = 0; h < attention.heads; ++h)
          for (int32_t m = 0; m <= n; ++m) {
            int64_t score = 0;
            for (int32_t c = h * width; c < (h + 1) * width; ++c) {
              const int32_t q = trace.value(attention.q, n, t, c);
              count += q; // one stored key bit is read per query spike and token
              score += q * trace.value(attention.k, m, t, c);
            }
            count += score != 0 ? width : 0;
          }
    synops[program.ops[attention.op].name] += count;
  }
  return synops;
}

} // namespace

TEST_CASE("counts of ops, cores, links and totals agree on every chip") {
  for (const std::string target : {"loihi2", "mesh-16x16", "tiny-2x2"}) {
    CAPTURE(target);
    const Run run(kModel, target, sampleTokens());
    CHECK(sim::checkConservation(run.counters) == "");
    CHECK(run.counters.noc.injectedPackets == run.counters.noc.ejectedPackets);
    CHECK(run.counters.total.packets > 0);
    CHECK(run.counters.timePs > 0);
    CHECK(run.counters.ticks == int64_t{64} * run.program.timeSteps * run.program.stages);
  }
}

TEST_CASE("a miscount in any one view is noticed") {
  const Run run(kModel, "tiny-2x2", sampleTokens());
  auto planted = [&](auto change) {
    sim::Counters counters = run.counters;
    change(counters);
    return sim::checkConservation(counters);
  };
  CHECK(planted([](sim::Counters &c) { ++c.ops[0].spikesOut; }) != "");
  CHECK(planted([](sim::Counters &c) { ++c.cores[0].actions[index(Action::SynopDense)]; }) != "");
  CHECK(planted([](sim::Counters &c) { ++c.total.packets; }) != "");
  CHECK(planted([](sim::Counters &c) { ++c.noc.linkFlits[0]; }) != "");
  CHECK(planted([](sim::Counters &c) { --c.noc.ejectedPackets; }) != "");
}

TEST_CASE("synops, spikes and updates follow from the spikes in closed form") {
  for (const std::string &model :
       {std::string(kModel), kTestModels + "residual1.yaml", kTestModels + "residual2.yaml",
        kTestModels + "concatenate.yaml"}) {
    CAPTURE(model);
    const Run run(model, "mesh-16x16", sampleTokens());
    std::map<std::string, int64_t> expected = expectedSynops(run.program, run.trace);
    for (size_t i = 0; i < run.program.ops.size(); ++i) {
      CAPTURE(run.program.ops[i].name);
      CHECK(sim::synops(run.counters.ops[i].actions) == expected[run.program.ops[i].name]);
    }
    for (size_t p = 0; p < run.program.populations.size(); ++p) {
      const sim::Population &population = run.program.populations[p];
      CAPTURE(run.program.ops[population.op].name);
      const sim::OpCounters &op = run.counters.ops[population.op];
      if (population.kind != sim::PopulationKind::Readout)
        CHECK(op.spikesOut == run.trace.countSpikes(static_cast<int32_t>(p)));
      if (population.kind != sim::PopulationKind::HostSpikes)
        CHECK(op.actions[index(Action::NeuronUpdate)] ==
              int64_t{population.columns} * 64 * run.program.timeSteps);
    }
  }
}

TEST_CASE("op_count: every op once as built, however often the mapping repeats it") {
  const Run run(kModel, "loihi2", sampleTokens());
  auto opNamed = [&](const std::string &name) {
    for (size_t i = 0; i < run.program.ops.size(); ++i)
      if (run.program.ops[i].name == name)
        return i;
    FAIL("no op " << name);
    return size_t{0};
  };
  auto spikesOf = [&](const std::string &name) {
    return run.counters.ops[opNamed(name)].spikesOut;
  };
  auto acsOf = [&](const std::string &name) {
    return sim::opCountAccount(run.counters.ops[opNamed(name)]).acs;
  };
  // proj and fc2 of block 0 feed six and five readers on the chip.
  CHECK(acsOf("block0.attn.proj") == spikesOf("block0.attn.att_lif") * 80);
  CHECK(acsOf("block0.mlp.fc2") == spikesOf("block0.mlp.hidden_lif") * 80);
  CHECK(acsOf("block1.mlp.fc1") == spikesOf("block1.mlp.in_lif") * 320);
  CHECK(acsOf("head.fc") == spikesOf("head.lif") * 30);
  CHECK(acsOf("embed.stream") == 0);
  CHECK(sim::synops(run.counters.ops[opNamed("block0.attn.proj")].actions) ==
        6 * acsOf("block0.attn.proj"));
  CHECK(acsOf("block2.attn.ssa") ==
        sim::synops(run.counters.ops[opNamed("block2.attn.ssa")].actions));
  int64_t sum = 0;
  for (const sim::OpCounters &op : run.counters.ops)
    sum += sim::opCountAccount(op).acs;
  CHECK(sum == sim::opCountAccount(run.counters.total).acs);
}

TEST_CASE("energies of the ops sum to the total within 1e-9") {
  const Run run(kModel, "loihi2", sampleTokens());
  const sim::EnergyReport energy = sim::priceRun(run.program, run.counters);
  for (size_t c = 0; c < kEnergyCategories; ++c) {
    double sum = 0;
    for (const sim::EnergyBreakdown &op : energy.ops)
      sum += op.pj[c].value_or(0);
    CHECK(sum == doctest::Approx(energy.total.pj[c].value_or(0)).epsilon(1e-9));
  }
  CHECK(energy.total.total() > 0);
}

TEST_CASE("timing is the same for any number of threads") {
  const Run run(kModel, "tiny-2x2", sampleTokens());
  sim::TimingOptions options;
  options.threads = 2;
  const auto other = sim::simulateTiming(run.program, run.trace, run.trace.tokens(), options);
  sim::RunReport one{
      &run.program, &run.counters, sim::priceRun(run.program, run.counters), 64, "cycle", 1, {}};
  sim::RunReport two{&run.program, &other, sim::priceRun(run.program, other), 64, "cycle", 1, {}};
  CHECK(sim::resultTexts(one).json == sim::resultTexts(two).json);
}

TEST_CASE("a report shows how long attention that is not causal waits for its sequence") {
  TemporaryFolder folder;
  std::string text = readFile(kTestModels + "grouped-heads.mlir");
  const std::string causal = " causal kv_heads";
  const size_t at = text.find(causal);
  REQUIRE(at != std::string::npos);
  writeFile(folder / "whole.mlir", text.replace(at, causal.size(), " kv_heads"));
  const std::vector<int32_t> tokens = {1, 4, 9, 16, 25};
  const Run run(folder / "whole.mlir", "loihi2", tokens);
  sim::RunReport report{
      &run.program, &run.counters, sim::priceRun(run.program, run.counters), 5, "cycle", 1, {}};
  const auto waits = nlohmann::json::parse(sim::resultTexts(report).json)["waits"];
  REQUIRE(waits.size() == 1);
  CHECK(waits[0]["ops"] == std::vector<std::string>{"ssa"});
  CHECK(waits[0]["held_bits"] == 18 * 4 * 5); // of the queries, in four steps of five tokens
  const double wait = waits[0]["wait_us"], time = static_cast<double>(run.counters.timePs) * 1e-6;
  CHECK((wait > 0 && wait < 0.8 * time)); // none of the time of the first token
  CHECK(contains(sim::operationTable(report),
                 " us: ssa: not causal, so that the first token waits for the last one; 360 bits"));
  report.tokens = 1;
  CHECK(nlohmann::json::parse(sim::resultTexts(report).json)["waits"].empty());
}

TEST_CASE("results.json has what its schema promises, tables have the same numbers") {
  const Run run(kModel, "loihi2", sampleTokens());
  sim::RunReport report{
      &run.program, &run.counters, sim::priceRun(run.program, run.counters), 64, "cycle", 1, {}};
  const sim::ResultTexts texts = sim::resultTexts(report);
  const auto json = nlohmann::json::parse(texts.json);
  CHECK(json["schema"] == "synfire.results/2");
  for (const char *key : {"name", "time_steps", "tokens"})
    CHECK(json["model"].contains(key));
  for (const char *key : {"name", "cores_used", "chips_used"})
    CHECK(json["target"].contains(key));
  for (const char *key : {"ticks", "schedule", "noc", "seed", "sampled"})
    CHECK(json["run"].contains(key));
  for (const char *key : {"spikes", "synops", "neuron_updates", "packets", "packet_hops",
                          "flit_hops", "io_bits", "io_ticks", "time_us", "energy_pj", "actions"})
    CHECK(json["totals"].contains(key));
  CHECK_FALSE(json["totals"].contains("cycles")); // loihi2 has no clock
  CHECK(json["ops"].size() == run.program.ops.size());
  for (const auto &op : json["ops"])
    for (const char *key : {"name", "kind", "where", "spikes_in", "spikes_out", "synops",
                            "neuron_updates", "packets", "packet_hops", "flit_hops", "payload_bits",
                            "io_bits", "io_ticks", "energy_pj", "actions", "static_share"})
      CHECK(op.contains(key));
  CHECK(json["cores"][0]["name"] == "(host)");
  CHECK(json["cores"].size() == run.program.cores.size());
  int64_t linkFlits = 0;
  for (const auto &link : json["links"]) {
    CHECK(link["flits"] > 0);
    CHECK(link["utilization"] <= 1.0);
    linkFlits += link["flits"].get<int64_t>();
  }
  CHECK(linkFlits == json["totals"]["flit_hops"]);
  for (const auto &core : json["cores"]) {
    const double send = core["send_busy_ns"], receive = core["receive_busy_ns"];
    CHECK(core["busy_ns"] >= std::max(send, receive));
    CHECK(core["busy_ns"].get<double>() <= (send + receive) * (1 + 1e-12));
  }
  int64_t packets = 0;
  for (const auto &op : json["ops"])
    packets += op["packets"].get<int64_t>();
  CHECK(packets == json["totals"]["packets"].get<int64_t>());
  // An unpriced category stands in no energy_pj at all.
  for (const auto &name : json["unpriced"]) {
    CHECK_FALSE(json["totals"]["energy_pj"].contains(name.get<std::string>()));
    for (const auto &op : json["ops"])
      CHECK_FALSE(op["energy_pj"].contains(name.get<std::string>()));
  }
  const std::vector<sim::CsvTable> &tables = texts.tables;
  REQUIRE(tables.size() == 3);
  CHECK(std::count(tables[0].text.begin(), tables[0].text.end(), '\n') ==
        static_cast<int64_t>(run.program.ops.size()) + 1);
}
