// Hybrids: what the chip cannot do runs on the host, and all of it gives the
// quantised interpreter's spikes and logits, bit for bit.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/HybridModels.h"

#include "simulator/functional/FunctionalEngine.h"
#include "simulator/functional/Generate.h"
#include "simulator/host/HeadKernels.h"
#include "simulator/host/NormKernels.h"
#include "simulator/host/SynapseKernels.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <type_traits>

using namespace synfire;
using namespace synfire::test;

namespace {

const std::vector<Variant> kVariants = {
    {"layer norm, residual 0", {}},
    {"layer norm, residual 1", {{"residual", "1"}, {"recombine", "sum"}}},
    {"layer norm, residual 2", {{"residual", "2"}, {"recombine", "concatenate"}}},
    {"no norm", {{"norm", "none"}}},
    {"batch norm, first block's LIF", {{"norm", "batch"}, {"first_block_lif", "true"}}},
    {"layer norm, first block's LIF, last step",
     {{"first_block_lif", "true"}, {"recombine", "last"}}},
    {"one LIF step after the mean",
     {{"norm", "power"}, {"float_reunite", "true"}, {"recombine", ""}}},
    {"layer norm, one LIF step after the mean", {{"float_reunite", "true"}, {"recombine", ""}}},
    {"degree 3: a real head", {{"degree", "3"}}},
    {"degree 3 with a foldable norm", {{"degree", "3"}, {"norm", "power"}}},
    {"degree 2: an ordinary MLP", {{"degree", "2"}}},
    {"attention only", {{"degree", "attention-only"}}},
    {"summed embedding",
     {{"combine", "sum"},
      {"position_width", "20"},
      {"position_code", "static"},
      {"norm", "power"}}},
    {"two-hot and binary codes",
     {{"token_code", "two-hot"},
      {"position_code", "binary"},
      {"token_width", ""},
      {"position_width", ""},
      {"norm", "batch"}}},
    {"published binary code",
     {{"token_code", "binary-left"},
      {"position_code", "one-hot"},
      {"token_width", ""},
      {"position_width", ""},
      {"heads", "3"}}},
    {"one-hot over position and token",
     {{"token_code", "one-hot"},
      {"position_code", ""},
      {"token_width", ""},
      {"position_width", ""},
      {"context", "4"},
      {"norm", "power"}}},
};

std::vector<int32_t> someTokens(size_t count) {
  std::vector<int32_t> tokens = sampleTokens();
  tokens.resize(count);
  return tokens;
}

std::string bitsDiffer(const sim::FunctionalEngine &engine, const sim::ActivityTrace &trace,
                       const spike::InterpretResult &expected) {
  for (int32_t n = 0; n < trace.tokens(); ++n) {
    const std::vector<double> logits = engine.logits(trace, n);
    if (static_cast<int64_t>(logits.size()) != expected.vocabulary)
      return "no logits";
    for (size_t v = 0; v < logits.size(); ++v)
      if (std::bit_cast<uint64_t>(logits[v]) !=
          std::bit_cast<uint64_t>(expected.logits[static_cast<size_t>(n) * logits.size() + v]))
        return "logit " + std::to_string(v) + " of token " + std::to_string(n);
  }
  return {};
}

/// Spikes and logits against the interpreter's.
std::string difference(const sim::Program &program, const std::vector<int32_t> &tokens,
                       const spike::InterpretResult &expected) {
  sim::FunctionalEngine engine(program);
  sim::ActivityTrace trace(program);
  if (std::string error = engine.run(tokens, trace); !error.empty())
    return error;
  const std::string spikes = firstDifference(program, trace, expected);
  return spikes.empty() ? bitsDiffer(engine, trace, expected) : spikes;
}

int64_t spikesOf(const sim::Program &program, const sim::ActivityTrace &trace, bool onChip) {
  int64_t spikes = 0;
  for (size_t p = 0; p < program.populations.size(); ++p)
    if (onChip ? program.populations[p].kind == sim::PopulationKind::Neurons
               : program.populations[p].kind == sim::PopulationKind::HostSpikes)
      spikes += trace.countSpikes(static_cast<int32_t>(p));
  return spikes;
}

} // namespace

TEST_CASE("every variant of the decoder on every chip, every spike and every bit of the logits") {
  for (const Variant &variant : kVariants)
    for (const std::string target : {"loihi2", "mesh-16x16", "tiny-2x2"}) {
      CAPTURE(variant.name);
      CAPTURE(target);
      TemporaryFolder folder;
      const std::string model = describe(variant, folder);
      const bool shortContext = variant.name.starts_with("one-hot over");
      const std::vector<int32_t> tokens = someTokens(shortContext ? 4 : 12);
      const sim::Program program = compileModel(model, target, folder / "program.mlirbc");
      const spike::InterpretResult expected = interpretQuantized(model, target, tokens);
      CHECK(difference(program, tokens, expected) == "");
      const sim::ActivityTrace trace = runFunctional(program, tokens);
      CHECK(spikesOf(program, trace, true) > 0);
      CHECK(spikesOf(program, trace, false) > 0);
    }
}

