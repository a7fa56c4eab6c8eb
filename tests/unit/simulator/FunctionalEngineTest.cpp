// FunctionalEngine: against brute force, threads, cuts, mappings and errors.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/functional/FunctionalEngine.h"

#include "simulator/host/ResidualKernels.h"
#include "simulator/program/InputBound.h"
#include "tests/unit/simulator/DenseReference.h"
#include "tests/unit/simulator/RandomProgram.h"

#include <doctest/doctest.h>

using namespace synfire::sim;

static ActivityTrace runAll(const Program &program, const std::vector<int32_t> &tokens,
                            int threads = 1) {
  FunctionalEngine engine(program, threads);
  ActivityTrace trace(program);
  REQUIRE(engine.run(tokens, trace) == "");
  return trace;
}

TEST_CASE("random programs: every spike and readout as by brute force") {
  int64_t spikes = 0, silent = 0, graded = 0;
  for (uint32_t seed = 0; seed < 120; ++seed) {
    CAPTURE(seed);
    RandomProgram random(seed, 1 + seed % 40, /*causal=*/seed % 3 != 0);
    REQUIRE(random.program.validate() == "");
    const auto tokens = random.tokens(1 + static_cast<int32_t>(seed % 20));
    const ActivityTrace trace = runAll(random.program, tokens, 1 + static_cast<int>(seed % 2));
    const DenseActivity dense =
        runDensely(random.program, random.builder.matrices(), random.codes, tokens);
    REQUIRE(difference(random.program, trace, dense) == "");
    const int64_t fired = trace.countSpikes(random.attended);
    spikes += fired;
    silent += fired == 0;
    for (int32_t n = 0; n < trace.tokens(); ++n)
      trace.forEachSpike(random.sum, n, 0, [&](int32_t, int32_t value) { graded += value == 2; });
  }
  // The programs are worth something: attention fires in most, graded spikes occur.
  CHECK(spikes > 1000);
  CHECK(silent < 60);
  CHECK(graded > 50);
}

TEST_CASE(
    "a spike takes effect as many steps later as its column's delay, and is lost at the end") {
  ProgramBuilder builder(4);
  const int32_t embed = builder.codes({{1, 1}});
  const int32_t late = builder.stepReadout("late", {0}, 1.0);
  builder.delay(builder.dense(embed, late, {{1}, {10}}), {1, 3});
  const Program program = builder.finish();
  REQUIRE(program.validate() == "");
  const ActivityTrace trace = runAll(program, {0});
  const std::vector<int64_t> expected = {0, 1, 1, 11};
  for (int32_t step = 0; step < 4; ++step)
    CHECK(trace.readout(late, 0, step)[0] == expected[step]);
}

TEST_CASE("neurons that inhibit themselves are silent in the step behind a spike") {
  ProgramBuilder builder(5);
  const int32_t embed = builder.codes({{1}});
  NeuronParameters constants;
  constants.decay = {0};
  const int32_t loop = builder.neurons("loop", 1, 10, constants);
  builder.delay(builder.dense(embed, loop, {{10}}), {2});
  builder.delay(builder.dense(loop, loop, {{-10}}), {1});
  const Program program = builder.finish();
  REQUIRE(program.validate() == "");
  REQUIRE(cyclesOf(program).size() == 1);
  const ActivityTrace trace = runAll(program, {0, 0, 0});
  for (int32_t token = 0; token < 3; ++token)
    for (int32_t step = 0; step < 5; ++step)
      CHECK(trace.value(loop, token, step, 0) == (step == 2 || step == 4));
}

TEST_CASE("cycles that share a population are one") {
  Program program;
  const auto edge = [&](int32_t source, int32_t target) {
    Projection projection;
    projection.source = source;
    projection.target = target;
    program.projections.push_back(projection);
  };
  edge(0, 1);
  CHECK(cyclesOf(program).empty());
  edge(6, 6);
  edge(4, 2);
  edge(3, 1);
  const std::vector<Cycle> cycles = cyclesOf(program);
  REQUIRE(cycles.size() == 2);
  CHECK(cycles[0].first == 1);
  CHECK(cycles[0].last == 4);
  CHECK(cycles[1].first == 6);
  CHECK(cycles[1].last == 6);
}

TEST_CASE("a planted error of one in one weight is seen") {
  RandomProgram random(3, 8);
  const auto tokens = random.tokens(12);
  const ActivityTrace trace = runAll(random.program, tokens);
  std::vector<Matrix> wrong = random.builder.matrices();
  bool seen = false;
  for (auto &row : wrong.back()) // the readout sees the spikes of the last layer
    row[0] += 1;
  seen = !difference(random.program, trace, runDensely(random.program, wrong, random.codes, tokens))
              .empty();
  CHECK(seen);
}

