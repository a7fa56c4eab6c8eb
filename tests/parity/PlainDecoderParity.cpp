// PlainDecoderParity: the plain reference proves itself on the recorded runs.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/safetensors/Safetensors.h"
#include "tests/parity/PlainDecoder.h"
#include "tests/parity/Reference.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>

using namespace synfire;
using namespace synfire::test;

static std::vector<double> numbersOf(const Safetensors &file, const TensorInfo &info) {
  std::span<const std::byte> bytes = file.bytes(info);
  std::vector<double> numbers;
  if (info.type == TensorType::U8) {
    for (std::byte byte : bytes)
      numbers.push_back(std::to_integer<int>(byte));
    return numbers;
  }
  for (size_t at = 0; at < bytes.size(); at += sizeof(float)) {
    float number;
    std::memcpy(&number, bytes.data() + at, sizeof number);
    numbers.push_back(number);
  }
  return numbers;
}

static std::shared_ptr<const Safetensors> openFile(const std::string &path) {
  auto opened = Safetensors::open(path);
  REQUIRE(opened.index() == 0);
  return std::get<0>(opened);
}

static PlainConfig recordedConfig(const nlohmann::json &json) {
  PlainConfig c;
  c.encodingType = json.at("encodingType");
  c.positionEncoding = json.at("position_encoding_strategy");
  c.tokenWidth = json.at("tok_embed_dim");
  c.positionWidth = json.at("pos_embed_dim");
  c.vocabulary = json.at("vocab_size");
  c.maxLen = json.at("max_len");
  c.timeSteps = json.at("timesteps");
  c.blocks = json.at("blocks");
  c.heads = json.at("heads");
  c.mlpExpansion = json.at("mlp_expansion");
  c.attentionScale = json.at("attention_scale");
  c.normalization = json.at("normalization");
  c.spikeMode = json.at("spike_mode");
  c.residual = json.at("spiking_residuals");
  c.learnedThresholds = json.at("learning_MSLIF");
  return c;
}

/// Largest difference of text `text` of a record [T, text, token, feature].
static double difference(const Safetensors &file, const TensorInfo &info, int64_t text,
                         const Signal &ours) {
  const std::vector<double> recorded = numbersOf(file, info);
  const int64_t texts = info.shape[info.shape.size() - 3];
  REQUIRE(int64_t(recorded.size()) == texts * int64_t(ours.values.size()));
  double largest = 0;
  for (int64_t t = 0; t < ours.steps; ++t)
    for (int64_t n = 0; n < ours.tokens; ++n)
      for (int64_t d = 0; d < ours.features; ++d) {
        const int64_t at = ((t * texts + text) * ours.tokens + n) * ours.features + d;
        const double gap = std::abs(recorded[size_t(at)] - ours.at(t, n, d));
        largest = gap <= largest ? largest : gap;
      }
  return largest;
}

TEST_CASE("the plain reference gives every spike of the recorded runs, logits within 1e-4") {
  for (const std::string name : {"spikedecoder", "spikedecoder/residual1"}) {
    CAPTURE(name);
    const std::string folder = referenceFolder(name);
    if (!std::filesystem::exists(folder + "/expected.safetensors")) {
      skip("no recorded run in " + folder);
      return;
    }
    std::ifstream stream(folder + "/case.json");
    const nlohmann::json json = nlohmann::json::parse(stream);
    const PlainConfig config = recordedConfig(json.at("config"));
    auto weights = openFile(folder + "/weights.safetensors");
    auto expected = openFile(folder + "/expected.safetensors");
    StateDict state;
    for (const TensorInfo &info : weights->tensors())
      state[info.name] = {info.shape, numbersOf(*weights, info)};
    const std::vector<std::vector<int32_t>> texts = json.at("token_ids");
    for (size_t text = 0; text < texts.size(); ++text) {
      const PlainRun run = runPlain(config, state, texts[text]);
      size_t layers = 0;
      for (const TensorInfo &info : expected->tensors()) {
        CAPTURE(info.name);
        const std::string layer = info.name.substr(0, info.name.rfind(".spikes"));
        if (info.name.ends_with(".spikes") || info.name == "embedding") {
          ++layers;
          CHECK(difference(*expected, info, int64_t(text), run.spikes.at(layer)) == 0);
        } else if (info.name == "stream_out") {
          CHECK(difference(*expected, info, int64_t(text), run.stream) < 1e-4);
        } else if (info.name == "logits") {
          CHECK(difference(*expected, info, int64_t(text), run.logits) < 1e-4);
        }
      }
      CHECK(layers == run.spikes.size());
    }
  }
}
