// Numbers per channel, and time that runs over the tokens: neurons on chips as users have asked for
// them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/functional/FunctionalEngine.h"
#include "tests/system/SystemFixture.h"

#include <doctest/doctest.h>

using namespace synfire;
using namespace synfire::test;

namespace {

const std::string kConstantsCases = SYNFIRE_SOURCE_DIR "/tests/parity/cases/";
const std::vector<std::string> kAllChips = {"loihi", "loihi2", "mesh-16x16", "tiny-2x2"};

/// The case's model with another piece of text in place of one that stands once in it.
std::string changedModel(const TemporaryFolder &folder, const std::string &model,
                         const std::string &piece, const std::string &other) {
  std::string text = readFile(kConstantsCases + model);
  const size_t at = text.find(piece);
  REQUIRE(at != std::string::npos);
  writeFile(folder / "changed.mlir", text.replace(at, piece.size(), other));
  return folder / "changed.mlir";
}

/// The spikes of a neuron op in the float interpreter, by step, token and feature.
std::vector<uint32_t> realSpikes(const std::string &model, const std::string &op,
                                 const std::vector<int32_t> &tokens) {
  const spike::InterpretResult result = interpretFloat(model, tokens);
  const spike::SpikeRecord *record = result.findSpikes(op);
  REQUIRE(record);
  return record->values;
}

/// Every spike of the quantised interpreter, on every chip. Returns the first difference.
std::string differsOnChips(const std::string &model, const std::vector<int32_t> &tokens) {
  TemporaryFolder folder;
  for (const std::string &target : kAllChips) {
    const sim::Program program = compileModel(model, target, folder / "program.mlirbc");
    for (int threads : {1, 3})
      if (std::string where = firstDifference(program, runFunctional(program, tokens, threads),
                                              interpretQuantized(model, target, tokens));
          !where.empty())
        return target + ": " + where;
  }
  return "";
}

const std::vector<int32_t> kFourTokens = {3, 1, 4, 5};
const std::vector<int32_t> kSixTokens = {3, 1, 4, 5, 2, 6};

} // namespace

TEST_CASE("each channel leaks by its own number, as if it were alone") {
  TemporaryFolder folder;
  struct Case {
    std::string model, both, first, second, whole;
  };
  for (const Case &c :
       {Case{"a.mlir", "tau = [2.0, 3.0]", "tau = 2.0", "tau = 3", "tau = [2, 3]"},
        Case{"b.mlir", "w = [0.1, 0.2]", "w = 0.1", "w = [0.2]", "w = [0.1 : f64, 0.2]"},
        Case{"c.mlir", "threshold = [1.0, 0.5]", "threshold = [1]", "threshold = 0.5",
             "threshold = [1, 0.5]"}}) {
    CAPTURE(c.model);
    const std::string model = "decay-per-channel/" + c.model;
    const std::vector<uint32_t> both = realSpikes(kConstantsCases + model, "fc1_n", kFourTokens);
    CHECK(both == realSpikes(changedModel(folder, model, c.both, c.whole), "fc1_n", kFourTokens));
    const std::vector<uint32_t> first = realSpikes(changedModel(folder, model, c.both, c.first),
                                                   "fc1_n", kFourTokens),
                                second = realSpikes(changedModel(folder, model, c.both, c.second),
                                                    "fc1_n", kFourTokens);
    for (size_t i = 0; i < both.size(); ++i)
      CHECK(both[i] == (i % 2 == 0 ? first : second)[i]);
    CHECK(differsOnChips(kConstantsCases + model, kFourTokens) == "");
  }
}

TEST_CASE("a list for another number of channels is refused with both numbers") {
  TemporaryFolder folder;
  const CommandResult result = runSynfire(
      {"interpret", changedModel(folder, "decay-per-channel/a.mlir", "[2.0, 3.0]", "[2, 3, 4]"),
       "--tokens", kConstantsCases + "decay-per-channel/ids.json"});
  CHECK(result.exitCode == 1);
  CHECK_MESSAGE(contains(result.err, "numbers of tau: needs 1, or 2 (one per channel), has 3"),
                result.err);
}

TEST_CASE(
    "neurons whose time runs over the tokens keep their states from token to token on chips") {
  TemporaryFolder folder;
  const std::string model = "across-tokens/m.mlir";
  CHECK(differsOnChips(kConstantsCases + model, kSixTokens) == "");
  // What is behind a token does not change it, and what is before it does.
  const std::vector<uint32_t> all = realSpikes(kConstantsCases + model, "lif", kSixTokens),
                              four = realSpikes(kConstantsCases + model, "lif", kFourTokens);
  CHECK(four == std::vector<uint32_t>(all.begin(), all.begin() + 4 * 8));
  const std::string anew = changedModel(folder, model, "steps_and_tokens", "steps");
  CHECK(all != realSpikes(anew, "lif", kSixTokens));
  // A token alone has none before it.
  const std::vector<uint32_t> last = realSpikes(kConstantsCases + model, "lif", {6});
  CHECK(last == realSpikes(anew, "lif", {6}));
}

TEST_CASE("a text that is run in pieces goes on from the states that the last piece left") {
  const std::string model = kConstantsCases + "across-tokens/m.mlir";
  TemporaryFolder folder;
  const sim::Program program = compileModel(model, "loihi2", folder / "program.mlirbc");
  sim::FunctionalEngine engine(program);
  sim::ActivityTrace trace(program);
  REQUIRE(engine.run(kFourTokens, trace) == "");
  REQUIRE(engine.run(std::vector<int32_t>{2, 6}, trace) == "");
  CHECK(firstDifference(program, trace, interpretQuantized(model, "loihi2", kSixTokens)) == "");
  // Another continuation, as a window of later tokens begins: what is cut off leaves no state.
  trace.truncate(4);
  REQUIRE(engine.run(std::vector<int32_t>{7, 0}, trace) == "");
  CHECK(firstDifference(program, trace, interpretQuantized(model, "loihi2", {3, 1, 4, 5, 7, 0})) ==
        "");
}
