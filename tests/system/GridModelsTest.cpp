// Models on grids, whole: a convolution counted by hand, the vision transformers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/SystemFixture.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cstring>
#include <map>

using namespace synfire::test;

namespace {

const std::string kConvCase = SYNFIRE_SOURCE_DIR "/tests/parity/cases/conv/";

/// A safetensors file with an image whose colours follow a rule.
std::string image(int rows, int columns, int channels) {
  std::string pixels;
  for (int i = 0; i < rows * columns * channels; ++i) {
    const float value = static_cast<float>(i * 37 % 256) / 255;
    pixels.append(reinterpret_cast<const char *>(&value), sizeof value);
  }
  const std::string header = R"({"input":{"dtype":"F32","shape":[)" + std::to_string(rows) + "," +
                             std::to_string(columns) + "," + std::to_string(channels) +
                             R"(],"data_offsets":[0,)" + std::to_string(pixels.size()) + "]}}";
  std::string size(8, '\0');
  size[0] = static_cast<char>(header.size());
  return size + header + pixels;
}

/// runOnBoth() on an input tensor.
nlohmann::json runBoth(const std::string &model, const std::string &target,
                       const std::string &input, std::vector<std::string> more = {}) {
  more.insert(more.end(), {"--input", input});
  return runOnBoth(model, target, more);
}

} // namespace

TEST_CASE("a grouped, strided, padded convolution reads 486 weights on every chip") {
  for (const std::string target : {"loihi", "loihi2", "mesh-16x16", "tiny-2x2"}) {
    CAPTURE(target);
    const nlohmann::json results =
        runBoth(kConvCase + "m.mlir", target, kConvCase + "in.safetensors");
    // As a loop over its 92 spikes and their windows counts them (the case's expected.txt); zeros
    // of the padding, and the other group, cost nothing.
    CHECK(readFile(kConvCase + "expected.txt").find("486") != std::string::npos);
    const nlohmann::json &conv = rowOf(results["ops"], "conv");
    CHECK(conv["where"] == "chip");
    CHECK(conv["actions"]["synop_conv"] == 486);
    CHECK(conv["actions"]["axon_in"] == 92);
    CHECK(results["accounts"]["op_count"]["ops"][0]["acs"] == 486);
    // A flatten is wiring: it costs nothing, and every spike reads 4 weights behind it.
    for (const auto &[action, times] : rowOf(results["ops"], "flat")["actions"].items())
      CHECK_MESSAGE(times == 0, action);
    CHECK(rowOf(results["ops"], "fc")["actions"]["synop_dense"] ==
          4 * rowOf(results["ops"], "conv_lif")["spikes_out"].get<int64_t>());
  }
}

TEST_CASE("the vision transformers run whole on a chip, as in the interpreter") {
  TemporaryFolder folder;
  const std::string input = folder / "image.safetensors";
  writeFile(input, image(32, 32, 3));
  for (const std::string name : {"spikformer-4-384", "spike-driven-transformer-2-512"}) {
    CAPTURE(name);
    const nlohmann::json results = runBoth(SYNFIRE_SOURCE_DIR "/examples/models/" + name + ".yaml",
                                           "mesh-64x64", input, {"--random-weights", "1"});
    CHECK(results["model"]["tokens"] == 1);
    // All convolutions of spikes, and all linear layers, are on the chip, and so is attention.
    for (const nlohmann::json &op : results["ops"]) {
      const std::string rowName = op["name"], kind = op["kind"];
      CAPTURE(rowName);
      if (kind == "linear" || kind == "self_attention" || kind == "key_value_sum" ||
          (kind == "conv" && rowName != "embed.conv0"))
        CHECK((op["where"] == "chip" || rowName.starts_with("head.")));
      if (kind == "conv" && rowName != "embed.conv0")
        CHECK(op["actions"]["synop_conv"].get<int64_t>() > 0);
    }
    CHECK(results["totals"]["spikes"].get<int64_t>() > 100000);
    CHECK(results["totals"]["time_us"].get<double>() > 0);
  }
}

TEST_CASE("what several cores compute again is in the account of the model once") {
  // Cores of four neurons have no room for the 8 points of one column: each of them adds up the
  // products of keys and values of all points.
  TemporaryFolder folder;
  writeFile(folder / "m.yaml", R"(synfire: model/1
name: small
architecture: spike-driven-transformer
config: {image_height: 8, image_width: 16, image_channels: 2, classes: 3, time_steps: 2, width: 16,
         blocks: 1, heads: 2, mlp_expansion: 1}
)");
  writeFile(folder / "narrow.yaml",
            "extends: mesh-64x64\nname: narrow\ndescription: narrow\ncore: {neurons: 4}\n");
  writeFile(folder / "image.safetensors", image(8, 16, 2));
  const std::vector<std::string> weights = {"--random-weights", "5", "--target-rate", "0.3"};
  const nlohmann::json results =
      runBoth(folder / "m.yaml", folder / "narrow.yaml", folder / "image.safetensors", weights);
  // `count` knows no cores.
  std::vector<std::string> count = {
      "count",    folder / "m.yaml",      "--input", folder / "image.safetensors",
      "--target", folder / "narrow.yaml", "--json"};
  count.insert(count.end(), weights.begin(), weights.end());
  const CommandResult counted = runSynfire(count);
  REQUIRE_MESSAGE(counted.exitCode == 0, counted.err);
  std::map<std::string, int64_t> accumulates;
  const nlohmann::json account = nlohmann::json::parse(counted.out);
  for (const nlohmann::json &op : account["ops"])
    accumulates[op["name"]] = op["acs"];
  CHECK(accumulates["block0.attn.kv"] > 0);
  for (const nlohmann::json &op : results["accounts"]["op_count"]["ops"])
    if (const auto found = accumulates.find(op["name"]); found != accumulates.end())
      CHECK_MESSAGE(op["acs"] == found->second, found->first);
}
