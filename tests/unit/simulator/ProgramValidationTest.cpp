// Program::validate: what it refuses, and that what it accepts can run.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/functional/FunctionalEngine.h"

#include "tests/unit/simulator/RandomProgram.h"

#include <doctest/doctest.h>

#include <functional>
#include <random>

using namespace synfire;
using namespace synfire::sim;

namespace {

struct Case {
  const char *message; ///< a part of it
  std::function<void(Program &)> damage;
};

/// Messages of each damage to a sound program.
void checkRefused(const RandomProgram &random, const std::vector<Case> &cases) {
  REQUIRE(random.program.validate() == "");
  for (const Case &c : cases) {
    CAPTURE(std::string(c.message));
    Program damaged = random.program;
    c.damage(damaged);
    const std::string said = damaged.validate();
    CHECK_MESSAGE(said.find(c.message) != std::string::npos, "said: ", said);
  }
}

/// Gives a population the constants of a filter.
void filter(Population &population) {
  NeuronParameters &neuron = population.neuron;
  neuron.currentDecay.assign(neuron.decay.size(), 1);
  neuron.currentShift.assign(neuron.decay.size(), 1);
  neuron.membraneBias.assign(population.columns, 0);
  neuron.currentBits = 16;
  neuron.currentFractionBits = neuron.fractionBits;
}

NeuronParameters scoreNeuron(std::vector<int64_t> thresholds) {
  NeuronParameters neuron;
  neuron.threshold = std::move(thresholds);
  neuron.vInit = neuron.bias = {0};
  return neuron;
}

/// The first population of a kind.
Population &first(Program &p, PopulationKind kind) {
  for (Population &population : p.populations)
    if (population.kind == kind)
      return population;
  return p.populations.front();
}

} // namespace

