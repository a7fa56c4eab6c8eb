// VariantParity: variants of SpikeDecoder that nobody recorded, against the plain
// reference, which proves itself on the recorded runs (PlainDecoderParity.cpp).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/Import.h"
#include "dialect/interpreter/Interpreter.h"
#include "dialect/spike/Spike.h"
#include "tests/parity/PlainDecoder.h"
#include "tests/unit/import/TestImporter.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

using namespace synfire;
using namespace synfire::test;

/// The interpreter and the plain loops are both float64: what is left is rounding.
static constexpr double kTolerance = 1e-9;

/// Numbers under which layers neither die nor saturate.
static StateDict randomState(const PlainConfig &config, unsigned seed) {
  StateDict state = emptyState(config);
  std::mt19937 random(seed);
  for (auto &[name, tensor] : state) {
    double low = -0.3, high = 0.4; // biases
    if (name.ends_with(".v_threshold")) {
      low = 0.2, high = 0.5;
    } else if (name.ends_with("running_var") || name.ends_with("running_phi")) {
      low = 0.6, high = 1.4;
    } else if (name.ends_with("running_mean")) {
      low = -0.2, high = 0.2;
    } else if (name.starts_with("embedder")) {
      low = -0.6, high = 0.5;
    } else if (name.ends_with(".weight") && tensor.shape.size() == 1) {
      low = 0.8, high = 1.2; // norms
      if (!config.learnedThresholds)
        low = 1.8, high = 2.4;
    } else if (name.ends_with(".weight")) {
      high = std::sqrt(6.0 / double(tensor.shape[1]));
      low = -high;
    }
    // Stored as f32.
    for (double &number : tensor.numbers)
      number = float(low + (high - low) * (double(random()) / 4294967296.0));
  }
  return state;
}

static std::string degreeOf(const PlainConfig &c) {
  if (c.spikingAttention && !c.binaryEmbedding)
    return "attention-only";
  return std::to_string(int(c.binaryEmbedding) + int(c.spikingAttention) + int(c.spikingMlp) +
                        int(c.spikingHead));
}

/// The configuration as a description, mostly in the public words.
static std::string describe(const PlainConfig &c) {
  std::string text = "synfire: model/1\nname: variant\narchitecture: spikedecoder\nweights: "
                     "w.safetensors\nnames: spikedecoder\nconfig:\n";
  auto put = [&](const std::string &key, const std::string &value) {
    text += "  " + key + ": " + value + "\n";
  };
  auto flag = [](bool value) { return std::string(value ? "true" : "false"); };
  put("degree", degreeOf(c));
  put("token_code", c.encodingType);
  put(c.positionEncoding == "linear" ? "position_encoding_strategy" : "position_code",
      c.positionEncoding);
  put("tok_embed_dim", std::to_string(c.tokenWidth));
  if (!c.combinePosition)
    put("pos_embed_dim", std::to_string(c.positionWidth));
  put("combine_position", flag(c.combinePosition));
  put("pos_bias", std::to_string(c.positionBias));
  put("vocab_size", std::to_string(c.vocabulary));
  put("max_len", std::to_string(c.maxLen));
  put("timesteps", std::to_string(c.timeSteps));
  put("blocks", std::to_string(c.blocks));
  put("heads", std::to_string(c.heads));
  put("mlp_expansion", std::to_string(c.mlpExpansion));
  put("attention_scale", std::to_string(c.attentionScale));
  put("normalization", c.normalization);
  put("spiking_residuals", std::to_string(c.residual));
  put("firstBlock_spiking_res", flag(c.firstBlockLif));
  put("float_reunite", flag(c.floatReunite));
  put("spike_mode", c.spikeMode);
  put("learning_MSLIF", flag(c.learnedThresholds));
  return text;
}

/// Share of the LIF layers that fire, but not always.
static double aliveShare(const PlainRun &run) {
  double alive = 0, layers = 0;
  for (const auto &[name, spikes] : run.spikes) {
    double sum = 0;
    for (double spike : spikes.values)
      sum += spike;
    const double rate = sum / double(spikes.values.size());
    alive += name != "embedding" && rate > 0.02 && rate < 0.98;
    layers += name != "embedding";
  }
  return layers == 0 ? 1 : alive / layers;
}

