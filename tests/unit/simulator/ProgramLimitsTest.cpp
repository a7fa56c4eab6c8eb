// Program::validate: what stands at the end of a range is accepted, and the next number is not.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/host/ResidualKernels.h"
#include "simulator/program/InputBound.h"
#include "tests/unit/simulator/ProgramBuilder.h"

#include <doctest/doctest.h>

#include <functional>

using namespace synfire::sim;

namespace {

/// One neuron of every kind: two wires, two neurons, their graded sum, a readout.
struct EveryKind {
  EveryKind() {
    wires = builder.codes({{1, 1}});
    neurons = builder.neurons("neurons", 2, 1);
    sum = builder.gradedSum("sum", 2, 2);
    readout = builder.readout("readout", {0}, 1.0);
    builder.dense(wires, neurons, {{1, 0}, {0, 1}});
    builder.diagonal(neurons, sum, {1, 1});
    builder.dense(sum, readout, {{1}, {1}});
    program = builder.finish();
  }
  ProgramBuilder builder{1};
  int32_t wires = 0, neurons = 0, sum = 0, readout = 0;
  Program program;
};

/// What is said of the program after a change.
std::string saidAfter(const std::function<void(Program &)> &change) {
  const EveryKind every;
  Program changed = every.program;
  change(changed);
  return changed.validate();
}

} // namespace

TEST_CASE("numbers at the ends of their ranges are accepted, those beyond are not") {
  const EveryKind every;
  REQUIRE(every.program.validate() == "");
  struct Range {
    const char *message;
    std::function<void(Program &, int64_t)> set;
    std::vector<int64_t> inside, outside;
  };
  const auto narrow = [](int64_t number) { return static_cast<int32_t>(number); };
  const auto neuron = [&](Program &p) -> NeuronParameters & {
    return p.populations[every.neurons].neuron;
  };
  const int64_t bias = int64_t{1} << 61;
  for (const Range &range : std::vector<Range>{
           {"time steps: needs 1 to 4096",
            [&](Program &p, int64_t n) {
              p.timeSteps = narrow(n);
              p.hostOps[2].steps = narrow(n);
            },
            {1, 4096},
            {0}},
           {"max tokens: needs 1 to 64",
            [&](Program &p, int64_t n) { p.maxTokens = narrow(n); },
            {1, 64},
            {0, 65}},
           {"weight bits: needs 1 to 32",
            [&](Program &p, int64_t n) { p.weightBits = narrow(n); },
            {1, 32},
            {0, 33}},
           {"stage: needs 0 to 3",
            [&](Program &p, int64_t n) { p.populations[every.readout].stage = narrow(n); },
            {3},
            {-1, 4}},
           {"spike bits: needs 2 to 8",
            [&](Program &p, int64_t n) { p.populations[every.sum].spikeBits = narrow(n); },
            {2, 8},
            {1, 9}},
           {"state_bits: needs 2 to 48",
            [&](Program &p, int64_t n) { neuron(p).stateBits = n; },
            {2, 48},
            {1, 49}},
           {"shift of column 0: needs 0 to 12",
            [&](Program &p, int64_t n) { neuron(p).shift = {n}; },
            {0, 12},
            {-1, 13}},
           {"decay of column 0: needs 0 to 8",
            [&](Program &p, int64_t n) {
              neuron(p).shift = {3};
              neuron(p).decay = {n};
            },
            {0, 8},
            {9}},
           {"fraction_bits: needs 0 to 30",
            [&](Program &p, int64_t n) { neuron(p).fractionBits = n; },
            {0, 30},
            {-1, 31}},
           {"reset value: needs -128 to 127",
            [&](Program &p, int64_t n) {
              neuron(p).stateBits = 8;
              neuron(p).vReset = {n};
            },
            {-128, 127},
            {-129, 128}},
           {"initial membrane: needs -128 to 127",
            [&](Program &p, int64_t n) {
              neuron(p).stateBits = 8;
              neuron(p).vInit[1] = n;
            },
            {-128, 127},
            {-129, 128}},
           {"bias of column 1: needs",
            [&](Program &p, int64_t n) { neuron(p).bias[1] = n; },
            {-bias, bias},
            {-bias - 1, bias + 1}},
           {"column 1: the threshold of a soft reset needs at least 0",
            [&](Program &p, int64_t n) {
              neuron(p).softReset = true;
              neuron(p).threshold[1] = n;
            },
            {0},
            {-1}},
       }) {
    for (int64_t number : range.inside) {
      CAPTURE(number);
      const std::string said = saidAfter([&](Program &p) { range.set(p, number); });
      CHECK_MESSAGE(said == "", range.message);
    }
    for (int64_t number : range.outside) {
      CAPTURE(number);
      const std::string said = saidAfter([&](Program &p) { range.set(p, number); });
      CHECK_MESSAGE(said.find(range.message) != std::string::npos, "said: ", said);
    }
  }
}

TEST_CASE("a stored weight may take all bits of its projection, and no more") {
  for (const int32_t bits : {2, 7, 9, 15}) {
    const int32_t least = -(1 << (bits - 1)), most = (1 << (bits - 1)) - 1;
    const auto said = [&](int32_t weight) {
      ProgramBuilder builder(1);
      const int32_t wires = builder.codes({{1}});
      builder.dense(wires, builder.readout("out", {0}, 1.0), {{weight}}, false, false, bits);
      return builder.finish().validate();
    };
    CAPTURE(bits);
    CHECK(said(least) == "");
    CHECK(said(most) == "");
    for (const int32_t weight : {least - 1, most + 1})
      CHECK(said(weight).find("weight: needs " + std::to_string(least) + " to " +
                              std::to_string(most) + ", " + std::to_string(bits) + " bits, has " +
                              std::to_string(weight)) != std::string::npos);
  }
}