TEST_CASE("a damaged function is refused with its place, value and limit") {
  const RandomProgram random(4, 6);
  const int32_t att = random.attended;
  using P = Program &;
  checkRefused(
      random,
      {{"no operations", [](P p) { p.ops.clear(); }},
       {"time steps: needs 1 to 4096, has 0", [](P p) { p.timeSteps = 0; }},
       {"max tokens: needs 1 to 24, has 99", [](P p) { p.maxTokens = 99; }},
       {"token id, has 2", [](P p) { p.text.alphabet = "a\xc3\xa9"; }},
       {"host operation 0: the table needs",
        [](P p) {
          alterKernel<host::TokenLookup>(p.hostOps[0], [](auto &lookup) { lookup.rows += 1; });
        }},
       {"host operation 1: input 1 does not stand", [](P p) { p.hostOps[1].inputs = {1}; }},
       {"host operation 1: needs 1 inputs, has 2", [](P p) { p.hostOps[1].inputs = {0, 0}; }},
       {"values that are not spikes to the chip", [](P p) { p.hostOps[2].inputs = {0}; }},
       {"population 99 is not a readout", [](P p) { p.hostOps[3].readout = 99; }},
       {"scale: needs ",
        [](P p) {
          alterKernel<host::Dequantize>(p.hostOps[3], [](auto &d) { d.scale.resize(1); });
        }},
       {"has no kernel", [](P p) { p.hostOps[0].kernel = nullptr; }},
       {"needs no readout, has population 1", [](P p) { p.hostOps[0].readout = 1; }},
       {"operation 999 does not exist", [](P p) { p.populations[1].op = 999; }},
       {"q': population 1: columns: needs 1 to 16777216, has 0",
        [](P p) { p.populations[1].columns = 0; }},
       {"entries, has 2", [](P p) { p.populations[1].neuron.threshold.resize(2); }},
       {"state_bits: needs 2 to 48, has 49", [](P p) { p.populations[1].neuron.stateBits = 49; }},
       {"decay of column 0: needs 0 to", [](P p) { p.populations[1].neuron.decay = {-1}; }},
       {"shift of column 0: needs 0 to 12, has 13",
        [](P p) { p.populations[1].neuron.shift = {13}; }},
       {"current_decay of column 0: needs 0 to 2, has 3",
        [](P p) {
          filter(p.populations[1]);
          p.populations[1].neuron.currentDecay = {3};
          p.populations[1].neuron.currentShift = {1};
        }},
       {"entries, has 0",
        [](P p) {
          filter(p.populations[1]);
          p.populations[1].neuron.membraneBias.clear();
        }},
       {"a readout has no current_decay", [](P p) { filter(first(p, PopulationKind::Readout)); }},
       {"current_bits: needs 0 to 0, has 16",
        [](P p) {
          p.populations[1].neuron.currentDecay.clear();
          p.populations[1].neuron.currentBits = 16;
        }},
       {"current_fraction_bits: needs 0 to 3, has 4",
        [](P p) {
          filter(p.populations[1]);
          p.populations[1].neuron.fractionBits = 3;
          p.populations[1].neuron.currentFractionBits = 4;
        }},
       // 48 bits shifted up by 14 reach 2^61.
       {"current_fraction_bits: needs 13 to 26, has 12",
        [](P p) {
          filter(p.populations[1]);
          p.populations[1].neuron.currentBits = 48;
          p.populations[1].neuron.fractionBits = 26;
          p.populations[1].neuron.currentFractionBits = 12;
        }},
       {"decay of column 1: needs 0 to 1, has 2", // by its own shift
        [](P p) {
          p.populations[1].neuron.decay = {1, 2};
          p.populations[1].neuron.shift = {2, 0};
        }},
       {"decay: needs 33 entries, has 2", [](P p) { p.populations[1].neuron.decay = {1, 1}; }},
       {"only neurons that are on no grid run across tokens",
        [](P p) { first(p, PopulationKind::Readout).neuron.acrossTokens = true; }},
       {"reset value: needs -128 to 127, has 128",
        [](P p) {
          p.populations[1].neuron.stateBits = 8;
          p.populations[1].neuron.vReset = {128};
        }},
       {"the threshold of a soft reset needs at least 0, has -1",
        [](P p) {
          p.populations[1].neuron.softReset = true;
          p.populations[1].neuron.decrement.clear();
          p.populations[1].neuron.threshold[0] = -1;
        }},
       {"decrement: needs at most ",
        [](P p) {
          NeuronParameters &neuron = p.populations[1].neuron;
          neuron.softReset = true;
          neuron.decrement = neuron.threshold;
          ++neuron.decrement.back();
        }},
       {"only a soft reset has a decrement",
        [](P p) {
          p.populations[1].neuron.softReset = false;
          p.populations[1].neuron.decrement.assign(p.populations[1].columns, 0);
        }},
       {"decrement of column 0: needs 0 to ",
        [](P p) {
          p.populations[1].neuron.softReset = true;
          p.populations[1].neuron.decrement.assign(p.populations[1].columns, -1);
        }},
       {"needs -2305843009213693952 to 2305843009213693952, has 4611686018427387904",
        [](P p) { p.populations[1].neuron.bias[0] = int64_t{1} << 62; }},
       {"fraction_bits: needs 0 to 30, has 31",
        [](P p) { p.populations[1].neuron.fractionBits = 31; }},
       {"spike bits: needs 2 to 8, has 9",
        [](P p) { first(p, PopulationKind::GradedSum).spikeBits = 9; }},
       {"a readout cannot leak", [](P p) { first(p, PopulationKind::Readout).neuron.shift = {1}; }},
       {"those of the program, has 1", [](P p) { p.populations[0].hostOp = 1; }},
       {"has 99", [](P p) { p.populations[1].stage = 99; }},
       {"must stand before its target",
        [](P p) { std::swap(p.projections[0].source, p.projections[0].target); }},
       {"must stand before its target",
        [](P p) {
          p.projections[0].source = p.projections[0].target;
          p.projections[0].delays = {0};
        }},
       {"delays: needs 1 or ", [](P p) { p.projections[0].delays.assign(1000, 0); }},
       {"delay: needs 0 to 8 time steps, has 9 (core.max_delay_ticks of 'test-16x16')",
        [](P p) { p.projections[0].delays = {9}; }},
       {"delay: needs 0 to 8 time steps, has -1", [](P p) { p.projections[0].delays = {-1}; }},
       {"delay: needs 0 to 9 time steps, has 10",
        [](P p) {
          p.projections[0].source = p.projections[0].target;
          p.projections[0].delays = {10};
        }},
       {"population 77 or", [](P p) { p.projections[0].source = 77; }},
       {"row stride: needs 0 or ", [](P p) { p.projections[0].rowStride = 1; }},
       {"weights between its populations, has ", [](P p) { p.projections[0].rows += 1; }},
       {"needs a window between the points",
        [](P p) { p.projections[0].encoding = synfire::SynapseEncoding::Conv; }},
       {"weight bits: needs 1 to 32, has 33", [](P p) { p.projections[0].weightBits = 33; }},
       {"bits of ternary weights: needs 2, has ",
        [](P p) { p.projections[0].weightFormat = synfire::WeightFormat::Ternary; }},
       {"heads do not divide", [](P p) { p.attentions[0].heads = 1000; }},
       {"0 heads", [](P p) { p.attentions[0].heads = 0; }},
       {"0 heads of keys", [](P p) { p.attentions[0].keyHeads = 0; }},
       {"heads of keys do not divide", [](P p) { ++p.attentions[0].keyHeads; }},
       {"score neuron: threshold: needs 1 entries, has 2",
        [](P p) { p.attentions[0].score = scoreNeuron({1, 2}); }},
       {"its score neurons need queries, no filter and a start for every token",
        [](P p) {
          p.attentions[0].score = scoreNeuron({1});
          p.attentions[0].score->acrossTokens = true;
        }},
       {"needs binary spikes, has graded ones",
        [](P p) {
          // The graded sum, as wide as the queries, stands behind the attention: move it before.
          p.attentions[0].k = p.attentions[0].q;
          p.attentions[0].keyHeads = p.attentions[0].heads;
          p.attentions[0].target = static_cast<int32_t>(p.populations.size()) - 2;
          p.attentions[0].v = p.attentions[0].target - 1;
          p.populations[p.attentions[0].target].columns = p.populations[p.attentions[0].v].columns;
          Population &to = p.populations[p.attentions[0].target];
          for (const NeuronVector &vector : kNeuronVectors)
            if (vector.stands(to.neuron))
              if (!vector.shared || to.neuron.decay.size() > 1)
                (to.neuron.*vector.member).resize(to.columns);
          p.projections.clear();
        }},
       {"does not lead to population", [att](P p) { p.attentions[0].target = att + 1; }}});
}

