// The mapped, simulated chip gives the quantised interpreter's spikes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/SystemFixture.h"

#include "simulator/functional/FunctionalEngine.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <iomanip>
#include <random>
#include <sstream>

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
    REQUIRE(neuron.shift == std::vector<int64_t>{1});
    neuron.shift = {2};
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

TEST_CASE("heads of queries share keys and values on every chip that has the attention unit") {
  const std::string model = kTestModels + "grouped-heads.mlir";
  const std::vector<int32_t> tokens = {15, 17, 8, 13, 2, 4, 29, 0, 13, 3};
  for (const std::string target : kFittingTargets) {
    CAPTURE(target);
    TemporaryFolder folder;
    const sim::Program program = compileModel(model, target, folder / "program.mlirbc");
    const spike::InterpretResult expected = interpretQuantized(model, target, tokens);
    CHECK(firstDifference(program, runFunctional(program, tokens), expected) == "");
    const spike::SpikeRecord *attended = expected.findSpikes("att_lif");
    REQUIRE(attended);
    CHECK(std::ranges::count(attended->values, 1u) > 0);
  }
}

TEST_CASE("a model that does not predict tokens has no loss") {
  TemporaryFolder folder;
  const std::string model = kTestModels + "grouped-heads.mlir"; // four classes for 30 token ids
  writeFile(folder / "ids.json", "[15, 17, 8]");
  const CommandResult interpreted =
      runSynfire({"interpret", model, "--tokens", folder / "ids.json", "--json"});
  CHECK(interpreted.exitCode == 0);
  CHECK(interpreted.out.find("cross_entropy") == std::string::npos);
  const CommandResult evaluated =
      runSynfire({"evaluate", model, "--target", "tiny-2x2", "--tokens", folder / "ids.json"});
  CHECK(evaluated.exitCode == 1);
  CHECK(evaluated.err.find("evaluate needs 30 logits, one per token id, has 4") !=
        std::string::npos);
}

/// How often each neuron of the op "if" fires over all time steps.
static std::vector<uint32_t> countsOf(const spike::InterpretResult &result) {
  const spike::SpikeRecord *record = result.findSpikes("if");
  REQUIRE(record);
  std::vector<uint32_t> sums(static_cast<size_t>(record->features));
  for (size_t i = 0; i < record->values.size(); ++i)
    sums[i % sums.size()] += record->values[i];
  return sums;
}

/// Checks the counts of the quantised model, and that the chip's spikes are those of that model.
static void checkCounts(const std::string &model, const std::string &target,
                        const std::vector<uint32_t> &counts) {
  CAPTURE(target);
  TemporaryFolder folder;
  const sim::Program program = compileModel(model, target, folder / "program.mlirbc");
  const spike::InterpretResult quantized = interpretQuantized(model, target, {0});
  CHECK(countsOf(quantized) == counts);
  CHECK(firstDifference(program, runFunctional(program, {0}), quantized) == "");
}

TEST_CASE("an ANN's converted layer gives its activations, in the interpreter and on every chip") {
  // Membranes that start at half their threshold and a soft reset count, over T steps,
  // clip(floor(x T + 1/2), 0, T) for an input x per step; two inputs are at a step of this stair.
  const std::string model = kTestModels + "half-threshold.mlir";
  const std::vector<uint32_t> activations = {0, 0, 1, 2, 3, 4, 8, 8};
  CHECK(countsOf(interpretFloat(model, {0})) == activations);
  for (const std::string target : {"loihi", "loihi2", "mesh-16x16", "mesh-64x64", "tiny-2x2"})
    checkCounts(model, target, activations);
}

/// A layer of IF neurons that start at half their threshold of 1, over `steps` time steps; both of
/// its inputs fire in every step. `weights` is the text of a matrix.
static std::string convertedLayer(int steps, size_t channels, const std::string &weights) {
  const std::string t = std::to_string(steps), c = std::to_string(channels);
  const std::string codes = "tensor<?x2xi1>", spikes = "tensor<" + t + "x?x" + c + "xi1>",
                    currents = "tensor<" + t + "x?x" + c + "xf32>";
  return R"(func.func @main(%t: tensor<?xi32>) -> tensor<?x)" + c +
         R"(xf32> attributes {spike.model = #spike.model<name = "qcfs", time_steps = )" + t +
         R"(, context_length = 1, vocabulary = )" + c + R"(, alphabet = "", cleaning = "none">} {
  %e = spike.lookup %t, dense<1.0> : tensor<)" +
         c + R"(x2xf32> : tensor<?xi32> -> tensor<?x2xf32>
  %c = spike.binarize %e : tensor<?x2xf32> -> )" +
         codes + R"(
  %x = spike.repeat %c : )" +
         codes + " -> tensor<" + t + R"(x?x2xi1>
  %a = spike.linear %x, dense<[)" +
         weights + "]> : tensor<" + c + "x2xf32> : tensor<" + t + "x?x2xi1> -> " + currents +
         R"( loc("fc")
  %s = spike.neuron #spike.if<threshold = [1.0], reset = soft, v_init = 0.5 : f64>, %a : )" +
         currents + " -> " + spikes + R"( loc("if")
  %m = spike.recombine sum %s : )" +
         spikes + " -> tensor<?x" + c + R"(xf32>
  return %m : tensor<?x)" +
         c + "xf32>\n}\n";
}

TEST_CASE("with a scale per channel, a converted layer gives its activations for every T") {
  // Each channel has a unit of its own, 1/r: its first weight is 127 units, the second one w, and
  // its threshold r. The ANN's activation is then clip(floor((127 + w) T / r + 1/2), 0, T), which
  // is computed here in whole numbers. Only where r is a power of two does the model's float32 hold
  // such weights exactly: at a step of the stair, others may stand on either side of it.
  std::mt19937 random(32);
  std::uniform_int_distribution<int> drawWeight(-127, 127), drawThreshold(20, 400), drawPower(5, 9);
  int atSteps = 0;
  for (int steps = 1; steps <= 32; ++steps) {
    CAPTURE(steps);
    std::vector<uint32_t> counts;
    std::ostringstream weights;
    weights << std::scientific << std::setprecision(9);
    while (counts.size() < 32) {
      const bool exact = counts.size() % 2 == 0;
      const int w = drawWeight(random), r = exact ? 1 << drawPower(random) : drawThreshold(random);
      const int halves = 2 * (127 + w) * steps + r; // of r, behind T steps
      const bool atStep = halves % (2 * r) == 0;
      if (atStep && !exact)
        continue;
      atSteps += atStep;
      weights << (counts.empty() ? "[" : ", [") << 127.0 / r << ", " << static_cast<double>(w) / r
              << "]";
      counts.push_back(std::min(steps, halves / (2 * r)));
    }
    TemporaryFolder folder;
    writeFile(folder / "m.mlir", convertedLayer(steps, counts.size(), weights.str()));
    for (const std::string target : {"loihi", "loihi2", "mesh-16x16", "mesh-64x64", "tiny-2x2"})
      checkCounts(folder / "m.mlir", target, counts);
  }
  CHECK(atSteps > 10);
}
