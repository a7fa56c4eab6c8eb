// The strict SpikeDecoder, whose merged residual stream no core has room for, with the stream on
// the host. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/SystemFixture.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace synfire::test;

TEST_CASE("a residual stream that no core has room for is left to the host, as the refusal says") {
  const std::string model = SYNFIRE_SOURCE_DIR "/examples/models/spikedecoder-char-strict.yaml";
  TemporaryFolder folder;
  const std::vector<std::string> weights = {"--random-weights", "1"};
  const auto withWeights = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), weights.begin(), weights.end());
    return runSynfire(arguments);
  };
  const CommandResult refused =
      withWeights({"compile", model, "--target", "loihi2", "-o", folder / "p.mlirbc"});
  CHECK(refused.exitCode == 1);
  CHECK(contains(refused.err, "--residual host"));

  const CommandResult run = withWeights({"run", model, "--target", "loihi2", "--residual", "host",
                                         "--text", "prince andrew rode up", "--generate", "0", "-o",
                                         folder / "out", "--dump", folder / "chip.safetensors"});
  REQUIRE_MESSAGE(run.exitCode == 0, run.err);
  const CommandResult interpreted = withWeights(
      {"interpret", model, "--target", "loihi2", "--residual", "host", "--text",
       "prince andrew rode up", "--generate", "0", "--dump", folder / "interpreter.safetensors"});
  REQUIRE_MESSAGE(interpreted.exitCode == 0, interpreted.err);
  CHECK(readFile(folder / "chip.safetensors") == readFile(folder / "interpreter.safetensors"));
  // The additions are the host's, the linear layers and attention the chip's.
  const auto results = nlohmann::json::parse(readFile(folder / "out/results.json"));
  int64_t additions = 0;
  for (const auto &op : results["ops"]) {
    if (op["kind"] == "add") {
      CHECK(op["where"] == "host");
      ++additions;
    }
    if (op["kind"] == "linear" || op["kind"] == "self_attention")
      CHECK(op["where"] == "chip");
  }
  CHECK(additions == 24);
}
