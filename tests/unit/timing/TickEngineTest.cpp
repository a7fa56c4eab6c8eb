// TickEngine: times and counts of single ticks, worked out by hand. One long file, because all
// cases lay their flows and read their counts with the helpers at its top. SPDX-License-Identifier:
// Apache-2.0 WITH LLVM-exception

#include "tests/unit/simulator/ProgramBuilder.h"

#include "simulator/functional/FunctionalEngine.h"
#include "simulator/host/ResidualKernels.h"
#include "simulator/metrics/SimTime.h"
#include "simulator/timing/TimingEngine.h"

#include <doctest/doctest.h>

#include <set>

using namespace synfire;
using namespace synfire::sim;

namespace {

/// X first, then y, as the network routes.
std::vector<int32_t> linksBetween(const Core &from, const Core &to, int32_t width) {
  std::vector<int32_t> links;
  int32_t x = from.x, y = from.y;
  while (x != to.x) {
    links.push_back((x + y * width) * kDirections + (to.x > x ? 0 : 1));
    x += to.x > x ? 1 : -1;
  }
  while (y != to.y) {
    links.push_back((x + y * width) * kDirections + (to.y > y ? 2 : 3));
    y += to.y > y ? 1 : -1;
  }
  return links;
}

/// Gives every source the flows that its readers ask for.
void connect(Program &program) {
  auto targetsOf = [&](int32_t population) {
    std::set<int32_t> cores;
    for (const Slice &slice : program.slices) {
      for (const SynapseBlock &block : slice.synapses)
        if (program.projections[block.projection].source == population)
          cores.insert(slice.core);
      for (const AttentionBlock &block : slice.attention) {
        const Attention &a = program.attentions[block.attention];
        if (a.q == population || a.k == population || a.v == population)
          cores.insert(slice.core);
      }
    }
    return cores;
  };
  auto add = [&](int32_t population, int32_t first, int32_t columns, int32_t core) {
    Flow flow;
    flow.population = population;
    flow.firstColumn = first;
    flow.columns = columns;
    flow.sourceCore = core;
    for (int32_t target : targetsOf(population))
      flow.targets.push_back(
          {target, first, columns,
           linksBetween(program.cores[core], program.cores[target], program.chip.mesh.width)});
    if (!flow.targets.empty())
      program.flows.push_back(flow);
  };
  for (const Slice &slice : program.slices)
    add(slice.population, slice.firstColumn, slice.columns, slice.core);
  for (size_t p = 0; p < program.populations.size(); ++p)
    if (program.populations[p].kind == PopulationKind::HostSpikes)
      add(static_cast<int32_t>(p), 0, program.populations[p].columns, program.hostCore());
}

Counters simulate(const Program &program, const std::vector<int32_t> &tokens) {
  REQUIRE(program.validate() == "");
  FunctionalEngine engine(program);
  ActivityTrace trace(program);
  REQUIRE(engine.run(tokens, trace) == "");
  const Counters counters = simulateTiming(program, trace, trace.tokens(), {});
  CHECK(checkConservation(counters) == "");
  return counters;
}

int64_t count(const OpCounters &op, Action action) { return op.actions[index(action)]; }

OpId opNamed(const Program &program, const std::string &name) {
  for (size_t i = 0; i < program.ops.size(); ++i)
    if (program.ops[i].name == name)
      return static_cast<OpId>(i);
  FAIL("no op " << name);
  return -1;
}

/// Two host wires into `width` neurons that all fire, then a readout of one
/// column; neurons and readout on tiles of their own, all times prime.
Program chain(int32_t width = 3) {
  ProgramBuilder builder(1);
  const int32_t embed = builder.codes({{1, 1}, {1, 0}, {0, 0}});
  const int32_t a = builder.neurons("a", width, 1);
  const int32_t out = builder.readout("out", {0}, 1.0);
  builder.dense(embed, a, Matrix(2, std::vector<int32_t>(width, 5)));
  builder.dense(a, out, Matrix(width, {1}));
  static std::vector<ProgramBuilder> keep; // the builder owns the weights
  keep.push_back(std::move(builder));
  Program program = keep.back().finish();
  program.chip.mesh = {4, 4, 1};
  program.cores = {{0, 1, 0, 0}, {0, 1, 2, 0}, {0, 0, 0, 1}};
  program.chip.timePs[Action::NeuronUpdate] = 101;
  program.chip.timePs[Action::NeuronIdle] = 0;
  program.chip.timePs[Action::Spike] = 11;
  program.chip.timePs[Action::AxonOut] = 13;
  program.chip.timePs[Action::AxonIn] = 7;
  program.chip.timePs[Action::SynopDense] = 3;
  connect(program);
  return program;
}

} // namespace

