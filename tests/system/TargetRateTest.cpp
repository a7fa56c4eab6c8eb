// TargetRateTest: --target-rate, whose input is drawn here once more.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "SystemFixture.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>

using namespace synfire::test;

namespace {

const std::vector<std::string> kAtRate = {"--random-weights", "5", "--target-rate", "0.15"};

/// The numbers of the stated input: SplitMix64, begun at the hash FNV-1a of "input" whose offset
/// basis has been combined with the seed 5.
class Drawn {
public:
  Drawn() {
    for (const char c : std::string("input"))
      state = (state ^ static_cast<unsigned char>(c)) * 1099511628211u;
  }
  double below1() {
    state += 0x9e3779b97f4a7c15u;
    uint64_t mixed = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
    return std::ldexp(static_cast<double>((mixed ^ (mixed >> 31)) >> 11), -53);
  }

private:
  uint64_t state = 14695981039346656037u ^ 5;
};

CommandResult atRate(std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), kAtRate.begin(), kAtRate.end());
  return runSynfire(arguments);
}

/// Interprets the model on the file of the stated input; every op that fires at another rate than
/// 15 % is named in a warning, with its rate, and no other op is. Returns how many ops have it.
int checkRates(const std::string &model, const std::string &option, const std::string &file) {
  const CommandResult result = atRate({"interpret", model, "--json", option, file});
  REQUIRE_MESSAGE(result.exitCode == 0, result.err);
  const nlohmann::json results = nlohmann::json::parse(result.out);
  int met = 0;
  for (const nlohmann::json &op : results["ops"]) {
    const std::string name = op["name"];
    const double rate = op["firing_rate"];
    CAPTURE(name);
    CAPTURE(rate);
    const bool warned = result.err.find("'" + name + "' at ") != std::string::npos;
    CHECK(warned == (std::abs(rate - 0.15) > 0.01));
    met += !warned;
  }
  return met;
}

/// A safetensors file with this one tensor of float32.
std::string tensorFile(const std::string &shape, const std::vector<float> &numbers) {
  const size_t bytes = numbers.size() * sizeof(float);
  std::string header = R"({"input":{"dtype":"F32","shape":)" + shape + R"(,"data_offsets":[0,)" +
                       std::to_string(bytes) + "]}}";
  std::string size(8, '\0');
  size[0] = static_cast<char>(header.size());
  return size + header + std::string(reinterpret_cast<const char *>(numbers.data()), bytes);
}

/// A vision transformer of one block for images of 32 x 32 points.
const char *const kVision = R"(synfire: model/1
name: small
architecture: spikformer
config:
  image_height: 32
  image_width: 32
  image_channels: 3
  classes: 3
  time_steps: 2
  width: 16
  blocks: 1
  heads: 2
  mlp_expansion: 2
  attention_scale: 0.5
  attention_threshold: 0.5
)";

} // namespace

TEST_CASE("every op of a decoder fires at the stated rate on the stated input") {
  TemporaryFolder folder;
  Drawn drawn;
  nlohmann::json ids = nlohmann::json::array();
  for (int i = 0; i < 64; ++i)
    ids.push_back(static_cast<int>(30 * drawn.below1()));
  writeFile(folder / "ids.json", ids.dump());
  for (const std::string name : {"residual1", "residual2", "concatenate"}) {
    CAPTURE(name);
    CHECK(checkRates(kTestModels + name + ".yaml", "--tokens", folder / "ids.json") >= 10);
  }
}

TEST_CASE("every op of a vision transformer fires at the stated rate on the stated input") {
  TemporaryFolder folder;
  Drawn drawn;
  std::vector<float> pixels(32 * 32 * 3);
  for (float &pixel : pixels)
    pixel = static_cast<float>(2 * drawn.below1() - 1);
  writeFile(folder / "small.yaml", kVision);
  writeFile(folder / "image.safetensors", tensorFile("[1024,3]", pixels));
  CHECK(checkRates(folder / "small.yaml", "--input", folder / "image.safetensors") >= 8);
}

TEST_CASE("the same thresholds come out every time, and programs tell of them") {
  TemporaryFolder folder;
  for (const std::string name : {"a", "b"}) {
    const CommandResult imported =
        atRate({"import", kTestModels + "residual1.yaml", "-o", folder / (name + ".mlir")});
    REQUIRE_MESSAGE(imported.exitCode == 0, imported.err);
  }
  CHECK(readFile(folder / "a.mlir") == readFile(folder / "b.mlir"));
  const CommandResult run = atRate({"run", kTestModels + "residual1.yaml", "--target", "tiny-2x2",
                                    "--text", "abc", "-o", folder / "out"});
  REQUIRE_MESSAGE(run.exitCode == 0, run.err);
  CHECK(readFile(folder / "out/results.json")
            .find("random (seed 5), and thresholds are set for a rate of 0.15:") !=
        std::string::npos);
}

TEST_CASE("what one threshold cannot reach is said once, also where a quantised copy runs") {
  for (const std::vector<std::string> &command :
       {std::vector<std::string>{"interpret", "--domain", "quantized"},
        {"count", "--domain", "quantized"}}) {
    std::vector<std::string> arguments = command;
    arguments.insert(arguments.end(), {kTestModels + "residual2.yaml", "--text", "abc"});
    const CommandResult result = atRate(arguments);
    REQUIRE_MESSAGE(result.exitCode == 0, result.err);
    const size_t first = result.err.find("as near to the rate of 15.00 %");
    CHECK(first != std::string::npos);
    CHECK(result.err.find("as near to the rate", first + 1) == std::string::npos);
  }
}

TEST_CASE("a rate that cannot act is refused") {
  const auto refused = [](const std::vector<std::string> &arguments, int code,
                          const std::string &message) {
    const CommandResult result = runSynfire(arguments);
    CHECK(result.exitCode == code);
    CHECK_MESSAGE(result.err.find(message) != std::string::npos, result.err);
  };
  const std::string model = kTestModels + "residual1.yaml";
  for (const std::string value : {"0", "1", "-0.1", "15%", "nan", "inf", "1e-999", "0x0.8"})
    refused({"interpret", model, "--text", "a", "--random-weights", "1", "--target-rate", value}, 2,
            "--target-rate: '" + value + "' is not a number above 0 and below 1");
  refused({"interpret", model, "--text", "a", "--target-rate", "0.1"}, 2,
          "--target-rate requires --random-weights");
  refused({"count", model, "--random-weights", "1", "--target-rate", "0.1"}, 1,
          "--target-rate sets how often neurons fire, which only a measurement shows");
  refused({"interpret", SYNFIRE_SOURCE_DIR "/examples/models/spikedecoder-char-ann.yaml", "--text",
           "a", "--random-weights", "1", "--target-rate", "0.1"},
          1, "has no neurons, whose rate --target-rate would set");
}
