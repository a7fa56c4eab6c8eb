// GPT-2, Spikformer and Spike-driven Transformer as a user meets them: token ids
// or an image in, logits out.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/safetensors/Safetensors.h"
#include "dialect/import/safetensors/SafetensorsWriter.h"
#include "tests/system/SystemFixture.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

using namespace synfire;
using namespace synfire::test;
using Json = nlohmann::ordered_json;

namespace {

const std::string kModels = SYNFIRE_SOURCE_DIR "/examples/models/";

std::string writeIds(const TemporaryFolder &folder, const std::string &ids) {
  std::ofstream(folder / "ids.json") << ids;
  return folder / "ids.json";
}

/// A picture of soft stripes, [32, 32, 3].
std::string writeImage(const TemporaryFolder &folder) {
  std::vector<float> pixels;
  for (int i = 0; i < 32 * 32 * 3; ++i)
    pixels.push_back(2.0f * static_cast<float>(i % 37) / 18.0f - 2.0f);
  SafetensorsWriter writer(folder / "image.safetensors");
  writer.declare("input", TensorType::F32, {32, 32, 3});
  writer.append(std::as_bytes(std::span(pixels)));
  REQUIRE(!writer.finish());
  return folder / "image.safetensors";
}

std::vector<uint8_t> spikesOf(const Safetensors &dump, const std::string &op) {
  const TensorInfo *info = dump.find(op + ".spikes");
  REQUIRE(info);
  const auto bytes = dump.bytes(*info);
  std::vector<uint8_t> spikes(bytes.size());
  std::memcpy(spikes.data(), bytes.data(), bytes.size());
  return spikes;
}

/// What an interpreted model dumps.
std::shared_ptr<const Safetensors> dumpOf(std::vector<std::string> arguments,
                                          const std::string &path) {
  arguments.insert(arguments.end(), {"--dump", path});
  const CommandResult run = runSynfire(arguments);
  REQUIRE_MESSAGE(run.exitCode == 0, run.err);
  auto opened = Safetensors::open(path);
  REQUIRE(opened.index() == 0);
  return std::get<0>(opened);
}

} // namespace

TEST_CASE("a shipped image model runs on an image and shows its best classes") {
  for (const std::string name : {"spikformer-4-384", "spike-driven-transformer-2-512"}) {
    CAPTURE(name);
    TemporaryFolder folder;
    const std::vector<std::string> interpret = {"interpret",        kModels + name + ".yaml",
                                                "--random-weights", "1",
                                                "--input",          writeImage(folder)};
    std::vector<std::string> asJson = interpret;
    asJson.insert(asJson.end(), {"--top", "3", "--json", "--dump", folder / "d.safetensors"});
    const CommandResult run = runSynfire(asJson);
    REQUIRE_MESSAGE(run.exitCode == 0, run.err);
    const Json result = Json::parse(run.out);
    CHECK(!result.contains("generated_tokens"));
    CHECK(!result.contains("cross_entropy_nats"));
    REQUIRE(result["top_classes"].size() == 1);
    REQUIRE(result["top_classes"][0].size() == 3);

    auto dump = Safetensors::open(folder / "d.safetensors");
    REQUIRE(dump.index() == 0);
    const TensorInfo *info = std::get<0>(dump)->find("logits");
    REQUIRE(info);
    std::vector<float> logits(info->bytes() / sizeof(float));
    std::memcpy(logits.data(), std::get<0>(dump)->bytes(*info).data(), info->bytes());
    double last = INFINITY;
    for (const Json &best : result["top_classes"][0]) {
      const auto logit = best["logit"].get<double>();
      CHECK(static_cast<float>(logit) == logits[best["class"].get<size_t>()]);
      CHECK(logit <= last);
      last = logit;
    }
    CHECK(static_cast<float>(result["top_classes"][0][0]["logit"].get<double>()) ==
          *std::max_element(logits.begin(), logits.end()));

    // Random weights keep every layer alive.
    for (const Json &op : result["ops"]) {
      CAPTURE(op["name"]);
      CHECK(op["firing_rate"].get<double>() > 0.01);
      CHECK(op["firing_rate"].get<double>() < 0.6);
    }
    CHECK(contains(runSynfire(interpret).out, "class "));
  }
}

