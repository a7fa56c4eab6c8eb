// Generate: argmax, the context, the sliding window.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/functional/Generate.h"

#include "tests/unit/simulator/RandomProgram.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace synfire::sim;

/// A random program whose readout has one column per token id.
static RandomProgram generator(uint32_t seed, bool causal, int32_t context) {
  RandomProgram random(seed, 7, causal, context);
  const int32_t outputs = random.program.populations[random.logits].columns;
  // As many ids as logits: the table gets further codes of the same width.
  random.program.vocabulary = outputs;
  alterKernel<host::TokenLookup>(random.program.hostOps[0], [&](host::TokenLookup &lookup) {
    lookup.table.clear();
    lookup.rows = outputs;
    for (int32_t id = 0; id < outputs; ++id)
      for (int32_t c = 0; c < lookup.columns; ++c)
        lookup.table.push_back((id * 7 + c * 5 + id * c) % 3 == 0 ? 1.0F : -1.0F);
  });
  return random;
}

/// The definition: run the last `context` tokens afresh for every new one.
static std::vector<int32_t> continueAfresh(const Program &program, std::vector<int32_t> ids,
                                           int32_t count) {
  FunctionalEngine engine(program);
  const size_t given = ids.size();
  for (int32_t i = 0; i < count; ++i) {
    ActivityTrace trace(program);
    const int32_t fixed = program.input.tokens;
    const size_t window =
        std::min(ids.size(), static_cast<size_t>(fixed > 0 ? fixed : program.context));
    REQUIRE(engine.run(std::span(ids).last(window), trace) == "");
    ids.push_back(argmax(engine.logits(trace, trace.tokens() - 1)));
  }
  return {ids.begin() + static_cast<std::ptrdiff_t>(given), ids.end()};
}

TEST_CASE("argmax takes the lowest id on ties") {
  CHECK(argmax(std::vector<double>{1.0, 3.0, 3.0, -2.0}) == 1);
  CHECK(argmax(std::vector<double>{-1.0}) == 0);
}

TEST_CASE("generation equals running the window afresh, within and beyond the context") {
  size_t different = 0;
  for (uint32_t seed = 0; seed < 20; ++seed) {
    CAPTURE(seed);
    const RandomProgram random = generator(seed, seed % 4 != 1, 8);
    REQUIRE(random.program.validate() == "");
    FunctionalEngine engine(random.program, 2);
    ActivityTrace trace(random.program);
    const auto tokens = random.tokens(5, seed + 1);
    REQUIRE(engine.run(tokens, trace) == "");
    const ActivityTrace before = trace;
    const auto result = generate(engine, random.program, trace, 9);
    REQUIRE(result.index() == 0);
    CHECK(std::get<0>(result) == continueAfresh(random.program, tokens, 9));
    CHECK(trace == before);
    auto ids = std::get<0>(result);
    std::sort(ids.begin(), ids.end());
    different += std::unique(ids.begin(), ids.end()) - ids.begin() > 1;
  }
  CHECK(different > 2); // not all of them repeat one id for ever
}

TEST_CASE("a program of a fixed number of tokens runs over the last ones of that number") {
  for (uint32_t seed = 0; seed < 8; ++seed) {
    CAPTURE(seed);
    RandomProgram random = generator(seed, seed % 4 != 1, 8);
    random.program.input.tokens = 5;
    REQUIRE(random.program.validate() == "");
    FunctionalEngine engine(random.program);
    for (int32_t wrong : {4, 6}) {
      ActivityTrace trace(random.program);
      CHECK(engine.run(random.tokens(wrong), trace) ==
            "'" + random.program.name + "': needs 5 tokens, has " + std::to_string(wrong));
      CHECK(trace.tokens() == 0);
    }
    ActivityTrace trace(random.program);
    const auto tokens = random.tokens(5, seed + 1);
    REQUIRE(engine.run(tokens, trace) == "");
    const auto result = generate(engine, random.program, trace, 4);
    REQUIRE(result.index() == 0);
    CHECK(std::get<0>(result) == continueAfresh(random.program, tokens, 4));
  }
}

TEST_CASE("nothing to continue is an error") {
  const RandomProgram random = generator(1, true, 8);
  FunctionalEngine engine(random.program);
  const auto result = generate(engine, random.program, ActivityTrace(random.program), 3);
  REQUIRE(result.index() == 1);
  CHECK(std::get<1>(result) == "'hand-built': nothing to continue; give at least one token");
}
