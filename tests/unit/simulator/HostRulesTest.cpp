// Host ops between the chip's stages: what is computed, and what is refused.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/functional/FunctionalEngine.h"
#include "simulator/host/ActivationKernels.h"
#include "simulator/host/AttentionKernels.h"
#include "simulator/host/NeuronKernels.h"
#include "simulator/host/NormKernels.h"
#include "simulator/host/ResidualKernels.h"
#include "tests/unit/simulator/ProgramBuilder.h"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <random>

using namespace synfire::sim;

namespace {

constexpr int32_t kSteps = 3;

/// Codes -> readout per step -> softmax attention of the host with itself ->
/// layer norm -> neurons of the host -> neurons of the chip -> logits.
struct Hybrid {
  Hybrid() : builder(kSteps, 16) {
    const int32_t codes = builder.codes({{1, 0, 1}, {0, 1, 1}, {1, 1, 0}});
    const int32_t fc = builder.stepReadout("fc", {1, -1}, 0.5);
    builder.dense(codes, fc, {{3, 1}, {-2, 4}, {1, 1}});
    const auto opOf = [](std::shared_ptr<const HostKernel> kernel, std::vector<int32_t> inputs) {
      HostOp op;
      op.kernel = std::move(kernel);
      op.columns = 2;
      op.steps = kSteps;
      op.inputs = std::move(inputs);
      return op;
    };
    dequantized = builder.newestHostOp();
    auto soft = std::make_shared<host::SoftmaxAttention>();
    soft->causal = true;
    attention = builder.hostOp("soft", opOf(soft, {dequantized, dequantized, dequantized}));
    auto layer = std::make_shared<host::LayerNorm>();
    layer->weight = {1, 2};
    layer->bias = {0.25, 0};
    layer->eps = 1e-5;
    norm = builder.hostOp("norm", opOf(layer, {attention}));
    auto lif = std::make_shared<host::Neuron>();
    lif->thresholds = {0.5, 0.5};
    neuron = builder.hostOp("lif", opOf(lif, {norm}));
    spikes = builder.hostSpikes(neuron);
    const int32_t chip = builder.neurons("chip", 2, 3);
    builder.dense(spikes, chip, {{2, 1}, {1, 3}});
    builder.dense(chip, builder.readout("head", {0, 0, 0}, 0.25), {{1, 2, 3}, {4, 5, 6}});
    program = builder.finish();
  }

  ProgramBuilder builder;
  int32_t dequantized = 0, attention = 0, norm = 0, neuron = 0, spikes = 0;
  Program program;
};

/// The same with a cycle: the chip's neurons feed the readout, or only themselves, one step late.
Program withCycle(Hybrid &hybrid, bool throughHost) {
  Program program = hybrid.program;
  const int32_t chip = hybrid.spikes + 1;
  Projection back = program.projections[1]; // two columns to two
  back.source = chip;
  back.target = throughHost ? hybrid.spikes - 1 : chip;
  back.delays = {1};
  program.projections.push_back(back);
  for (Slice &slice : program.slices)
    if (slice.population == back.target) {
      for (const Slice &other : hybrid.program.slices)
        if (other.population == chip)
          slice.synapses.push_back(other.synapses.front());
      slice.synapses.back().projection = static_cast<int32_t>(program.projections.size()) - 1;
    }
  return program;
}

using KernelMaker = std::function<std::shared_ptr<const HostKernel>(int32_t)>;

/// Kernels of many kinds, one of whose numbers is any.
std::vector<KernelMaker> damagedKernels() {
  const auto of = []<typename Kernel>(Kernel kernel, auto change) -> KernelMaker {
    return [=](int32_t value) {
      auto made = std::make_shared<Kernel>(kernel);
      change(*made, value);
      return made;
    };
  };
  const auto nothing = [](auto &, int32_t) {};
  host::TokenLookup lookup;
  lookup.table = {1, 0, 1, 0, 1, 1};
  lookup.rows = 3;
  lookup.columns = 2;
  host::Dequantize dequantize;
  dequantize.scale = {0.5, 0.25};
  host::ClipFloor clip;
  clip.thresholds = {1, 2};
  return {of(lookup, [](auto &k, int32_t value) { k.rows = value; }),
          of(lookup, [](auto &k, int32_t value) { k.columns = value; }),
          of(dequantize, [](auto &k, int32_t value) { k.fractionBits = value; }),
          of(clip, [](auto &k, int32_t value) { k.levels = value; }),
          of(host::SoftmaxAttention(), [](auto &k, int32_t value) { k.heads = value; }),
          of(host::SoftmaxAttention(), [](auto &k, int32_t value) { k.kvHeads = value; }),
          of(host::Slice(), [](auto &k, int32_t value) { k.from = value; }),
          of(host::Code(), [](auto &k, int32_t value) { k.size = value; }),
          of(host::Recombine(), nothing),
          of(host::Concat(), nothing),
          of(host::Repeat(), nothing),
          of(host::Binarize(), nothing),
          of(host::Add(), nothing),
          of(host::Logic(), nothing),
          of(host::Gelu(), nothing),
          of(host::Softmax(), nothing)};
}

} // namespace