TEST_CASE("an image model refuses text, tokens and a continuation, and says what it takes") {
  TemporaryFolder folder;
  const std::string model = kModels + "spikformer-4-384.yaml";
  auto fails = [&](std::vector<std::string> arguments, const std::string &message) {
    arguments.insert(arguments.begin() + 1, {model, "--random-weights", "1"});
    const CommandResult run = runSynfire(arguments);
    CHECK(run.exitCode == 1);
    CHECK_MESSAGE(contains(run.err, message), run.err);
  };
  const std::string wants = "the model takes a tensor, not token ids; give --input FILE, a "
                            ".safetensors with one tensor 'input' of shape [32, 32, 3] (height, "
                            "width, channels) or [1024, 3]";
  fails({"interpret", "--text", "a cat"}, wants);
  fails({"interpret", "--tokens", writeIds(folder, "[1]")}, wants);
  fails({"interpret"}, wants);
  fails({"count", "--tokens", writeIds(folder, "[1]")}, wants);
  fails({"interpret", "--input", writeImage(folder), "--generate", "1"},
        "--generate: the model takes a tensor, which no token follows; leave it out");
  fails({"evaluate", "--text", "a cat"},
        "takes a tensor, not token ids; evaluate measures the loss of a text. Run it with "
        "`synfire interpret --input`");
  CHECK(runSynfire({"interpret", model, "--input", "a", "--tokens", "b"}).exitCode == 2);
}

TEST_CASE("count measures the spikes of an image") {
  TemporaryFolder folder;
  const CommandResult run =
      runSynfire({"count", kModels + "spikformer-4-384.yaml", "--random-weights", "1", "--input",
                  writeImage(folder), "--json"});
  REQUIRE_MESSAGE(run.exitCode == 0, run.err);
  const Json totals = Json::parse(run.out)["totals"];
  CHECK(totals["parameters"] == 9324730);
  // Reals are multiplied in the first convolution, 27 per output of every point and step (padding
  // included), and in the head, once.
  CHECK(totals["macs"] == 4 * 32 * 32 * 27 * 48 + 384 * 10);
  CHECK(totals["acs"].get<int64_t>() > 0);
}

TEST_CASE("the model that takes tokens wants no tensor, GPT-2 no text") {
  TemporaryFolder folder;
  CommandResult run = runSynfire({"interpret", kModel, "--input", writeImage(folder)});
  CHECK(run.exitCode == 1);
  CHECK(contains(run.err, "--input: the model takes token ids; give --tokens FILE or --text STRING "
                          "instead"));
  run = runSynfire({"interpret", kModels + "gpt2-small.yaml", "--text", "hello"});
  CHECK(run.exitCode == 1);
  CHECK(contains(run.err, "give --tokens FILE instead of --text"));
}

TEST_CASE("GPT-2 small with random weights runs and continues token ids") {
  TemporaryFolder folder;
  const std::vector<std::string> interpret = {"interpret",
                                              kModels + "gpt2-small.yaml",
                                              "--random-weights",
                                              "1",
                                              "--tokens",
                                              writeIds(folder, "[50256, 17, 2048, 9]"),
                                              "--generate",
                                              "2",
                                              "--json"};
  const CommandResult run = runSynfire(interpret);
  REQUIRE_MESSAGE(run.exitCode == 0, run.err);
  const Json result = Json::parse(run.out);
  CHECK(result["tokens"] == 4);
  CHECK(result["generated_tokens"].size() == 2);
  CHECK(result["cross_entropy_nats"].get<double>() > 0);
  CHECK(run.out == runSynfire(interpret).out);
  const CommandResult text =
      runSynfire({"interpret", kModels + "gpt2-small.yaml", "--random-weights", "1", "--tokens",
                  folder / "ids.json", "--generate", "1"});
  CHECK(contains(text.out, "continuation: [" +
                               std::to_string(result["generated_tokens"][0].get<int>()) + "]"));
}

