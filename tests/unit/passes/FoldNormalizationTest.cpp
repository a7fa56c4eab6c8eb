// FoldNormalizationTest: a folded network computes what the unfolded one did.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/passes/PassTestModule.h"
#include "tests/unit/passes/RandomNetwork.h"

#include <doctest/doctest.h>

#include <cmath>
#include <map>

using namespace synfire;
using namespace synfire::test;

static const std::vector<int32_t> kTokens = {0, 3, 1, 4, 2, 2, 0, 1, 3, 4};

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
    auto expected = plain.interpret(kTokens, true), actual = folded.interpret(kTokens, true);
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