TEST_CASE("the host sends into a cycle what it knows before, and nothing that it reads in it") {
  Hybrid hybrid;
  CHECK(withCycle(hybrid, false).validate() == "");
  const std::string said = withCycle(hybrid, true).validate();
  CHECK_MESSAGE(said.find("'lif': population 2 is sent by the host after it has read population 1; "
                          "both are of the cycle of populations 1 to 3") != std::string::npos,
                "said: ", said);
}

TEST_CASE("the host computes between two stages of the chip") {
  const Hybrid hybrid;
  const Program &p = hybrid.program;
  REQUIRE(p.validate() == "");
  // codes 0, readout 1, the host's spikes 2, the chip's neurons 3, logits 4.
  std::vector<int32_t> stages;
  for (const Population &population : p.populations)
    stages.push_back(population.stage);
  CHECK(stages == std::vector<int32_t>{0, 1, 2, 3, 4});
  FunctionalEngine engine(p);
  ActivityTrace trace(p);
  REQUIRE(engine.run(std::vector<int32_t>{0, 2}, trace) == "");
  // Token 0: integers (1 + 3 + 1, -1 + 1 + 1) = (5, 1), one visible token, so
  // reals (2.5, 0.5): normed (1.25, -2) to 1e-4; column 0 fires, in every step.
  CHECK(trace.readout(1, 0, 2)[0] == 5);
  CHECK(trace.readout(1, 0, 2)[1] == 1);
  for (int32_t step = 0; step < kSteps; ++step)
    CHECK(trace.plane(hybrid.spikes, 0, step)[0] == 0b01);
  // The chip's column 0 gets 2 per step and fires at 4, column 1 gets 1: fires at 3.
  CHECK(trace.plane(3, 0, 0)[0] == 0b00);
  CHECK(trace.plane(3, 0, 1)[0] == 0b01);
  CHECK(trace.plane(3, 0, 2)[0] == 0b10);
  CHECK(engine.logits(trace, 0) == std::vector<double>{1.25, 1.75, 2.25});
}

TEST_CASE("host ops that do not fit are refused with their place, value and limit") {
  const Hybrid hybrid;
  using P = Program &;
  const auto refused = [&](const std::string &message, auto damage) {
    Program damaged = hybrid.program;
    damage(damaged);
    const std::string said = damaged.validate();
    CHECK_MESSAGE(said.find(message) != std::string::npos, "said: ", said);
  };
  const auto at = [](P p, int32_t index) -> HostOp & { return p.hostOps[index]; };
  refused("'fc.dequantize': host operation 3: needs 3 x 2 values, those of its readout, has 1 x 2",
          [&](P p) { at(p, hybrid.dequantized).steps = 1; });
  refused("'norm': host operation 5: needs 3 x 2 values, those that its inputs make, has 3 x 3",
          [&](P p) { at(p, hybrid.norm).columns = 3; });
  refused("time steps: needs 1 to 4096, has 0", [&](P p) { at(p, hybrid.norm).steps = 0; });
  refused("weight: needs 2 entries, one per column, has 1", [&](P p) {
    alterKernel<host::LayerNorm>(at(p, hybrid.norm), [](auto &k) { k.weight = {1}; });
  });
  refused("bias has an entry that is not finite", [&](P p) {
    alterKernel<host::LayerNorm>(at(p, hybrid.norm), [](auto &k) { k.bias[1] = std::nan(""); });
  });
  refused("has a constant that is not finite", [&](P p) {
    alterKernel<host::Neuron>(at(p, hybrid.neuron),
                              [](auto &k) { k.equations[0].vReset = 1 / 0.0; });
  });
  refused("thresholds: needs 2 entries, one per column, has 0", [&](P p) {
    alterKernel<host::Neuron>(at(p, hybrid.neuron), [](auto &k) { k.thresholds.clear(); });
  });
  refused("3 heads over 1 of keys do not divide 2 columns", [&](P p) {
    alterKernel<host::SoftmaxAttention>(at(p, hybrid.attention), [](auto &k) { k.heads = 3; });
  });
  refused("queries, keys and values: needs 2, 2 and 2 columns, has 2, 3 and 2",
          [&](P p) { at(p, hybrid.attention).inputs[1] = 2; });
  refused("needs 3 inputs, has 2", [&](P p) { at(p, hybrid.attention).inputs.pop_back(); });
  refused("values that are not spikes to the chip", [&](P p) {
    at(p, hybrid.neuron) = at(p, hybrid.norm);
    at(p, hybrid.neuron).inputs = {hybrid.norm};
  });
  refused("'lif': population 2: is in stage 1, the readouts that it depends on in 1",
          [&](P p) { p.populations[hybrid.spikes].stage = 1; });
  refused("needs 3 columns, those of its host operation, has 2",
          [&](P p) { p.populations[hybrid.spikes].hostOp = 2; });
  refused("spike bits: needs 1 to 8, has 0",
          [&](P p) { p.populations[hybrid.spikes].spikeBits = 0; });
  refused("only a readout is read per step", [&](P p) { p.populations[3].perStep = true; });
  refused("the result, host operation 3, is not one row per token",
          [&](P p) { p.result = hybrid.dequantized; });
  refused("the result, host operation 99", [&](P p) { p.result = 99; });
  // A readout that only the whole token fills cannot feed the chip again.
  refused("enters the chip after its time steps were recombined", [&](P p) {
    p.populations[1].perStep = false;
    p.populations[1].neuron.decay = {1};
    at(p, hybrid.dequantized).steps = 1;
    for (int32_t i : {hybrid.attention, hybrid.norm})
      at(p, i).steps = 1;
    HostOp &lif = at(p, hybrid.neuron);
    lif.kernel = std::make_shared<host::Binarize>();
    lif.steps = 1;
    p.hostOps.push_back(lif);
    p.hostOps.back().kernel = std::make_shared<host::Repeat>();
    p.hostOps.back().steps = kSteps;
    p.hostOps.back().inputs = {hybrid.neuron};
    std::swap(p.hostOps[p.hostOps.size() - 1], p.hostOps[p.hostOps.size() - 2]);
    p.result = static_cast<int32_t>(p.hostOps.size()) - 1;
    p.populations[hybrid.spikes].hostOp = p.result - 1;
  });
  refused("'lif': population 2 stands before population 4, which the host reads first", [&](P p) {
    std::swap(p.hostOps.back(), at(p, hybrid.attention)); // the logits' dequantize
    p.result = -1;
    HostOp &moved = p.hostOps.back();
    at(p, hybrid.norm).inputs = {hybrid.dequantized};
    moved.inputs = {hybrid.dequantized, hybrid.dequantized, hybrid.dequantized};
  });
  refused("needs 3 columns for codes of 6 indices, has 4", [&](P p) {
    HostOp &code = at(p, 0);
    code.columns = 4;
    auto binary = std::make_shared<host::Code>();
    binary->form = host::Code::Form::Binary;
    binary->size = 6;
    code.kernel = std::move(binary);
  });
  refused("the host needs at most 67108864 values per token, has ", [&](P p) {
    HostOp repeat = at(p, 2);
    repeat.kernel = std::make_shared<host::Concat>();
    for (int32_t doubled = 0; doubled < 23; ++doubled) {
      const int32_t last = static_cast<int32_t>(p.hostOps.size()) - 1;
      repeat.inputs = {doubled == 0 ? 2 : last, doubled == 0 ? 2 : last};
      repeat.columns *= 2;
      if (repeat.columns > 1 << 24)
        break;
      p.hostOps.push_back(repeat);
    }
  });
}