TEST_CASE("counts of one token by hand") {
  const Program program = chain();
  const Counters counters = simulate(program, {0});
  CHECK(program.stages == 3);
  CHECK(counters.ticks == 3);
  const OpCounters &embed = counters.ops[opNamed(program, "embed.repeat")];
  CHECK(embed.spikesOut == 2);
  CHECK(embed.packets == 2);
  CHECK(embed.packetHops == 2); // the host hangs on (0, 0), a lives on (1, 0)
  CHECK(count(embed, Action::IoBits) == 2 * program.chip.noc.packetHeaderBits);
  CHECK(embed.ioTicks == 1);
  const OpCounters &a = counters.ops[opNamed(program, "a")];
  CHECK(a.spikesIn == 2);
  CHECK(a.accumulates == 2 * 3);
  CHECK(a.neuronSteps == 3);
  CHECK(embed.neuronSteps == 2);
  CHECK(a.spikesOut == 3);
  CHECK(count(a, Action::AxonIn) == 2);
  CHECK(count(a, Action::SynopDense) == 6);
  CHECK(count(a, Action::NeuronUpdate) == 3);
  CHECK(count(a, Action::NeuronIdle) == 6); // two of three ticks
  CHECK(a.packets == 3);
  CHECK(a.packetHops == 6);
  CHECK(count(a, Action::HopNorth) == 6);
  const OpCounters &out = counters.ops[opNamed(program, "out")];
  CHECK(count(out, Action::SynopDense) == 3);
  CHECK(out.spikesIn == 3);
  CHECK(out.accumulates == 3);
  CHECK(out.packets == 0);
  const OpCounters &read = counters.ops[opNamed(program, "out.dequantize")];
  CHECK(count(read, Action::IoBits) == program.populations[2].neuron.stateBits);
}

TEST_CASE("time of one token by hand") {
  const Program program = chain();
  const Counters counters = simulate(program, {0});
  // Tick 0: both packets leave at 0; the link takes 1000 ps each, one after
  // the other; the first is looked up in 7 + 3 * 3 ps, well before the second
  // arrives at 2000.
  const int64_t tick0 = 2000 + 16;
  // Tick 1: neuron i fires at (i + 1) * 101 + (i + 1) * 11 + i * 13, its packet
  // leaves 13 later; the first link is taken for 1000 ps by each in turn, so
  // the last packet arrives after 125 + 3 * 1000 + 1000; 7 + 3 to look it up.
  const int64_t tick1 = 125 + 3000 + 1000 + 10;
  // Tick 2: the readout updates its one column.
  const int64_t tick2 = 101;
  CHECK(counters.timePs == tick0 + tick1 + tick2 + 3 * program.chip.barrierPs(2));
  CHECK(counters.cores[0].busyPs == 2 * 16 + 3 * (101 + 11 + 13));
}

TEST_CASE("a silent token costs updates and barriers only") {
  const Program program = chain();
  const Counters counters = simulate(program, {2});
  CHECK(counters.total.spikesOut == 0);
  CHECK(counters.total.packets == 0);
  CHECK(counters.ops[opNamed(program, "embed.repeat")].ioTicks == 0);
  CHECK(count(counters.total, Action::NeuronUpdate) == 4);
  CHECK(counters.timePs == 3 * 101 + 101 + 3 * program.chip.barrierPs(2));
}

TEST_CASE("a chip that updates touched neurons only visits the others") {
  Program program = chain();
  program.chip.core.updatesAllNeurons = false;
  program.chip.timePs[Action::NeuronIdle] = 17;
  const Counters silent = simulate(program, {2});
  CHECK(count(silent.total, Action::NeuronUpdate) == 1); // the readout
  CHECK(count(silent.total, Action::NeuronIdle) == 3 * 3 + 2);
  // Three ticks of three idle neurons; the readout, on another core, is slower
  // than those in its own tick.
  CHECK(silent.timePs == 2 * 3 * 17 + 101 + 3 * program.chip.barrierPs(2));
  const Counters busy = simulate(program, {0});
  CHECK(count(busy.total, Action::NeuronUpdate) == 4);
}