/// `alive`: share of the LIF layers that must fire, but not always.
static void checkVariant(const std::string &title, const PlainConfig &config, unsigned seed,
                         double alive = 0.8) {
  CAPTURE(title);
  const StateDict state = randomState(config, seed);
  std::mt19937 random(seed + 1);
  std::vector<int32_t> tokens;
  for (int n = 0; n < 20; ++n)
    tokens.push_back(int32_t(random() % unsigned(config.vocabulary)));
  const PlainRun plain = runPlain(config, state, tokens);
  // Blind layers would hide a defect behind them.
  CHECK(aliveShare(plain) > alive);

  Folder folder;
  FloatTensors tensors;
  for (const auto &[name, tensor] : state)
    tensors[name] = {tensor.shape, {tensor.numbers.begin(), tensor.numbers.end()}};
  writeTensors(folder.file("w.safetensors"), tensors);
  Importer importer;
  auto module = importer.import(folder.write("m.yaml", describe(config)));
  CHECK(importer.messages == ""); // no tensor too few, none too many
  REQUIRE(module);
  auto result = spike::interpret(*module->getOps<mlir::func::FuncOp>().begin(), tokens);
  REQUIRE(mlir::succeeded(result));

  size_t neurons = 0;
  for (const spike::SpikeRecord &record : result->spikes) {
    CAPTURE(record.name);
    const bool isEmbedding = record.name == "embedding.repeat";
    if (!record.isNeuron && !isEmbedding)
      continue;
    const auto expected = plain.spikes.find(isEmbedding ? "embedding" : record.name);
    REQUIRE(expected != plain.spikes.end());
    neurons += record.isNeuron;
    CHECK(std::equal(record.values.begin(), record.values.end(), expected->second.values.begin(),
                     expected->second.values.end()));
  }
  CHECK(neurons + size_t(config.binaryEmbedding) == plain.spikes.size());
  REQUIRE(result->logits.size() == plain.logits.values.size());
  double largest = 0;
  for (size_t i = 0; i < result->logits.size(); ++i) {
    const double gap = std::abs(result->logits[i] - plain.logits.values[i]);
    largest = gap <= largest ? largest : gap;
  }
  CHECK(largest < kTolerance);
}

/// A small decoder of which each case changes what its title says.
static PlainConfig base() {
  PlainConfig c;
  c.tokenWidth = 16;
  c.positionWidth = 8;
  c.vocabulary = 30;
  c.maxLen = 24;
  c.blocks = 2;
  c.heads = 2;
  c.mlpExpansion = 3;
  c.learnedThresholds = true;
  return c;
}

using Change = std::function<void(PlainConfig &)>;

static void checkVariants(const std::vector<std::pair<std::string, Change>> &variants) {
  for (const auto &[title, change] : variants)
    for (unsigned seed : {1u, 2u}) {
      PlainConfig config = base();
      change(config);
      checkVariant(title, config, seed);
    }
}

TEST_CASE("residual variants, norms, heads and recombinations that nobody recorded") {
  using C = PlainConfig;
  checkVariants({
      {"residual 2", [](C &c) { c.residual = 2; }},
      {"residual 2, PowerNorm, 4 heads, last step",
       [](C &c) {
         c.residual = 2, c.normalization = "PowerNorm", c.heads = 4, c.spikeMode = "final";
       }},
      {"residual 2, LayerNorm, concatenation, 6 steps",
       [](C &c) {
         c.residual = 2, c.normalization = "layer", c.spikeMode = "concatenate", c.timeSteps = 6;
       }},
      {"residual 1, PowerNorm, concatenation, 24 heads",
       [](C &c) {
         c.residual = 1, c.normalization = "PowerNorm", c.spikeMode = "concatenate", c.heads = 24;
       }},
      {"residual 0, LayerNorm, sum, 8 heads",
       [](C &c) { c.normalization = "layer", c.spikeMode = "accumulate", c.heads = 8; }},
      {"residual 0, PowerNorm, concatenation, 3 steps",
       [](C &c) { c.normalization = "PowerNorm", c.spikeMode = "concatenate", c.timeSteps = 3; }},
      {"no norm", [](C &c) { c.normalization = "none"; }},
      {"one step", [](C &c) { c.timeSteps = 1; }},
      {"first-block option, residual 0", [](C &c) { c.firstBlockLif = true; }},
      {"first-block option, residual 1, LayerNorm",
       [](C &c) { c.firstBlockLif = true, c.residual = 1, c.normalization = "layer"; }},
      {"mean, then one LIF step", [](C &c) { c.floatReunite = true; }},
      {"mean, then one LIF step, residual 2",
       [](C &c) { c.floatReunite = true, c.residual = 2, c.spikeMode = "concatenate"; }},
      {"other attention scale, 5 blocks", [](C &c) { c.attentionScale = 0.5, c.blocks = 5; }},
  });
}

