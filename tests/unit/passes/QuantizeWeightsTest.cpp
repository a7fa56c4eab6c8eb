// QuantizeWeightsTest: how much quantising loses. What it keeps exactly: tests/property.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/passes/PassTestModule.h"
#include "tests/unit/passes/RandomNetwork.h"

#include "dialect/spike/QuantizationError.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace synfire;
using namespace synfire::test;

static const std::vector<int32_t> kQuantizeTokens = {0, 3, 1, 4, 2, 2, 0, 1, 3, 4, 0, 2};

struct Agreement {
  int64_t spikes = 0, equal = 0;
  double fraction() const { return double(equal) / double(spikes); }
};

static Agreement compare(const spike::InterpretResult &a, const spike::InterpretResult &b) {
  Agreement agreement;
  for (size_t i = 0; i < a.spikes.size(); ++i) {
    if (!a.spikes[i].isNeuron)
      continue;
    for (size_t j = 0; j < a.spikes[i].values.size(); ++j) {
      ++agreement.spikes;
      agreement.equal += a.spikes[i].values[j] == b.spikes[i].values[j];
    }
  }
  return agreement;
}

TEST_CASE("more bits agree with the float model more, sixteen nearly always") {
  std::vector<double> fractions;
  for (int64_t bits : {3, 8, 16}) {
    Agreement all;
    for (uint64_t seed = 1; seed <= 20; ++seed) {
      std::string text = RandomNetwork(seed).text();
      PassTestModule real, integer;
      REQUIRE(real.parse(text));
      REQUIRE(integer.parse(text));
      CompileOptions options;
      options.weightBits = bits;
      REQUIRE(integer.quantize(options));
      auto expected = real.interpret(kQuantizeTokens), actual = integer.interpret(kQuantizeTokens);
      REQUIRE(succeeded(expected));
      REQUIRE(succeeded(actual));
      Agreement one = compare(*expected, *actual);
      all.spikes += one.spikes;
      all.equal += one.equal;
    }
    fractions.push_back(all.fraction());
  }
  CHECK(fractions[0] < fractions[1]);
  CHECK(fractions[1] > 0.95);
  CHECK(fractions[2] > 0.999);
}

TEST_CASE("the reported error of an op alone is at most half a step of its scale") {
  PassTestModule test;
  REQUIRE(test.parse(RandomNetwork(7).text()));
  REQUIRE(test.quantize());
  int64_t reported = 0;
  test.module->walk([&](spike::LinearOp op) {
    auto error = op->getAttrOfType<mlir::DenseF64ArrayAttr>(spike::kQuantizationErrorAttrName);
    REQUIRE(error);
    ++reported;
    CHECK(error[0] > 0);
    CHECK(error[1] > 0);
    CHECK(error[1] <= error[0]);
    std::string name = spike::sourceName(op);
    if (name != "proj" && name != "fc2") // Writers of the stream.
      CHECK(error[0] <= 0.5 / 127 * (1 + 1e-9));
  });
  CHECK(reported == 7);
}

TEST_CASE("a spike enters a stream exactly, whatever the other writers' weights") {
  // Constant input 1 brings v to 1 - 2^-(t+1): an LIF of threshold 1 never fires.
  RandomNetwork network(9);
  network.neuron = "#spike.lif<tau = 2.0 : f64, threshold = [1.0]>";
  network.drawWeight = [](std::mt19937_64 &random) {
    return std::normal_distribution<double>(0, 12)(random);
  };
  PassTestModule test;
  REQUIRE(test.parse(network.text()));
  REQUIRE(test.quantize());
  auto result = test.interpret(kQuantizeTokens);
  REQUIRE(succeeded(result));
  const spike::SpikeRecord *in = result->findSpikes("in");
  REQUIRE(in);
  CHECK(std::count(in->values.begin(), in->values.end(), 1) == 0);
  test.module->walk([](spike::InjectOp op) {
    auto error = op->getAttrOfType<mlir::DenseF64ArrayAttr>(spike::kQuantizationErrorAttrName);
    CHECK(error[0] < 1e-12);
  });
}

TEST_CASE("all currents of a residual stream have one encoding") {
  PassTestModule test;
  REQUIRE(test.parse(RandomNetwork(3).text()));
  REQUIRE(test.quantize());
  std::vector<mlir::Type> stream, others;
  test.module->walk([&](mlir::Operation *op) {
    if (op->getNumResults() == 0 || !spike::getFixedEncoding(op->getResult(0).getType()))
      return;
    std::string name = spike::sourceName(op);
    bool inStream =
        llvm::is_contained({"embed.stream", "attn.add", "mlp.add", "proj", "fc2"}, name);
    (inStream ? stream : others).push_back(op->getResult(0).getType());
  });
  CHECK(stream.size() == 5);
  CHECK(llvm::all_equal(stream));
  CHECK(others.size() == 7); // q, k, v, ssa, fc1, head.recombine, head.fc
  CHECK_FALSE(llvm::is_contained(others, stream.front()));
}

TEST_CASE("a weight of no consequence beside its threshold does not overflow the state") {
  RandomNetwork network(5);
  network.drawWeight = [](std::mt19937_64 &random) {
    return std::normal_distribution<double>(0, 1e-12)(random);
  };
  PassTestModule test;
  REQUIRE(test.parse(network.text()));
  CompileOptions options;
  options.target = "loihi2";
  options.targetsFolder = kTargets;
  REQUIRE(test.quantize(options));
  CHECK(test.messages == "");
  CHECK(succeeded(test.interpret(kQuantizeTokens)));
}