TEST_CASE("a damaged mapping is refused with its place, value and limit") {
  const RandomProgram random(4, 6);
  using P = Program &;
  Program flows = random.program;
  const auto addFlow = [](P p, std::vector<int32_t> links, int32_t target = 0) {
    Flow flow;
    flow.population = 0;
    flow.columns = p.populations[0].columns;
    flow.sourceCore = p.hostCore();
    flow.targets.push_back({target, 0, flow.columns, std::move(links)});
    p.flows.push_back(flow);
  };
  // From tile (1, 1) of the 16 x 16 to core 0, which stands on tile (0, 0).
  const auto addPath = [&](P p, std::vector<int32_t> links) {
    p.chip.host.portX = p.chip.host.portY = p.cores.back().x = p.cores.back().y = 1;
    addFlow(p, std::move(links));
  };
  addFlow(flows, {});
  REQUIRE(flows.validate() == "");
  Program path = random.program;
  addPath(path, {17 * 4 + 1, 16 * 4 + 3});
  REQUIRE(path.validate() == "");
  checkRefused(
      random,
      {{"'mesh.width' needs 1 to 1024, has 0", [](P p) { p.chip.mesh.width = 0; }},
       {"does not exist on 'test-16x16'", [](P p) { p.cores[0].x = 16; }},
       {"does not exist on 'test-16x16'", [](P p) { p.cores[0].chip = 1; }},
       {"is listed twice", [](P p) { p.cores[1] = p.cores[0]; }},
       {"host does not stand at its port", [](P p) { p.cores.back().x = 3; }},
       {"host does not stand at its port", [](P p) { p.cores.back().y = 3; }},
       {"population -1 does not exist", [](P p) { p.slices[0].population = -1; }},
       {"have no place on a core", [](P p) { p.slices[0].population = 0; }},
       {"are not among", [](P p) { p.slices[0].columns = 1 << 30; }},
       {"core 99999 does not exist", [](P p) { p.slices[0].core = 99999; }},
       {"does not exist", [](P p) { p.slices[0].core = p.hostCore(); }},
       {"is on no core", [](P p) { p.slices.pop_back(); }},
       {"is on two cores", [](P p) { p.slices.push_back(p.slices[0]); }},
       {"row 0 is missing", [](P p) { p.slices[0].synapses.clear(); }},
       {"stands twice", [](P p) { p.slices[0].synapses.push_back(p.slices[0].synapses[0]); }},
       {"projection 99 does not exist", [](P p) { p.slices[0].synapses[0].projection = 99; }},
       {"bytes of weights, has",
        [](P p) {
          auto &weights = p.slices[0].synapses[0].weights;
          weights = weights.first(weights.size() - 1);
        }},
       {"needs 1, 2 or 4, has 3", [](P p) { p.slices[0].synapses[0].weightBytes = 3; }},
       {"bits of a weight: needs at most 8, has 16", [](P p) { p.projections[0].weightBits = 16; }},
       {"weight: needs -2 to 1, 2 bits, has", [](P p) { p.projections[0].weightBits = 2; }},
       {"weight: needs -1 to 1, 2 bits, has",
        [](P p) {
          p.projections[0].weightBits = 2;
          p.projections[0].weightFormat = WeightFormat::Ternary;
        }},
       {"weight: needs -1 or 1, 1 bit, has",
        [](P p) {
          p.projections[0].weightBits = 1;
          p.projections[0].weightFormat = WeightFormat::Sign;
        }},
       {"weight: needs 0 to 1, 1 bit, has",
        [](P p) {
          p.projections[0].weightBits = 1;
          p.projections[0].weightFormat = WeightFormat::Binary;
        }},
       {"neurons, has 1 (core.neurons of 'test-16x16')", [](P p) { p.chip.core.neurons = 1; }},
       {"must stand there once",
        [](P p) {
          for (Slice &slice : p.slices)
            slice.attention.clear();
        }},
       {"cannot start at core 0",
        [&](P p) {
          addFlow(p, {});
          p.flows[0].sourceCore = 0;
        }},
       {"are not among the flow's",
        [&](P p) {
          addFlow(p, {});
          p.flows[0].targets[0].columns += 1;
        }},
       {"flow 0: target 0: core -1", [&](P p) { addFlow(p, {}, -1); }},
       {"has link (1, 0) -> (2, 0) at tile (0, 0)", [&](P p) { addFlow(p, {4}); }},
       {"has link 65540 at tile (1, 1)", [&](P p) { addPath(p, {65540}); }},
       {"has link -5 at tile (1, 1)", [&](P p) { addPath(p, {-5}); }},
       {"has link (0, 1) -> (-1, 1), which leaves the mesh",
        [&](P p) { addPath(p, {17 * 4 + 1, 16 * 4 + 1}); }},
       {"has link (1, 1) -> (0, 1) twice",
        [&](P p) { addPath(p, {17 * 4 + 1, 16 * 4 + 0, 17 * 4 + 1, 16 * 4 + 3}); }},
       {"has link (0, 1) -> (0, 0), which is faulty (mesh.faulty_links of 'test-16x16')",
        [&](P p) {
          p.chip.mesh.faultyLinks = {{0, 1, Direction::South}};
          addPath(p, {17 * 4 + 1, 16 * 4 + 3});
        }},
       {"core 0 of tile (0, 0) is faulty (mesh.faulty_cores of 'test-16x16')",
        [](P p) { p.chip.mesh.faultyCores = {{0, 0}}; }},
       {"end at tile (0, 1), core 0 of tile (0, 0) is meant",
        [&](P p) { addPath(p, {17 * 4 + 1}); }}});
  // Other ways than dimension order are good where they are whole and cannot deadlock.
  Program around = random.program;
  addPath(around, {17 * 4 + 3, 1 * 4 + 1});
  CHECK(around.validate() == "");
  around.chip.mesh.topology = Topology::Torus;
  around.chip.noc.virtualChannels = 2;
  CHECK(around.validate() == "");
  // (1, 1) -> (15, 1) over the edge, and on to (0, 0) by way of (15, 0).
  around.flows[0].targets[0].links = {17 * 4 + 1, 16 * 4 + 1, 31 * 4 + 3, 15 * 4 + 0};
  CHECK(around.validate() == "");
  around.chip.mesh.topology = Topology::Mesh;
  CHECK(around.validate().find("has link (0, 1) -> (-1, 1), which leaves the mesh") !=
        std::string::npos);
}