TEST_CASE("same trace for 1, 2 and 3 threads") {
  for (uint32_t seed : {4U, 11U, 21U}) {
    RandomProgram random(seed, 5, seed != 21);
    const auto tokens = random.tokens(24);
    const ActivityTrace one = runAll(random.program, tokens, 1);
    CHECK(runAll(random.program, tokens, 2) == one);
    CHECK(runAll(random.program, tokens, 3) == one);
  }
}

TEST_CASE("all tokens at once, one by one, or in two calls: the same trace") {
  for (uint32_t seed : {5U, 14U, 33U}) {
    RandomProgram random(seed, 9);
    const auto tokens = random.tokens(20);
    const ActivityTrace whole = runAll(random.program, tokens);
    FunctionalEngine engine(random.program, 2);
    ActivityTrace single(random.program), halves(random.program);
    for (int32_t token : tokens)
      REQUIRE(engine.run(std::vector{token}, single) == "");
    REQUIRE(engine.run(std::span(tokens).first(7), halves) == "");
    REQUIRE(engine.run(std::span(tokens).subspan(7), halves) == "");
    CHECK(single == whole);
    CHECK(halves == whole);
  }
}

TEST_CASE("the mapping does not change the function, nor the hash") {
  for (uint32_t seed : {6U, 7U, 8U}) {
    const RandomProgram whole(seed, 1 << 20), cut(seed, 3);
    CHECK(whole.program.slices.size() < cut.program.slices.size());
    CHECK(whole.program.hash == cut.program.hash);
    const auto tokens = whole.tokens(9);
    CHECK(runAll(whole.program, tokens) == runAll(cut.program, tokens));
  }
  CHECK(RandomProgram(6, 3).program.hash != RandomProgram(7, 3).program.hash);
}

TEST_CASE("the hash sees one weight, one threshold, one table entry") {
  ProgramBuilder builder(2);
  const int32_t host = builder.codes({{1, 0}, {0, 1}});
  const int32_t lif = builder.neurons("lif", 2, 5);
  builder.dense(host, lif, {{1, 2}, {3, 4}});
  const uint64_t hash = builder.finish().hash;
  const auto changed = [](const Matrix &codes, const Matrix &weights, int64_t threshold) {
    ProgramBuilder other(2);
    const int32_t source = other.codes(codes);
    other.dense(source, other.neurons("lif", 2, threshold), weights);
    return other.finish().hash;
  };
  CHECK(changed({{1, 0}, {0, 1}}, {{1, 2}, {3, 4}}, 5) == hash);
  CHECK(changed({{1, 0}, {0, 1}}, {{1, 2}, {3, 5}}, 5) != hash);
  CHECK(changed({{1, 0}, {0, 1}}, {{2, 1}, {3, 4}}, 5) != hash); // swapped
  CHECK(changed({{1, 0}, {0, 1}}, {{1, 2}, {3, 4}}, 6) != hash);
  CHECK(changed({{1, 1}, {0, 1}}, {{1, 2}, {3, 4}}, 5) != hash);
}

TEST_CASE("logits are the readout's integers times the scale") {
  ProgramBuilder builder(3);
  const int32_t host = builder.codes({{1, 0}, {1, 1}});
  const int32_t head = builder.readout("head", {100, -50}, 0.25);
  builder.dense(host, head, {{1, 2}, {10, -20}});
  const Program program = builder.finish();
  REQUIRE(program.validate() == "");
  FunctionalEngine engine(program);
  ActivityTrace trace(program);
  REQUIRE(engine.run(std::vector<int32_t>{0, 1}, trace) == "");
  CHECK(engine.logits(trace, 0) == std::vector<double>{(100 + 3 * 1) * 0.25, (-50 + 3 * 2) * 0.25});
  CHECK(engine.logits(trace, 1) ==
        std::vector<double>{(100 + 3 * 11) * 0.25, (-50 + 3 * -18) * 0.25});
}

TEST_CASE("sums beyond 32 bits are exact") {
  ProgramBuilder builder(2);
  const int32_t inputs = 70000;
  const int32_t host = builder.codes(Matrix(1, std::vector<int32_t>(inputs, 1)));
  const int32_t head = builder.readout("head", {1, 2}, 1.0);
  builder.neuronOf(head).stateBits = 48;
  builder.dense(host, head, Matrix(inputs, {32767, -32768}), false, false, 16);
  Program program = builder.finish();
  program.populations[head].neuron.fractionBits = 30;
  CHECK(program.validate().find(
            "'head': inputs with fraction bits: needs less than 2^60, has 2293760000 * 2^30") !=
        std::string::npos);
  program.populations[head].neuron.fractionBits = 0;
  REQUIRE(program.validate() == "");
  const ActivityTrace trace = runAll(program, {0});
  CHECK(trace.readout(head, 0)[0] == int64_t{2} * inputs * 32767 + 1);
  CHECK(trace.readout(head, 0)[1] == int64_t{2} * inputs * -32768 + 2);
}

