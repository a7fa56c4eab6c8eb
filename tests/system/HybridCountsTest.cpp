// What a hybrid costs: crossings, ticks and the host's work, in closed form.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/HybridModels.h"

#include "simulator/report/RunReport.h"
#include "simulator/timing/TimingEngine.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>

using namespace synfire;
using namespace synfire::test;
using sim::index;

namespace {

constexpr int64_t kTokens = 6, kSteps = 4, kBlocks = 2, kWidth = 32, kHidden = 64, kIds = 30;

struct HybridRun {
  explicit HybridRun(const Variant &variant, const std::string &target = "mesh-16x16")
      : program(compileModel(describe(variant, folder), target, folder / "program.mlirbc")) {
    tokens = sampleTokens();
    tokens.resize(kTokens);
    trace = std::make_unique<sim::ActivityTrace>(runFunctional(program, tokens));
    sim::TimingOptions options;
    options.threads = 2;
    counters =
        std::make_unique<sim::Counters>(sim::simulateTiming(program, *trace, kTokens, options));
  }

  int64_t count(const std::string &op, Action action) const {
    return counters->ops[indexOf(op)].actions[index(action)];
  }
  size_t indexOf(const std::string &op) const {
    const auto found = std::ranges::find(program.ops, op, &sim::Op::name);
    REQUIRE_MESSAGE(found != program.ops.end(), op);
    return static_cast<size_t>(found - program.ops.begin());
  }
  int32_t stageOf(const std::string &op) const {
    for (const sim::Population &population : program.populations)
      if (program.ops[population.op].name == op)
        return population.stage;
    FAIL("no population of op " << op);
    return -1;
  }

  TemporaryFolder folder;
  sim::Program program;
  std::vector<int32_t> tokens;
  std::unique_ptr<sim::ActivityTrace> trace;
  std::unique_ptr<sim::Counters> counters;
};

} // namespace

TEST_CASE("counts of a hybrid agree over ops, cores and totals") {
  for (const Variant &variant : {Variant{"layer", {}}, Variant{"degree 2", {{"degree", "2"}}},
                                 Variant{"residual 2", {{"residual", "2"}}}}) {
    CAPTURE(variant.name);
    const HybridRun run(variant);
    CHECK(sim::checkConservation(*run.counters) == "");
    CHECK(run.counters->ticks == kTokens * kSteps * run.program.stages);
  }
}

TEST_CASE("a crossing is counted where it is read and where it is sent") {
  const HybridRun run({"layer", {}});
  const int64_t stateBits = run.program.chip.core.stateBits;
  // A norm behind a linear: its integers are read after every time step.
  for (const auto &[op, columns] : {std::pair("block0.attn.q.dequantize", kWidth),
                                    std::pair("block1.mlp.fc1.dequantize", kHidden)}) {
    CHECK(run.count(op, Action::IoBits) == kTokens * kSteps * columns * stateBits);
    CHECK(run.counters->ops[run.indexOf(op)].ioTicks == kTokens * kSteps);
  }
  // The head's sums once per token.
  CHECK(run.count("head.fc.dequantize", Action::IoBits) == kTokens * kIds * stateBits);
  CHECK(run.counters->ops[run.indexOf("head.fc.dequantize")].ioTicks == kTokens);
  // The host's neurons send a packet per spike and reading core.
  const sim::OpCounters &lif = run.counters->ops[run.indexOf("block0.attn.q_lif")];
  CHECK(lif.spikesOut > 0);
  CHECK(lif.packets >= lif.spikesOut);
  CHECK(lif.actions[index(Action::IoBits)] == lif.packets * run.program.chip.noc.packetHeaderBits);
  CHECK(lif.actions[index(Action::NeuronUpdate)] == 0); // none of the chip's
  CHECK(lif.actions[index(Action::HostElement)] == kTokens * kSteps * kWidth);
  CHECK(run.program.ops[run.indexOf("block0.attn.q_lif")].where == sim::Where::Host);
  // What the host reads of itself does not cross.
  const sim::OpCounters &add = run.counters->ops[run.indexOf("block0.attn.add")];
  CHECK(add.actions[index(Action::IoBits)] == 0);
  CHECK(add.actions[index(Action::HostElement)] == kTokens * kSteps * kWidth);
}

TEST_CASE("chip -> host -> chip takes two ticks more than a projection") {
  // attn.in_lif -> q -> q_norm -> q_lif -> attention's neurons.
  const HybridRun host({"layer", {}}), chip({"power", {{"norm", "power"}}});
  CHECK(chip.stageOf("block0.attn.q_lif") == chip.stageOf("block0.attn.in_lif") + 1);
  CHECK(host.stageOf("block0.attn.q") == host.stageOf("block0.attn.in_lif") + 1);
  CHECK(host.stageOf("block0.attn.q_lif") == host.stageOf("block0.attn.q") + 1);
  CHECK(host.stageOf("block0.attn.att_lif") == host.stageOf("block0.attn.q_lif") + 1);
  // On the host's input alone the first neurons depend.
  CHECK(host.stageOf("block0.attn.in_lif") == 0);
  CHECK(host.stageOf("block1.attn.in_lif") > host.stageOf("block0.attn.att_lif"));
}

TEST_CASE("dense layers of the host are counted, and priced by the chip file alone") {
  const HybridRun run({"degree 2", {{"degree", "2"}}});
  for (const char *op : {"block0.mlp.fc1", "block1.mlp.fc2"})
    CHECK(run.count(op, Action::HostMac) == kTokens * kSteps * kWidth * kHidden);
  CHECK(run.count("head.fc", Action::HostMac) == kTokens * kWidth * kIds);
  CHECK(run.counters->total.actions[index(Action::HostMac)] ==
        kTokens * (kSteps * kBlocks * 2 * kWidth * kHidden + kWidth * kIds));
  CHECK(run.count("block0.mlp.gelu", Action::HostElement) == kTokens * kSteps * kHidden);

  const sim::EnergyReport energy = sim::priceRun(run.program, *run.counters);
  const bool priced = run.program.chip.pricePj[Action::HostMac].has_value();
  const auto named = [&](const std::string &name) {
    return std::ranges::count(energy.unpriced, name) > 0;
  };
  CHECK(named(priced ? "host_element" : "host"));
  CHECK(energy.total[EnergyCategory::Host].has_value() == priced);

  sim::RunReport report;
  report.program = &run.program;
  report.counters = run.counters.get();
  report.energy = energy;
  report.tokens = kTokens;
  CHECK(std::ranges::count(sim::untimedKeys(report), "host.compute") == 1);
  const std::string json = sim::resultTexts(report).json, table = sim::operationTable(report);
  for (const sim::Op &op : run.program.ops)
    if (op.where == sim::Where::Host) {
      CHECK(json.find("\"name\": \"" + op.name + "\"") != std::string::npos);
      CHECK(table.find("\n" + op.name + " ") != std::string::npos);
    }
  CHECK(json.find("\"host_macs\": 202368") != std::string::npos); // the total
  CHECK(table.find("the host computed: 202,368 multiply-accumulates") != std::string::npos);
}