TEST_CASE("softmax attention of the host between the chip's stages") {
  for (const std::string target : {"loihi2", "mesh-16x16", "tiny-2x2"}) {
    CAPTURE(target);
    TemporaryFolder folder;
    const std::string model = softmaxModel(folder);
    const std::vector<int32_t> tokens = someTokens(24);
    const sim::Program program = compileModel(model, target, folder / "program.mlirbc");
    const spike::InterpretResult expected = interpretQuantized(model, target, tokens);
    CHECK(difference(program, tokens, expected) == "");
    const sim::ActivityTrace trace = runFunctional(program, tokens);
    CHECK(spikesOf(program, trace, true) > 0);
    CHECK(trace == runFunctional(program, tokens, 2));
  }
}

TEST_CASE("a hybrid may be run token by token: the host keeps keys and values") {
  const std::vector<int32_t> tokens = someTokens(12);
  for (const bool softmax : {true, false}) {
    TemporaryFolder folder;
    const std::string model =
        softmax ? softmaxModel(folder) : describe({"degree 2", {{"degree", "2"}}}, folder);
    const sim::Program program = compileModel(model, "mesh-16x16", folder / "program.mlirbc");
    const sim::ActivityTrace whole = runFunctional(program, tokens);
    sim::FunctionalEngine engine(program);
    sim::ActivityTrace pieces(program);
    for (int32_t token : tokens)
      REQUIRE(engine.run(std::span(&token, 1), pieces) == "");
    CHECK(whole == pieces);
    const auto continued = sim::generate(engine, program, whole, 3);
    REQUIRE(continued.index() == 0);
    CHECK(std::get<0>(continued)[0] == sim::argmax(engine.logits(whole, 11)));
  }
}

TEST_CASE("one bit of any number of the host is noticed") {
  const std::vector<int32_t> tokens = someTokens(12);
  TemporaryFolder folder;
  const std::string model = describe({"degree 2", {{"degree", "2"}}}, folder);
  const sim::Program program = compileModel(model, "tiny-2x2", folder / "program.mlirbc");
  const spike::InterpretResult expected = interpretQuantized(model, "tiny-2x2", tokens);
  REQUIRE(difference(program, tokens, expected) == "");
  // The result is real, and every real op lies on the way to it: a number that
  // is wrong by one unit in the last place must change a bit of some logit.
  std::map<std::string, int> noticed;
  const auto nudge = [](auto &x) {
    x = std::nextafter(x, std::numeric_limits<std::remove_reference_t<decltype(x)>>::max());
  };
  for (size_t i = 0; i < program.hostOps.size(); ++i) {
    const sim::HostKernel *kernel = program.hostOps[i].kernel.get();
    // Whether the run differs once `change` has been done to a copy of a kernel.
    const auto plant = [&](const auto &known, auto change) {
      auto copy = std::make_shared<std::remove_cvref_t<decltype(known)>>(known);
      change(*copy);
      sim::Program planted = program;
      planted.hostOps[i].kernel = copy;
      noticed[known.name()] += difference(planted, tokens, expected) != "";
    };
    if (const auto *linear = dynamic_cast<const sim::host::Linear *>(kernel)) {
      plant(*linear, [&](auto &k) { nudge(k.weights[3]); });
      plant(*linear, [&](auto &k) { nudge(k.bias[2]); });
    } else if (const auto *norm = dynamic_cast<const sim::host::LayerNorm *>(kernel)) {
      plant(*norm, [&](auto &k) { nudge(k.weight[2]); });
      plant(*norm, [&](auto &k) { nudge(k.bias[2]); });
    } else if (const auto *reader = dynamic_cast<const sim::host::Dequantize *>(kernel)) {
      plant(*reader, [&](auto &k) { nudge(k.scale[2]); });
    }
  }
  CHECK(noticed["linear"] > 0);
  CHECK(noticed["layer_norm"] > 0);
  CHECK(noticed["dequantize"] > 0);
}

TEST_CASE("an ordinary decoder is computed by the host alone, to the interpreter's logits") {
  const std::vector<int32_t> tokens = someTokens(6);
  for (const char *degree : {"0", "1"})
    for (const char *target : {"loihi", "mesh-16x16"}) {
      TemporaryFolder folder;
      const std::string model = describe({"ann", {{"degree", degree}}}, folder);
      const sim::Program program = compileModel(model, target, folder / "program.mlirbc");
      CHECK(program.slices.empty());
      CHECK(program.cores.size() == 1); // the host
      for (const sim::Op &op : program.ops)
        CHECK((op.where == sim::Where::Host || op.kind == "chip"));
      sim::FunctionalEngine engine(program);
      sim::ActivityTrace trace(program);
      REQUIRE(engine.run(tokens, trace) == "");
      CHECK(bitsDiffer(engine, trace, interpretFloat(model, tokens)) == "");
    }
}