TEST_CASE("every token adds its own ticks: sums over tokens are sums of runs") {
  const Program program = chain();
  const Counters all = simulate(program, {0, 1, 2, 1});
  int64_t timePs = 0, synops = 0;
  for (int32_t token : {0, 1, 2, 1}) {
    const Counters one = simulate(program, {token});
    timePs += one.timePs;
    synops += count(one.total, Action::SynopDense);
  }
  CHECK(all.timePs == timePs);
  CHECK(count(all.total, Action::SynopDense) == synops);
}

TEST_CASE("a clocked chip ends its ticks on clock edges") {
  Program program = chain(1);
  program.chip.clockPeriodPs = 1000;
  program.chip.noc.routerStages = 4;
  program.chip.noc.linkPs = 1000;
  const Counters counters = simulate(program, {1});
  // Host to (1, 0): two routers, 5 * 2 + 2 cycles, then 7 + 3 ps: 13 cycles.
  // Tick 1: ready at 125 ps, so offered at 1 us; three routers, 17 cycles, 10 ps:
  // 19 cycles. Tick 2: 101 ps are one cycle.
  CHECK(counters.timePs == (13 + 19 + 1) * 1000 + 3 * program.chip.barrierPs(2));
}

TEST_CASE("attention: stores, scores and values in closed form") {
  ProgramBuilder builder(1);
  const int32_t embed = builder.codes({{1, 1, 1, 1}, {1, 0, 0, 1}});
  const int32_t att = builder.neurons("att", 4, 1);
  builder.attention(embed, embed, embed, att, 2, true);
  Program program = builder.finish();
  connect(program);
  const Counters counters = simulate(program, {0, 1, 1});
  const OpCounters &ssa = counters.ops[opNamed(program, "ssa0")];
  // Every spike is a K and a V: 4 + 2 + 2 spikes, stored twice.
  CHECK(count(ssa, Action::AttentionStore) == 16);
  CHECK(count(ssa, Action::AxonIn) == 24);
  // Query spikes times visible tokens: 4 * 1 + 2 * 2 + 2 * 3.
  CHECK(count(ssa, Action::AttentionScore) == 14);
  // Head 0 and head 1 share a bit with every visible token: 2 heads of 2
  // columns, 1 + 2 + 3 tokens.
  CHECK(count(ssa, Action::AttentionValue) == 2 * 2 * 6);
  CHECK(ssa.scores == 2 * 6);
  CHECK(ssa.scoresNotZero == 2 * 6);
  CHECK(ssa.accumulates == 14 + 24);
}

TEST_CASE("time of attention by hand") {
  ProgramBuilder builder(1);
  const int32_t embed = builder.codes({{1, 1, 1, 1}});
  const int32_t att = builder.neurons("att", 4, 1);
  builder.attention(embed, embed, embed, att, 2, true);
  Program program = builder.finish();
  connect(program);
  program.chip.timePs[Action::AxonIn] = 7;
  program.chip.timePs[Action::AttentionStore] = 19;
  program.chip.timePs[Action::AttentionScore] = 5;
  program.chip.timePs[Action::AttentionValue] = 17;
  const Counters counters = simulate(program, {0});
  // Tick 0: four packets, at once; each is a Q, a K and a V, of which two are stored.
  // Tick 1: two heads add two query spikes to a score and this to two columns.
  CHECK(counters.timePs == 4 * (3 * 7 + 2 * 19) + (4 * 5 + 4 * 17) + 2 * program.chip.barrierPs(1));
}