TEST_CASE("the causal spike-driven decoder sums k AND v up to each token") {
  TemporaryFolder folder;
  const std::string model = kModels + "spike-driven-decoder.mlir";
  constexpr size_t kSteps = 4, kTokens = 8, kWidth = 6;
  auto dump = dumpOf({"interpret", model, "--generate", "0", "--tokens",
                      writeIds(folder, "[0, 1, 2, 3, 4, 1, 0, 2]")},
                     folder / "d.safetensors");
  const auto k = spikesOf(*dump, "block0.attn.k_lif"), v = spikesOf(*dump, "block0.attn.v_lif");
  const auto gate = spikesOf(*dump, "block0.attn.kv_lif");
  REQUIRE(gate.size() == kSteps * kTokens * kWidth);
  for (size_t n = 0; n < kTokens; ++n)
    for (size_t c = 0; c < kWidth; ++c) {
      double membrane = 0;
      for (size_t t = 0; t < kSteps; ++t) {
        int sum = 0;
        for (size_t m = 0; m <= n; ++m)
          sum += k[(t * kTokens + m) * kWidth + c] & v[(t * kTokens + m) * kWidth + c];
        membrane = membrane / 2 + sum / 2.0;
        CHECK(gate[(t * kTokens + n) * kWidth + c] == (membrane >= 0.5));
        if (membrane >= 0.5)
          membrane = 0;
      }
    }
  // Later tokens change nothing for earlier ones.
  auto shorter =
      dumpOf({"interpret", model, "--generate", "0", "--tokens", writeIds(folder, "[0, 1, 2, 3]")},
             folder / "s.safetensors");
  const auto all = spikesOf(*dump, "head.lif"), first = spikesOf(*shorter, "head.lif");
  for (size_t t = 0; t < kSteps; ++t)
    for (size_t i = 0; i < 4 * kWidth; ++i)
      CHECK(first[t * 4 * kWidth + i] == all[t * kTokens * kWidth + i]);
}

TEST_CASE("list names the shipped models with their sizes") {
  const CommandResult list = runSynfire({"list", "models"});
  CHECK(list.exitCode == 0);
  for (const std::string line :
       {"gpt2, 124.44 M parameters, without weights: ", "gpt2, 1557.61 M parameters",
        "spikformer, 9.32 M parameters", "spike-driven-transformer, 10.28 M parameters",
        "spikedecoder, 27.88 M parameters"})
    CHECK_MESSAGE(contains(list.out, line), list.out);
  CHECK(contains(list.out, "M parameters, with weights: " + kModel));
  CHECK(contains(list.out, "spikformer-4-384.yaml; compiles on mesh-64x64\n"));
  CHECK(contains(list.out, "mesh-16x16 (with --residual host)"));
  for (const Json &model : Json::parse(runSynfire({"list", "models", "--json"}).out)["models"])
    if (model["name"] == "spikformer-4-384")
      CHECK(model["chips"]["loihi2"] == "no: core.neurons");
  CHECK(list.err.empty());
}

/// The lines of a program's text that say where everything lives, without the places in the side
/// file.
static std::string mappingOf(const std::string &text) {
  static const std::regex kPlace(" offset \\d+ weight_bytes \\d+");
  std::string mapping;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (contains(line, "chip.slice") || contains(line, "chip.synapses") ||
        contains(line, "chip.flow") || contains(line, "chip.attention_heads"))
      mapping += std::regex_replace(line, kPlace, "") + "\n";
  return mapping;
}

TEST_CASE("a description without weights is mapped as with weights, and cannot be simulated") {
  const TemporaryFolder folder;
  const std::string with = folder / "with.mlir", without = folder / "without.mlir";
  const std::vector<std::string> compile = {"compile", kTestModels + "residual1.yaml", "--target",
                                            "mesh-16x16", "-o"};
  auto arguments = [&](std::vector<std::string> more) {
    more.insert(more.begin(), compile.begin(), compile.end());
    return more;
  };
  REQUIRE(runSynfire(arguments({with, "--random-weights", "1"})).exitCode == 0);
  const CommandResult shapes = runSynfire(arguments({without}));
  REQUIRE_MESSAGE(shapes.exitCode == 0, shapes.err);
  CHECK(contains(shapes.err, "compiled without weights: the program says where everything lives, "
                             "and cannot be simulated"));
  const std::string mapping = mappingOf(readFile(with));
  CHECK(contains(mapping, "chip.synapses"));
  CHECK(mapping == mappingOf(readFile(without)));
  CHECK_FALSE(std::filesystem::exists(folder / "without.weights"));

  const CommandResult simulated =
      runSynfire({"simulate", without, "--text", "a", "-o", folder / "results"});
  CHECK(simulated.exitCode == 1);
  CHECK_MESSAGE(contains(simulated.err, "has no weights_file: it was compiled of a model without "
                                        "weights, or not to the end; use `synfire compile` with "
                                        "--weights or --random-weights"),
                simulated.err);
  const CommandResult run = runSynfire({"run", kTestModels + "residual1.yaml", "--target",
                                        "mesh-16x16", "--text", "a", "-o", folder / "results"});
  CHECK(run.exitCode == 1);
  CHECK_MESSAGE(contains(run.err, "give them by --weights or --random-weights"), run.err);
}