TEST_CASE("token and position codes, joined and summed") {
  using C = PlainConfig;
  checkVariants({
      {"one-hot over position and token",
       [](C &c) {
         c.encodingType = "one-hot", c.vocabulary = 5, c.tokenWidth = 5 * 24, c.positionWidth = 0;
       }},
      {"two-hot, one-hot",
       [](C &c) {
         c.encodingType = "two-hot", c.positionEncoding = "linear";
         c.tokenWidth = 30, c.positionWidth = 24;
       }},
      {"binary, binary",
       [](C &c) {
         c.encodingType = c.positionEncoding = "binary";
         c.tokenWidth = c.positionWidth = 5;
       }},
      {"left-justified binary codes",
       [](C &c) {
         c.encodingType = c.positionEncoding = "binary-left";
         c.tokenWidth = c.positionWidth = 5;
       }},
      {"learned, learned", [](C &c) { c.positionEncoding = "learned"; }},
      {"static with bias", [](C &c) { c.positionBias = 0.375; }},
      {"learned + learned", [](C &c) { c.combinePosition = true, c.positionEncoding = "learned"; }},
      {"learned + static with bias", [](C &c) { c.combinePosition = true, c.positionBias = 0.25; }},
  });
}

TEST_CASE("the ladder from the ordinary decoder to the spiking one") {
  using C = PlainConfig;
  auto degree = [](C &c, bool embedding, bool attention, bool mlp, bool head) {
    c.binaryEmbedding = embedding, c.spikingAttention = attention;
    c.spikingMlp = mlp, c.spikingHead = head;
  };
  checkVariants({
      {"degree 0", [&](C &c) { degree(c, false, false, false, false); }},
      {"degree 0, LayerNorm, summed",
       [&](C &c) {
         degree(c, false, false, false, false);
         c.normalization = "layer", c.combinePosition = true;
       }},
      {"degree 1", [&](C &c) { degree(c, true, false, false, false); }},
      {"degree 2", [&](C &c) { degree(c, true, true, false, false); }},
      {"degree 2, LayerNorm, sum of a real stream",
       [&](C &c) {
         degree(c, true, true, false, false);
         c.normalization = "layer", c.spikeMode = "accumulate";
       }},
      {"degree 2, concatenation of a real stream",
       [&](C &c) { degree(c, true, true, false, false), c.spikeMode = "concatenate"; }},
      {"degree 3", [&](C &c) { degree(c, true, true, true, false); }},
      {"degree 3, last step of a real stream",
       [&](C &c) { degree(c, true, true, true, false), c.spikeMode = "final"; }},
      {"degree 3, residual 1: mean of graded spikes",
       [&](C &c) { degree(c, true, true, true, false), c.residual = 1; }},
      {"attention only", [&](C &c) { degree(c, false, true, false, false); }},
      {"attention only, summed, first-block option",
       [&](C &c) {
         degree(c, false, true, false, false), c.combinePosition = true, c.firstBlockLif = true;
       }},
  });
}

TEST_CASE("thresholds that are all 1") {
  PlainConfig config = base();
  config.learnedThresholds = false;
  config.normalization = "layer";
  config.residual = 2;
  config.attentionScale = 1;
  // Binary spikes never reach a threshold of 1: the first LIF on the embedding is
  // silent, what comes after it lives by its biases.
  for (unsigned seed : {1u, 2u})
    checkVariant("all thresholds 1", config, seed, 0.7);
}