TEST_CASE("a result that is not finite ends the run at its op") {
  Hybrid hybrid;
  alterKernel<host::LayerNorm>(hybrid.program.hostOps[hybrid.norm], [](host::LayerNorm &norm) {
    norm.weight[1] = 1e308;
    norm.bias[1] = -1.7e308;
  });
  REQUIRE(hybrid.program.validate() == "");
  FunctionalEngine engine(hybrid.program);
  ActivityTrace trace(hybrid.program);
  CHECK(engine.run(std::vector<int32_t>{0}, trace) ==
        "'norm': column 1, token 0, time step 0: the result needs a finite number, has -inf; train "
        "or export the model again");
  CHECK(trace.tokens() == 0);
}

TEST_CASE("random damage to host ops is refused, or the program still runs") {
  std::mt19937 random(9);
  int refused = 0, ran = 0;
  const int32_t values[] = {-1, 0, 1, 2, 3, 4, 6, 8, 1 << 20, std::numeric_limits<int32_t>::max()};
  const Hybrid hybrid;
  const auto kernels = damagedKernels();
  for (int round = 0; round < 4000; ++round) {
    Program damaged = hybrid.program;
    HostOp &op = damaged.hostOps[random() % damaged.hostOps.size()];
    const int32_t value = values[random() % std::size(values)];
    int32_t *fields[] = {&op.columns,
                         &op.steps,
                         &op.readout,
                         &damaged.result,
                         &damaged.populations[2].hostOp,
                         &damaged.populations[2].spikeBits,
                         &damaged.populations[2].stage};
    switch (random() % 4) {
    case 0:
      op.kernel = kernels[random() % kernels.size()](value);
      break;
    case 1:
      if (!op.inputs.empty())
        op.inputs[random() % op.inputs.size()] = value;
      break;
    default:
      *fields[random() % std::size(fields)] = value;
    }
    if (!damaged.validate().empty()) {
      ++refused;
      continue;
    }
    ++ran;
    FunctionalEngine engine(damaged, 2);
    ActivityTrace trace(damaged);
    (void)engine.run(std::vector<int32_t>{0, 1, 2, 1}, trace);
    (void)engine.logits(trace, 0);
  }
  CHECK(refused > 1000);
  CHECK(ran > 300);
}