TEST_CASE("graded spikes of the host may take all values of their bits, and no more") {
  // The sum of `summands` binary spikes, sent with `bits` bits.
  const auto said = [](int32_t summands, int32_t bits) {
    ProgramBuilder builder(1);
    builder.codes({{1}});
    const int32_t once = builder.newestHostOp();
    int32_t sum = once;
    for (int32_t i = 1; i < summands; ++i) {
      HostOp add;
      add.columns = 1;
      add.inputs = {sum, once};
      add.kernel = std::make_shared<host::Add>();
      sum = builder.hostOp("sum" + std::to_string(i), add);
    }
    const int32_t sent = builder.hostSpikes(sum, bits);
    builder.dense(sent, builder.readout("out", {0}, 1.0), {{3}});
    return builder.finish().validate();
  };
  for (const int32_t bits : {1, 2, 3}) {
    const int32_t most = (1 << bits) - 1;
    CAPTURE(bits);
    if (bits > 1) // the codes themselves have 1
      CHECK(said(most, bits) == "");
    CHECK(said(most + 1, bits)
              .find("needs spikes that fit " + std::to_string(bits) +
                    " bits, has spikes of up to " + std::to_string(most + 1)) != std::string::npos);
  }
}

TEST_CASE("a core may hold as many neurons as it has, a token as many neuron steps as memory") {
  const EveryKind every; // at most two neurons on a core
  Program program = every.program;
  program.chip.core.neurons = 2;
  CHECK(program.validate() == "");
  program.chip.core.neurons = 1;
  CHECK(program.validate().find("needs 2 neurons, has 1 (core.neurons of") != std::string::npos);

  // 641 steps of a wire, of sums and of a readout; 641 x 6,700,417 is 2^32 + 1.
  const auto said = [](int32_t columns) {
    ProgramBuilder builder(641);
    const int32_t wires = builder.codes({{1}});
    builder.gradedSum("sum", columns - 2, 2);
    builder.dense(wires, builder.readout("out", {0}, 1.0), {{1}});
    Program large = builder.finish(1 << 20);
    large.chip.core.neurons = 1 << 20;
    return large.validate();
  };
  CHECK(said(6700416) == "");
  CHECK(said(6700417).find("a token needs at most 4294967296 neuron steps, has 4294967297") !=
        std::string::npos);
}

TEST_CASE("a slice has the heads of its own columns") {
  ProgramBuilder builder(1);
  const int32_t wires = builder.codes({{1, 1, 1, 1}});
  builder.attention(wires, wires, wires, builder.neurons("attended", 4, 1), 2, true);
  const Program program = builder.finish(2);
  REQUIRE(program.slices.size() == 2);
  CHECK(program.validate() == "");
  const auto said = [&](size_t slice, int32_t firstHead, int32_t heads) {
    Program changed = program;
    changed.slices[slice].attention[0].firstHead = firstHead;
    changed.slices[slice].attention[0].heads = heads;
    return changed.validate();
  };
  CHECK(said(0, 1, 1).find("heads 1 + 1 of 2 columns are not the slice's") != std::string::npos);
  CHECK(said(1, 0, 1).find("heads 0 + 1 of 2 columns are not the slice's") != std::string::npos);
  CHECK(said(0, 0, 2).find("heads 0 + 2 of 2 columns are not the slice's") != std::string::npos);
}

TEST_CASE(
    "what the host reads behind the last step enters the chip again only if it was the first") {
  const auto said = [](int32_t steps) {
    ProgramBuilder builder(steps);
    const int32_t wires = builder.codes({{1}});
    const int32_t sum = builder.readout("sum", {0}, 1.0);
    builder.dense(wires, sum, {{1}});
    HostOp binarize, repeat;
    binarize.columns = repeat.columns = 1;
    binarize.kernel = std::make_shared<host::Binarize>();
    binarize.inputs = {builder.newestHostOp()};
    repeat.kernel = std::make_shared<host::Repeat>();
    repeat.inputs = {builder.hostOp("code", binarize)};
    repeat.steps = steps;
    const int32_t again = builder.hostSpikes(builder.hostOp("again", repeat));
    const int32_t neurons = builder.neurons("neurons", 1, 1);
    builder.dense(again, neurons, {{1}});
    return builder.finish().validate();
  };
  CHECK(said(1) == "");
  CHECK(said(2).find("enters the chip after its time steps were recombined") != std::string::npos);
}

TEST_CASE("the bound of an input is every source's largest spike over its largest weight") {
  const EveryKind every;
  CHECK(inputBound(every.program, every.neurons) == 2 * 128);     // two wires, weights of one byte
  CHECK(inputBound(every.program, every.sum) == 128);             // diagonal: one source a column
  CHECK(inputBound(every.program, every.readout) == 2 * 3 * 128); // graded spikes up to 3
  ProgramBuilder builder(1, 10);
  const int32_t wires = builder.codes({{1, 1, 1, 1}});
  const int32_t attended = builder.neurons("attended", 4, 1);
  builder.attention(wires, wires, wires, attended, 2, true);
  builder.dense(wires, attended, Matrix(4, std::vector<int32_t>(4, 1)), false, false, 16);
  // 10 tokens whose scores are up to the 2 columns of a head, and 4 weights of two bytes.
  CHECK(inputBound(builder.finish(), attended) == 10 * 2 + 4 * 32768);
}