TEST_CASE("the host's latency and bandwidth are part of its ticks") {
  Program program = chain();
  program.chip.noc.packetHeaderBits = 20;
  program.chip.noc.flitBits = 20;
  program.chip.host.latencyPs = 50'000;
  program.chip.host.bandwidthBitsPerNs = 3; // 6666.7 ps for a packet, 10666.7 ps for 32 bits
  const int64_t read = 50'000 + 10'667, barriers = 3 * program.chip.barrierPs(2);
  const Counters counters = simulate(program, {0});
  // Tick 0: the second packet leaves after both, crosses one link and is looked up. Ticks 1 and 2
  // are those of "time of one token by hand", and then the host reads.
  const int64_t sent = 50'000 + 2 * 6'667;
  CHECK(counters.timePs == sent + 1000 + 16 + 4135 + 101 + read + barriers);
  CHECK(counters.cores.back().sendBusyPs == sent);
  CHECK(counters.cores.back().receiveBusyPs == read);
  CHECK(counters.cores.back().busyPs == sent + read);
  // The host looks whether a token has spikes even when it has none.
  CHECK(simulate(program, {2}).timePs == 50'000 + 303 + 101 + read + barriers);
}

TEST_CASE("populations that wait for their tick take the time of an idle neuron") {
  Program program = chain();
  program.chip.timePs[Action::NeuronIdle] = 401;
  const Counters counters = simulate(program, {2});
  // Tick 0: three idle neurons; tick 1: the idle readout; tick 2: three idle neurons.
  CHECK(counters.timePs == 3 * 401 + 401 + 3 * 401 + 3 * program.chip.barrierPs(2));
}

TEST_CASE("a packet that does not fill its last flit takes it whole") {
  Program program = chain();
  program.chip.noc.packetHeaderBits = 47;
  program.chip.noc.flitBits = 24;
  const OpCounters &a = simulate(program, {0}).ops[opNamed(program, "a")];
  CHECK(a.packetHops == 6);
  CHECK(count(a, Action::HopNorth) == 2 * 6);
  CHECK(a.payloadBits == 3 * 47);
}

TEST_CASE("a core that sends while it receives is busy once") {
  Program program = chain();
  program.slices[1].core = 0;
  program.cores = {{0, 1, 0, 0}, {0, 0, 0, 1}};
  program.flows.clear();
  connect(program);
  const CoreCounters core = simulate(program, {0}).cores[0];
  CHECK(core.sendBusyPs == 3 * 125 + 101);
  CHECK(core.receiveBusyPs == 2 * 16 + 3 * 10);
  // In tick 1 the first two packets are looked up while neurons are updated, the third after them.
  CHECK(core.busyPs == 2 * 16 + 3 * 125 + 10 + 101);
}

TEST_CASE("packets are looked up as they arrive, not as they leave") {
  ProgramBuilder builder(1);
  const int32_t embed = builder.codes({{1}});
  const int32_t far = builder.neurons("far", 1, 1), near = builder.neurons("near", 1, 1);
  const int32_t out = builder.readout("out", {0}, 1.0);
  builder.dense(embed, far, {{5}});
  builder.dense(embed, near, {{5}});
  builder.dense(far, out, {{1}});
  builder.dense(near, out, {{1}});
  Program program = builder.finish();
  program.chip.mesh = {4, 4, 1};
  program.cores = {{0, 1, 0, 0}, {0, 1, 1, 0}, {0, 1, 2, 0}, {0, 0, 0, 1}};
  program.chip.timePs[Action::AxonIn] = 7;
  connect(program);
  // Tick 0: the second packet of the host waits for the first, then crosses two links. Tick 1: the
  // near packet is looked up at 1000, long before the far one arrives at 2000.
  CHECK(simulate(program, {0}).timePs == 3007 + 2007 + 3 * program.chip.barrierPs(3));
}

TEST_CASE("injection and ejection take their own times") {
  Program program = chain(1);
  program.chip.noc.injectPs = 300;
  program.chip.noc.ejectPs = 700;
  CHECK(simulate(program, {1}).timePs == (300 + 1000 + 700 + 10) + (125 + 300 + 2000 + 700 + 10) +
                                             101 + 3 * program.chip.barrierPs(2));
}

TEST_CASE("the barrier waits for every tile in use") {
  Program program = chain();
  const int64_t before = simulate(program, {0}).timePs - 3 * program.chip.barrierPs(2);
  program.chip.barrier = {{1, 1000}, {2, 5000}, {3, 9000}};
  CHECK(simulate(program, {0}).timePs == before + 3 * 5000);
}

TEST_CASE("a graded spike of the host crosses with its payload") {
  ProgramBuilder builder(1);
  builder.codes({{1}});
  HostOp twice;
  twice.columns = 1;
  twice.inputs = {builder.newestHostOp(), builder.newestHostOp()};
  twice.kernel = std::make_shared<host::Add>();
  const int32_t spikes = builder.hostSpikes(builder.hostOp("twice", twice), 2);
  builder.dense(spikes, builder.readout("out", {0}, 1.0), {{3}});
  Program program = builder.finish();
  connect(program);
  const Counters counters = simulate(program, {0});
  const OpCounters &sent = counters.ops[opNamed(program, "twice")];
  CHECK(sent.spikesIn == 1); // both times the same spike
  CHECK(count(sent, Action::IoBits) == program.chip.noc.packetHeaderBits + 2);
  CHECK(sent.payloadBits == program.chip.noc.packetHeaderBits + 2);
}

TEST_CASE("a spike that is late for the last step is received, and adds nothing") {
  for (const bool byColumn : {false, true}) {
    ProgramBuilder builder(3);
    const int32_t embed = builder.codes({{1, 1}});
    const int32_t out = builder.readout("out", {0, 0, 0}, 1.0);
    const int32_t read = builder.dense(embed, out, {{1, 1, 1}, {1, 1, 1}});
    builder.delay(read, byColumn ? std::vector<int32_t>{2, 0} : std::vector<int32_t>{1});
    Program program = builder.finish();
    connect(program);
    const Counters counters = simulate(program, {0});
    const OpCounters &counted = counters.ops[opNamed(program, "out")];
    // Of two spikes in each of three steps, one of each is late, or two of the first.
    CHECK(counted.spikesIn == 6);
    CHECK(count(counted, Action::AxonIn) == 6);
    CHECK(count(counted, Action::SynopDense) == 4 * 3);
    CHECK(counted.accumulates == 4 * 3);
  }
}

TEST_CASE("a graded spike costs by its value what is not late for the last step") {
  ProgramBuilder builder(3);
  builder.codes({{1, 1}});
  HostOp twice;
  twice.steps = 3;
  twice.columns = 2;
  twice.inputs = {builder.newestHostOp(), builder.newestHostOp()};
  twice.kernel = std::make_shared<host::Add>();
  const int32_t spikes = builder.hostSpikes(builder.hostOp("twice", twice), 2);
  const int32_t out = builder.readout("out", {0}, 1.0);
  builder.delay(builder.dense(spikes, out, {{3}, {3}}), {2, 0});
  Program program = builder.finish();
  connect(program);
  // One spike of the first column and three of the second, each of value 2.
  const OpCounters added = simulate(program, {0}).ops[opNamed(program, "out")];
  CHECK(count(added, Action::SynopDense) == 4 * 2);
  CHECK(added.accumulates == 4 * 2);
  program.chip.core.gradedSynop = GradedSynop::Multiply;
  const OpCounters multiplied = simulate(program, {0}).ops[opNamed(program, "out")];
  CHECK(count(multiplied, Action::SynopMultiply) == 4);
  CHECK(multiplied.products == 4);
  CHECK(multiplied.accumulates == 0);
}

TEST_CASE("where each step has rows of its own, a late spike reads those of a later one") {
  ProgramBuilder builder(2);
  const int32_t embed = builder.codes({{1}});
  const int32_t out = builder.readout("out", {0}, 1.0);
  builder.delay(builder.dense(embed, out, {{5}, {7}}, /*rowPerStep=*/true), {1});
  Program program = builder.finish();
  connect(program);
  const Counters counters = simulate(program, {0});
  const OpCounters &counted = counters.ops[opNamed(program, "out")];
  CHECK(count(counted, Action::AxonIn) == 1); // there is no row for the other
  CHECK(count(counted, Action::SynopDense) == 1);
}

TEST_CASE("a sum of spikes delivers them and accumulates nothing") {
  ProgramBuilder builder(1);
  const int32_t embed = builder.codes({{1, 1}});
  const int32_t sum = builder.gradedSum("sum", 2, 2);
  builder.diagonal(embed, sum, {1, 1});
  builder.dense(sum, builder.readout("out", {0}, 1.0), {{1}, {1}});
  Program program = builder.finish();
  connect(program);
  const Counters counters = simulate(program, {0});
  const OpCounters &added = counters.ops[opNamed(program, "sum")];
  CHECK(added.spikesIn == 2);
  CHECK(added.accumulates == 0);
  CHECK(count(added, Action::SynopSparse) == 2);
  CHECK(counters.ops[opNamed(program, "out")].accumulates == 2);
}

TEST_CASE(
    "a graded spike reads a weight as often as its value says, or is multiplied with it once") {
  // Spikes of values 2 and 1 into three columns, then the sum of the columns' spikes.
  ProgramBuilder builder(1);
  const int32_t embed = builder.codes({{1, 0}, {1, 1}});
  const int32_t sum = builder.gradedSum("sum", 2, 2);
  builder.diagonal(embed, sum, {2, 1});
  builder.dense(sum, builder.readout("out", {0, 0, 0}, 1.0), {{1, 0, 5}, {0, 0, 7}});
  Program program = builder.finish();
  connect(program);
  program.chip.timePs[Action::SynopDense] = 3;
  program.chip.timePs[Action::SynopMultiply] = 5;
  program.chip.core.gradedSpikes = true;
  program.chip.core.gradedBits = 2;
  const auto out = [&] {
    const Counters counters = simulate(program, {1});
    return counters.ops[opNamed(program, "out")];
  };
  CHECK(count(out(), Action::SynopDense) == 3 * 3);
  CHECK(count(out(), Action::SynopMultiply) == 0);
  CHECK(out().accumulates == 3 * 3);
  CHECK(out().products == 0);
  CHECK(out().spikesIn == 2);
  const int64_t accumulating = simulate(program, {1}).timePs;
  program.chip.core.gradedSynop = GradedSynop::Multiply;
  CHECK(count(out(), Action::SynopDense) == 0);
  CHECK(count(out(), Action::SynopMultiply) == 2 * 3);
  CHECK(out().accumulates == 0);
  CHECK(out().products == 2 * 3);
  // The sum itself adds spikes of one bit, and does so as before.
  CHECK(count(simulate(program, {1}).ops[opNamed(program, "sum")], Action::SynopSparse) == 2);
  CHECK(simulate(program, {1}).timePs != accumulating);
}

TEST_CASE("a spike reads the weights of an indexed row that are not 0") {
  ProgramBuilder builder(1);
  const int32_t embed = builder.codes({{1, 0, 0}, {0, 1, 0}, {1, 1, 1}});
  builder.dense(embed, builder.readout("out", {0, 0, 0, 0}, 1.0),
                {{1, 0, 5, 2}, {0, 0, 0, 0}, {0, 7, 0, 0}});
  Program program = builder.finish();
  connect(program);
  program.slices[0].synapses[0].indexed = true;
  const auto out = [&](int32_t token) {
    return simulate(program, {token}).ops[opNamed(program, "out")];
  };
  CHECK(count(out(0), Action::SynopSparse) == 3);
  CHECK(count(out(1), Action::SynopSparse) == 0);
  CHECK(count(out(2), Action::SynopSparse) == 4);
  CHECK(count(out(2), Action::SynopDense) == 0);
  CHECK(count(out(2), Action::AxonIn) == 3);
  CHECK(out(2).accumulates == 3 * 4); // as the model defines it
}

TEST_CASE("a time that int64 picoseconds cannot tell is an error, never a wrong number") {
  auto problem = [](const Program &program) -> std::string {
    FunctionalEngine engine(program);
    ActivityTrace trace(program);
    REQUIRE(engine.run(std::vector<int32_t>{0, 1, 2}, trace) == "");
    try {
      simulateTiming(program, trace, trace.tokens(), {});
    } catch (const TimeOverflow &error) {
      return error.what();
    }
    return "";
  };
  CHECK(problem(chain()) == "");
  const auto mention = [&](const char *part, auto &&change) {
    Program program = chain();
    change(program.chip);
    CHECK(problem(program).find(part) != std::string::npos);
  };
  using Chip = ChipModel &;
  mention("neuron_update", [](Chip c) { c.timePs[Action::NeuronUpdate] = int64_t{1} << 60; });
  mention("synop_dense", [](Chip c) { c.timePs[Action::SynopDense] = INT64_MAX / 2; });
  mention("axon_out", [](Chip c) { c.timePs[Action::AxonOut] = int64_t{3} << 60; });
  mention("host.latency", [](Chip c) { c.host.latencyPs = INT64_MAX; });
  mention("host.bandwidth", [](Chip c) { c.host.bandwidthBitsPerNs = 1e-300; });
  mention("noc", [](Chip c) { // the longest hop that the network takes, for very long packets
    c.noc.hopPs = {1, 1, int64_t{1} << 44, 1};
    c.noc.packetHeaderBits = 1 << 20;
    c.noc.flitBits = 1;
  });
  mention("barrier", [](Chip c) { c.barrier = {{1, int64_t{1} << 60}}; });
}