TEST_CASE("an overflow names op, column, token, step, value and limit, for any threads") {
  ProgramBuilder builder(4);
  const int32_t host = builder.codes({{0, 0, 0}, {0, 1, 1}});
  NeuronParameters neuron;
  neuron.stateBits = 8;
  const int32_t lif = builder.neurons("block0.attn.q_lif", 3, 1000, neuron);
  builder.diagonal(host, lif, {50, 50, 60});
  const Program program = builder.finish(1);
  for (int threads : {1, 3}) {
    FunctionalEngine engine(program, threads);
    ActivityTrace trace(program);
    REQUIRE(engine.run(std::vector<int32_t>{0, 0}, trace) == "");
    const ActivityTrace before = trace;
    std::vector<int32_t> many(40, 0);
    many[37] = many[20] = 1;
    CHECK(engine.run(many, trace) ==
          "'block0.attn.q_lif': column 1, token 22, time step 2: the state needs -128 to 127 (8 "
          "bits, core.state_bits of 'test-16x16'), has 150; use fewer weight bits or a target with "
          "more state bits");
    CHECK(trace == before);
  }
}

TEST_CASE("a graded spike counts with its value, from a core or from the host") {
  ProgramBuilder builder(1);
  const int32_t host = builder.codes({{1, 0}, {1, 1}});
  HostOp twice;
  twice.columns = 2;
  twice.inputs = {builder.newestHostOp(), builder.newestHostOp()};
  twice.kernel = std::make_shared<host::Add>();
  const int32_t doubled = builder.hostSpikes(builder.hostOp("twice", twice), 2);
  const int32_t sum = builder.gradedSum("sum", 2, 2);
  builder.diagonal(host, sum, {1, 1});
  builder.diagonal(doubled, sum, {1, 1});
  const int32_t dense = builder.readout("dense", {0}, 1.0);
  builder.dense(sum, dense, {{5}, {7}});
  builder.dense(doubled, dense, {{11}, {13}});
  const int32_t sparse = builder.stepReadout("sparse", {0, 0}, 1.0);
  builder.diagonal(sum, sparse, {5, 7});
  const Program program = builder.finish();
  REQUIRE(program.validate() == "");
  const ActivityTrace trace = runAll(program, {0, 1});
  CHECK(trace.readout(dense, 0)[0] == 3 * 5 + 2 * 11);
  CHECK(trace.readout(dense, 1)[0] == 3 * (5 + 7) + 2 * (11 + 13));
  CHECK(trace.readout(sparse, 1)[0] == 3 * 5);
  CHECK(trace.readout(sparse, 1)[1] == 3 * 7);
  // Every spike with its largest value, 3, over weights of 8 bits.
  CHECK(inputBound(program, dense) == 4 * 3 * 128);
  CHECK(inputBound(program, sparse) == 3 * 128);
}

TEST_CASE("a graded sum that its bits cannot hold is an error") {
  ProgramBuilder builder(1);
  const int32_t host = builder.codes({{1}, {0}});
  const int32_t sum = builder.gradedSum("block0.add", 1, 2);
  builder.diagonal(host, sum, {4});
  const Program program = builder.finish();
  FunctionalEngine engine(program);
  ActivityTrace trace(program);
  REQUIRE(engine.run(std::vector<int32_t>{1}, trace) == "");
  CHECK(engine.run(std::vector<int32_t>{0}, trace) ==
        "'block0.add': column 0, token 1, time step 0: the graded spike needs 0 to 3, has 4");
}

TEST_CASE("bad tokens and foreign traces are refused") {
  RandomProgram random(2, 9, true, 4);
  FunctionalEngine engine(random.program);
  ActivityTrace trace(random.program);
  const auto run = [&](std::vector<int32_t> tokens) { return engine.run(tokens, trace); };
  const int32_t vocabulary = random.program.vocabulary;
  CHECK(run({0, vocabulary}) == "'hand-built': token 1: needs an id of 0 to " +
                                    std::to_string(vocabulary - 1) + ", has " +
                                    std::to_string(vocabulary));
  CHECK(run({-1}).find("token 0: needs an id of 0 to ") != std::string::npos);
  REQUIRE(run({0, 0, 0}) == "");
  CHECK(run({0, 0}) == "'hand-built': needs at most 4 tokens, its context, has 5");
  CHECK(run({}) == "");
  CHECK(trace.tokens() == 3);
  RandomProgram other(3, 9);
  CHECK(FunctionalEngine(other.program).run({}, trace).find("another model") != std::string::npos);
}

TEST_CASE("attention that is not causal wants its sequence at once") {
  RandomProgram random(9, 9, /*causal=*/false);
  FunctionalEngine engine(random.program);
  ActivityTrace trace(random.program);
  CHECK(engine.needsWholeSequence());
  REQUIRE(engine.run(random.tokens(3), trace) == "");
  CHECK(engine.run(random.tokens(1), trace).find("needs all tokens in one run") !=
        std::string::npos);
}
