// FoldNormalizationTest: a folded network computes what the unfolded one did.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/passes/PassTestModule.h"
#include "tests/unit/passes/RandomNetwork.h"

#include "llvm/Support/FormatVariadic.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

using namespace synfire;
using namespace synfire::test;

static const std::vector<int32_t> kFoldTokens = {0, 3, 1, 4, 2, 2, 0, 1, 3, 4};

TEST_CASE("folding keeps every spike, and currents to the last digits") {
  int64_t compared = 0;
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    std::string text = RandomNetwork(seed).text();
    PassTestModule plain, folded;
    REQUIRE(plain.parse(text));
    REQUIRE(folded.parse(text));
    REQUIRE(folded.fold());
    folded.module->walk([](mlir::Operation *op) {
      CHECK_FALSE(llvm::isa<spike::BatchNormOp, spike::PowerNormOp>(op));
    });
    auto expected = plain.interpret(kFoldTokens, true),
         actual = folded.interpret(kFoldTokens, true);
    REQUIRE(succeeded(expected));
    REQUIRE(succeeded(actual));

    REQUIRE(expected->spikes.size() == actual->spikes.size());
    for (size_t i = 0; i < expected->spikes.size(); ++i) {
      INFO("seed " << seed << ", " << expected->spikes[i].name);
      CHECK(expected->spikes[i].values == actual->spikes[i].values);
    }
    std::map<std::string, const spike::CurrentRecord *> byName;
    for (const spike::CurrentRecord &record : expected->currents)
      byName[record.name] = &record;
    for (const spike::CurrentRecord &record : actual->currents) {
      auto normed = byName.find(record.name + "_norm");
      if (normed == byName.end())
        continue;
      for (size_t i = 0; i < record.values.size(); ++i, ++compared)
        REQUIRE(std::fabs(record.values[i] - normed->second->values[i]) < 1e-12);
    }
  }
  CHECK(compared == 20 * 40 * (5 * 6 + 8)); // q, k, v, proj, fc2; fc1
}

/// Drawn numbers as nested lists of this shape.
static std::string list(std::mt19937_64 &random, llvm::ArrayRef<int64_t> shape, double low,
                        double high) {
  if (shape.empty())
    return llvm::formatv("{0:e9}", std::uniform_real_distribution(low, high)(random)).str();
  std::string text = "[";
  for (int64_t i = 0; i < shape[0]; ++i)
    text += (i == 0 ? "" : ", ") + list(random, shape.drop_front(), low, high);
  return text + "]";
}

TEST_CASE("a norm in a convolution or a linear costs no more than a few units in the last place") {
  std::mt19937_64 random(1);
  int64_t compared = 0;
  for (int trial = 0; trial < 80; ++trial) {
    bool conv = trial % 2 == 0, power = trial % 4 < 2;
    auto channels = [&](double low, double high) {
      return "dense<" + list(random, {5}, low, high) + "> : tensor<5xf32>";
    };
    std::string in = conv ? "tensor<7x3xf32>" : "tensor<7x9xf32>";
    std::string weight = conv ? "dense<" + list(random, {5, 3, 3}, -2, 2) + "> : tensor<5x3x3xf32>"
                              : "dense<" + list(random, {5, 9}, -2, 2) + "> : tensor<5x9xf32>";
    std::string text = "func.func @main(%x: " + in + ") -> tensor<7x5xf32> {\n%w = spike." +
                       (conv ? "conv" : "linear") + " %x, " + weight + " bias " + channels(-1, 1) +
                       (conv ? " grid [7] stride [1] padding [1]" : "") + " : " + in +
                       " -> tensor<7x5xf32>\n%y = spike." + (power ? "power_norm" : "batch_norm") +
                       " %w, weight " + channels(-2, 2) + " bias " + channels(-1, 1) +
                       (power ? " phi " : " mean " + channels(-1, 1) + " variance ") +
                       channels(0.01, 4) +
                       " : tensor<7x5xf32> -> tensor<7x5xf32>\nreturn %y : tensor<7x5xf32>\n}\n";
    PassTestModule plain, folded;
    REQUIRE(plain.parse(text));
    REQUIRE(folded.parse(text));
    REQUIRE(folded.fold());
    CHECK(folded.main().getBody().front().getOperations().size() == 2);
    spike::InputTensor input{{7, conv ? 3 : 9}, {}};
    for (int64_t i = 0; i < input.shape[0] * input.shape[1]; ++i)
      input.values.push_back(std::normal_distribution<double>()(random));
    auto expected = spike::interpret(plain.main(), input);
    auto actual = spike::interpret(folded.main(), input);
    REQUIRE(succeeded(expected));
    REQUIRE(succeeded(actual));
    for (size_t i = 0; i < expected->logits.size(); ++i, ++compared) {
      // Terms up to 9 * 2 * 4 / sqrt(0.01) * 2 cancel: 64 is their usual size.
      double units = std::fabs(actual->logits[i] - expected->logits[i]) /
                     std::ldexp(std::max(64.0, std::fabs(expected->logits[i])), -53);
      REQUIRE(units <= 4);
    }
  }
  CHECK(compared == 80 * 35);
}

TEST_CASE("a norm stays behind a layer that another op reads, too") {
  const std::string t = "tensor<7x3xf32>", c = "dense<2.0> : tensor<3xf32>";
  PassTestModule test;
  REQUIRE(test.parse("func.func @main(%x: " + t + ") -> " + t + " {\n  %w = spike.linear %x, " +
                     "dense<1.0> : tensor<3x3xf32> : " + t + " -> " + t +
                     "\n  %y = spike.batch_norm %w, weight " + c + " bias " + c + " mean " + c +
                     " variance " + c + " : " + t + " -> " + t + "\n  %z = spike.add %y, %w : " +
                     t + ", " + t + " -> " + t + "\n  return %z : " + t + "\n}\n"));
  REQUIRE(test.fold());
  int64_t norms = 0;
  test.module->walk([&](spike::BatchNormOp) { ++norms; });
  CHECK(norms == 1);
}
