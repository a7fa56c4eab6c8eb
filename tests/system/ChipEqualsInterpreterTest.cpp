// The mapped, simulated chip gives the quantised interpreter's spikes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/SystemFixture.h"

#include "simulator/functional/FunctionalEngine.h"

#include <doctest/doctest.h>

using namespace synfire;
using namespace synfire::test;

namespace {

const char *const kFittingTargets[] = {"loihi2", "mesh-16x16", "tiny-2x2"};

/// Index of the population of an op.
int32_t populationOf(const sim::Program &program, const std::string &op) {
  for (size_t p = 0; p < program.populations.size(); ++p)
    if (program.ops[program.populations[p].op].name == op)
      return static_cast<int32_t>(p);
  FAIL("no population of op " << op);
  return -1;
}

} // namespace

TEST_CASE("every spike of the trained model on every chip that fits it") {
  const std::vector<int32_t> tokens = sampleTokens();
  for (const std::string target : kFittingTargets) {
    CAPTURE(target);
    TemporaryFolder folder;
    const sim::Program program = compileModel(kModel, target, folder / "program.mlirbc");
    const spike::InterpretResult expected = interpretQuantized(kModel, target, tokens);
    const sim::ActivityTrace trace = runFunctional(program, tokens);
    CHECK(firstDifference(program, trace, expected) == "");

    const sim::FunctionalEngine engine(program);
    for (int32_t n = 0; n < trace.tokens(); ++n) {
      const std::vector<double> logits = engine.logits(trace, n);
      REQUIRE(static_cast<int64_t>(logits.size()) == expected.vocabulary);
      for (size_t v = 0; v < logits.size(); ++v)
        CHECK(logits[v] == expected.logits[static_cast<size_t>(n) * logits.size() + v]);
    }
  }
}

TEST_CASE("a wrong leak, mask or record does not go unseen") {
  const std::vector<int32_t> tokens = sampleTokens();
  TemporaryFolder folder;
  const sim::Program program = compileModel(kModel, "tiny-2x2", folder / "program.mlirbc");
  const spike::InterpretResult expected = interpretQuantized(kModel, "tiny-2x2", tokens);
  REQUIRE(firstDifference(program, runFunctional(program, tokens), expected) == "");

  SUBCASE("leak") {
    sim::Program planted = program;
    sim::NeuronParameters &neuron =
        planted.populations[populationOf(planted, "block0.attn.att_lif")].neuron;
    REQUIRE(neuron.shift == 1);
    neuron.shift = 2;
    CHECK(firstDifference(planted, runFunctional(planted, tokens), expected) != "");
  }
  SUBCASE("a spike in the interpreter's record") {
    spike::InterpretResult planted = expected;
    planted.spikes.back().values.back() ^= 1;
    CHECK(firstDifference(program, runFunctional(program, tokens), planted) != "");
  }
  SUBCASE("the causal mask") {
    sim::Program planted = program;
    planted.attentions[0].causal = false;
    CHECK(firstDifference(planted, runFunctional(planted, tokens), expected) != "");
  }
}

TEST_CASE("function does not depend on threads or on how the text is cut") {
  const std::vector<int32_t> tokens = sampleTokens();
  TemporaryFolder folder;
  const sim::Program program = compileModel(kModel, "loihi2", folder / "program.mlirbc");
  const sim::ActivityTrace whole = runFunctional(program, tokens, 1);
  CHECK(whole == runFunctional(program, tokens, 2));

  sim::FunctionalEngine engine(program);
  sim::ActivityTrace pieces(program);
  for (int32_t token : tokens)
    REQUIRE(engine.run(std::span(&token, 1), pieces) == "");
  CHECK(whole == pieces);
}

TEST_CASE("variants: residuals 1 and 2 and a concatenating head, with random weights") {
  const std::vector<int32_t> tokens = sampleTokens();
  for (const std::string model : {"residual1.yaml", "residual2.yaml", "concatenate.yaml"}) {
    CAPTURE(model);
    TemporaryFolder folder;
    const std::string path = kTestModels + model;
    const sim::Program program = compileModel(path, "mesh-16x16", folder / "program.mlirbc");
    const spike::InterpretResult expected = interpretQuantized(path, "mesh-16x16", tokens);
    CHECK(firstDifference(program, runFunctional(program, tokens), expected) == "");
  }
}

TEST_CASE("quantisation keeps the trained model's behaviour") {
  const std::vector<int32_t> tokens = sampleTokens();
  const spike::InterpretResult exact = interpretFloat(kModel, tokens);
  const spike::InterpretResult quantized = interpretQuantized(kModel, "loihi2", tokens);
  int64_t same = 0, all = 0;
  for (const spike::SpikeRecord &record : quantized.spikes) {
    const spike::SpikeRecord *other = exact.findSpikes(record.name);
    REQUIRE(other);
    for (size_t i = 0; i < record.values.size(); ++i, ++all)
      same += record.values[i] == other->values[i];
  }
  // The measured figure stands in examples/train/README.md; this is the floor
  // below which something is broken.
  CHECK(static_cast<double>(same) / static_cast<double>(all) > 0.9);
}

TEST_CASE("loihi has no coincidence attention: refused by name, and runs a network without") {
  TemporaryFolder folder;
  const std::string errors = compileErrors(kModel, "loihi", folder / "program.mlirbc");
  CHECK(errors.find("coincidence") != std::string::npos);
  const std::string model = kTestModels + "feed-forward.mlir";
  const std::vector<int32_t> tokens = {0, 3, 1, 2, 3, 3, 0, 1};
  const sim::Program program = compileModel(model, "loihi", folder / "program.mlirbc");
  const spike::InterpretResult expected = interpretQuantized(model, "loihi", tokens);
  const sim::ActivityTrace trace = runFunctional(program, tokens);
  CHECK(firstDifference(program, trace, expected) == "");
  int64_t spikes = 0;
  for (size_t p = 0; p < program.populations.size(); ++p)
    if (program.populations[p].kind == sim::PopulationKind::Neurons)
      spikes += trace.countSpikes(static_cast<int32_t>(p));
  CHECK(spikes > 0);
}

TEST_CASE("an ANN's converted layer gives its activations, in the interpreter and on every chip") {
  // Membranes that start at half their threshold and a soft reset count, over T steps,
  // clip(floor(x T + 1/2), 0, T) for an input x per step; two inputs are at a step of this stair.
  const std::string model = kTestModels + "half-threshold.mlir";
  const std::vector<uint32_t> activations = {0, 0, 1, 2, 3, 4, 8, 8};
  const auto counts = [](const spike::InterpretResult &result) {
    const spike::SpikeRecord *record = result.findSpikes("if");
    REQUIRE(record);
    std::vector<uint32_t> sums(static_cast<size_t>(record->features));
    for (size_t i = 0; i < record->values.size(); ++i)
      sums[i % sums.size()] += record->values[i];
    return sums;
  };
  CHECK(counts(interpretFloat(model, {0})) == activations);
  for (const std::string target : {"loihi", "loihi2", "mesh-16x16", "tiny-2x2"}) {
    CAPTURE(target);
    TemporaryFolder folder;
    const sim::Program program = compileModel(model, target, folder / "program.mlirbc");
    const spike::InterpretResult quantized = interpretQuantized(model, target, {0});
    CHECK(counts(quantized) == activations);
    CHECK(firstDifference(program, runFunctional(program, {0}), quantized) == "");
  }
}