namespace {

/// Writes a random number into a random place of a program.
void damage(Program &p, std::mt19937 &random) {
  const auto pick = [&](auto &list) -> auto & { return list[random() % list.size()]; };
  const int32_t values[] = {-1,
                            0,
                            1,
                            2,
                            3,
                            7,
                            8,
                            16,
                            31,
                            63,
                            64,
                            1000,
                            1 << 20,
                            std::numeric_limits<int32_t>::max(),
                            std::numeric_limits<int32_t>::min()};
  const int32_t value = values[random() % std::size(values)];
  const auto set = [&](auto &field) {
    field = static_cast<std::remove_reference_t<decltype(field)>>(value);
  };
  switch (random() % 34) {
  case 0:
    return set(p.timeSteps);
  case 1:
    return set(p.context);
  case 2:
    return set(p.vocabulary);
  case 3:
    return set(p.stages);
  case 4:
    return set(pick(p.hostOps).op);
  case 5:
    return set(pick(p.hostOps).columns);
  case 6:
    return set(pick(p.hostOps).steps);
  case 7:
    return set(pick(p.hostOps).readout);
  case 8:
    return pick(p.hostOps).inputs.push_back(value);
  case 9:
    return pick(p.hostOps).inputs.clear();
  case 10:
    pick(p.hostOps).kernel = pick(p.hostOps).kernel;
    return;
  case 11:
    return set(pick(p.populations).op);
  case 12:
    return set(pick(p.populations).columns);
  case 13:
    return set(pick(p.populations).spikeBits);
  case 14:
    return set(pick(p.populations).stage);
  case 15:
    return set(pick(p.populations).hostOp);
  case 16:
    pick(p.populations).kind = static_cast<PopulationKind>(random() % 4);
    return;
  case 17:
    return set(pick(p.populations).neuron.stateBits);
  case 18:
    return set(pick(p.populations).neuron.fractionBits);
  case 19:
    return set(pick(p.populations).neuron.decay.front());
  case 20:
    return set(pick(p.populations).neuron.shift.front());
  case 21:
    return set(pick(p.projections).source);
  case 22:
    return set(pick(p.projections).target);
  case 23:
    return set(pick(p.projections).rows);
  case 24:
    return set(pick(p.projections).columns);
  case 25:
    return set(pick(p.projections).rowStride);
  case 26:
    pick(p.projections).lastStepOnly ^= true;
    return;
  case 27:
    pick(p.projections).encoding = static_cast<synfire::SynapseEncoding>(random() % 3);
    return;
  case 28:
    return set(pick(p.attentions).heads);
  case 29:
    return set(random() % 2 == 0 ? p.attentions[0].q : p.attentions[0].target);
  case 30:
    return set(pick(p.slices).columns);
  case 31:
    return set(pick(p.slices).population);
  case 32: {
    // Some slices have attention only.
    auto &blocks = pick(p.slices).synapses;
    return blocks.empty() ? blocks.push_back({}) : set(pick(blocks).firstRow);
  }
  default:
    return set(pick(p.slices).firstColumn);
  }
}

} // namespace

TEST_CASE("random damage is refused, or the program still runs without a crash") {
  std::mt19937 random(1);
  int refused = 0, ran = 0;
  for (int round = 0; round < 3000; ++round) {
    RandomProgram sound(static_cast<uint32_t>(round % 30), 7, round % 2 == 0);
    Program damaged = sound.program;
    damage(damaged, random);
    if (!damaged.validate().empty()) {
      ++refused;
      continue;
    }
    ++ran;
    if (damaged.timeSteps > 64)
      continue; // sound, but a long run
    FunctionalEngine engine(damaged, 2);
    ActivityTrace trace(damaged);
    (void)engine.run(sound.tokens(5), trace); // may end with an overflow
  }
  CHECK(refused > 500);
  CHECK(ran > 100);
}
