// ProgramHash: what decides the spikes changes the hash, and where they are computed does not.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/program/ProgramHash.h"
#include "simulator/trace/ActivityTrace.h"
#include "tests/unit/simulator/ProgramBuilder.h"

#include <doctest/doctest.h>

#include <functional>
#include <set>

using namespace synfire::sim;

namespace {

/// Attention, a diagonal, weights of one and of two bytes.
struct Hashed {
  explicit Hashed(int32_t sliceColumns = 1 << 20, Matrix weights = {{1, 2}, {3, 4}}) {
    const int32_t wires = builder.codes({{1, 0}, {0, 1}});
    const int32_t a = builder.neurons("a", 2, 3), b = builder.neurons("b", 2, 4);
    builder.dense(wires, a, weights);
    builder.attention(wires, a, a, b, 1, true);
    builder.diagonal(wires, b, {5, 6});
    const int32_t out = builder.readout("out", {7, 8}, 0.5);
    builder.dense(b, out, {{100, 200}, {300, 400}}, false, false, 16);
    program = builder.finish(sliceColumns);
  }
  ProgramBuilder builder{2};
  Program program;
};

using Change = std::function<void(Program &)>;

/// The changes of a program that both hashes know.
std::vector<Change> numericChanges() {
  const auto neuron = [](auto change) -> Change {
    return [change](Program &p) { change(p.populations[1].neuron); };
  };
  using N = NeuronParameters &;
  return {[](Program &p) { p.timeSteps = 3; },
          neuron([](N n) { n.decay = {0}; }),
          neuron([](N n) { n.shift = {1}; }),
          neuron([](N n) { n.fractionBits = 1; }),
          neuron([](N n) { n.leakRounding = synfire::Rounding::Floor; }),
          neuron([](N n) { n.stateBits = 31; }),
          neuron([](N n) { n.saturates = true; }),
          neuron([](N n) { n.currentDecay = {1}; }),
          neuron([](N n) {
            n.currentDecay = {1};
            n.currentBits = 8;
          }),
          neuron([](N n) {
            n.currentDecay = {1};
            n.currentFractionBits = 1;
          }),
          neuron([](N n) { n.acrossTokens = true; })};
}

/// Those that only the hash of the function knows.
std::vector<Change> functionalChanges() {
  const auto neuron = [](auto change) -> Change {
    return [change](Program &p) { change(p.populations[1].neuron); };
  };
  using N = NeuronParameters &;
  using P = Program &;
  return {
      [](P p) { p.context = 63; },
      [](P p) { p.vocabulary = 3; },
      [](P p) { p.result = -1; },
      [](P p) { p.ops[p.populations[1].op].name = "other"; },
      [](P p) { p.populations[1].kind = PopulationKind::Readout; },
      [](P p) { p.populations[1].columns = 3; },
      [](P p) { p.populations[1].spikeBits = 2; },
      [](P p) { p.populations[0].hostOp = 1; },
      [](P p) { p.populations[3].perStep = true; },
      neuron([](N n) { n.softReset = true; }),
      neuron([](N n) {
        n.softReset = true;
        n.decrement = {1, 0};
      }),
      neuron([](N n) { n.vReset = {1}; }),
      neuron([](N n) { n.vInit[1] = 1; }),
      neuron([](N n) { n.threshold[1] = 4; }),
      neuron([](N n) { n.bias[1] = 1; }),
      neuron([](N n) {
        n.currentDecay = {1};
        n.membraneBias = {1, 0};
      }),
      [](P p) { p.attentions[0].q = 1; },
      [](P p) { p.attentions[0].k = 0; },
      [](P p) { p.attentions[0].v = 0; },
      [](P p) { p.attentions[0].target = 3; },
      [](P p) { p.attentions[0].heads = 2; },
      [](P p) { p.attentions[0].keyHeads = 2; },
      [](P p) { p.attentions[0].causal = false; },
      [](P p) { p.attentions[0].score = p.populations[1].neuron; },
      [](P p) { p.projections[0].source = 1; },
      [](P p) { p.projections[0].target = 2; },
      [](P p) { p.projections[0].rows = 3; },
      [](P p) { p.projections[0].rowStride = 2; },
      [](P p) { p.projections[0].lastStepOnly = true; },
      [](P p) { p.projections[0].delays = {1}; },
      [](P p) { p.projections[0].delays = {1, 1}; },
      [](P p) { p.projections[0].delays = {2, 1}; },
      [](P p) { p.hostOps[0].columns = 3; },
      [](P p) { p.hostOps[2].steps = 3; },
      [](P p) { p.hostOps[2].inputs = {0}; },
      [](P p) { p.hostOps[3].readout = 2; },
      [](P p) { p.hostOps[1].kernel = p.hostOps[2].kernel; },
      [](P p) { alterKernel<host::Dequantize>(p.hostOps[3], [](auto &k) { k.scale[1] = 0.25; }); },
      [](P p) { alterKernel<host::TokenLookup>(p.hostOps[0], [](auto &k) { k.table[3] = 9; }); }};
}

/// Checks that all changes give hashes of their own, none that of the program.
void checkDistinct(const std::vector<Change> &changes, uint64_t (*hash)(const Program &)) {
  const Hashed hashed;
  std::set<uint64_t> seen = {hash(hashed.program)};
  for (size_t i = 0; i < changes.size(); ++i) {
    CAPTURE(i);
    Program changed = hashed.program;
    changes[i](changed);
    CHECK(seen.insert(hash(changed)).second);
  }
}

} // namespace

TEST_CASE("every number that decides the spikes changes the hash") {
  std::vector<Change> changes = numericChanges();
  for (const Change &change : functionalChanges())
    changes.push_back(change);
  checkDistinct(changes, functionalHash);
}

TEST_CASE("every weight changes the hash, and so does its place") {
  std::set<uint64_t> seen;
  for (const Matrix &weights :
       {Matrix{{1, 2}, {3, 4}}, Matrix{{2, 1}, {3, 4}}, Matrix{{3, 2}, {1, 4}},
        Matrix{{1, 2}, {3, 5}}, Matrix{{1, 2}, {3, -4}}, Matrix{{0, 0}, {0, 0}}})
    CHECK(seen.insert(functionalHash(Hashed(1 << 20, weights).program)).second);
}

TEST_CASE("cores, slices, prices and rows of the report change no hash") {
  const Hashed whole, cut(1);
  REQUIRE(cut.program.slices.size() > whole.program.slices.size());
  CHECK(functionalHash(cut.program) == functionalHash(whole.program));
  CHECK(numericProfileHash(cut.program) == numericProfileHash(whole.program));
  Program moved = whole.program;
  moved.chip.name = "other";
  moved.chip.timePs[synfire::Action::Spike] = 5;
  moved.seed = 9;
  moved.cores[0].x = 7;
  moved.populations[1].stage = 2;
  CHECK(functionalHash(moved) == functionalHash(whole.program));
  CHECK(numericProfileHash(moved) == numericProfileHash(whole.program));
}

TEST_CASE("every width and rounding changes the numeric profile, the function alone does not") {
  std::vector<Change> changes = numericChanges();
  changes.push_back([](Program &p) { p.weightBits = 4; });
  changes.push_back([](Program &p) { p.projections[0].weightBits = 4; });
  checkDistinct(changes, numericProfileHash);
  const Hashed hashed;
  Program other = hashed.program;
  other.populations[1].neuron.threshold[0] = 99;
  CHECK(numericProfileHash(other) == numericProfileHash(hashed.program));
}
