// A norm between neurons and a linear: the chip computes the linear, and the norm costs nothing.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/SystemFixture.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace synfire::test;

namespace {

const std::string kNormCase = SYNFIRE_SOURCE_DIR "/tests/parity/cases/norm-behind-neuron/";
const std::string kNormTokens = kNormCase + "ids.json";

/// The row of an op in results.json.
nlohmann::json resultRow(const nlohmann::json &results, const std::string &name) {
  nlohmann::json found;
  for (const auto &row : results["ops"])
    if (row["name"] == name) {
      CHECK_MESSAGE(found.is_null(), name << " has two rows");
      found = row;
    }
  REQUIRE_MESSAGE(!found.is_null(), name << " has no row");
  return found;
}

} // namespace

TEST_CASE("a linear behind a norm of spikes runs on the chip, as the interpreter computes it") {
  for (const std::string target : {"loihi2", "mesh-16x16", "tiny-2x2"}) {
    CAPTURE(target);
    TemporaryFolder folder;
    const CommandResult run =
        runSynfire({"run", kNormCase + "m.mlir", "--target", target, "--tokens", kNormTokens, "-o",
                    folder / "out", "--dump", folder / "chip.safetensors"});
    REQUIRE_MESSAGE(run.exitCode == 0, run.err);
    const CommandResult interpret =
        runSynfire({"interpret", kNormCase + "m.mlir", "--target", target, "--tokens", kNormTokens,
                    "--dump", folder / "interpreter.safetensors"});
    REQUIRE_MESSAGE(interpret.exitCode == 0, interpret.err);
    CHECK(readFile(folder / "chip.safetensors") == readFile(folder / "interpreter.safetensors"));

    const auto results = nlohmann::json::parse(readFile(folder / "out/results.json"));
    for (const std::string name : {"fc2", "lif2"})
      CHECK(resultRow(results, name)["where"] == "chip");
    CHECK(resultRow(results, "fc2")["synops"] > 0);
    CHECK(resultRow(results, "fc2")["host_macs"] == 0);
    CHECK(resultRow(results, "lif2")["spikes_out"] > 0);
    for (const std::string name : {"inject", "bn"}) {
      CAPTURE(name);
      const nlohmann::json row = resultRow(results, name);
      CHECK(row["kind"] == (name == "bn" ? "batch_norm" : name));
      for (const char *count : {"synops", "neuron_updates", "spikes_out", "host_macs"})
        CHECK(row[count] == 0);
    }
  }
}
