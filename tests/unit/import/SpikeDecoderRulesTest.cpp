// SpikeDecoderRulesTest: what a SpikeDecoder's description must not combine, each
// with its place and message; and which widths follow from the codes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "TestModels.h"

#include "dialect/import/description/Description.h"

#include <doctest/doctest.h>

using namespace synfire;
using namespace synfire::test;

/// A description with these lines in 'config', from line 5 on.
static std::string withConfig(const std::string &lines) {
  return "synfire: model/1\nname: m\narchitecture: spikedecoder\nconfig:\n" + lines;
}

/// What every configuration needs, as the first lines.
static std::string faultWith(const std::string &lines, const std::string &rest = "") {
  auto parsed = parseDescription(
      withConfig("  vocabulary: 30\n  context: 256\n  blocks: 2\n  heads: 1\n  norm: batch\n" +
                 lines) +
          rest,
      "m.yaml");
  auto *error = std::get_if<DescriptionError>(&parsed);
  return error ? error->text() : std::string();
}

static SpikeDecoderConfig validConfig(const std::string &lines) {
  INFO(faultWith(lines));
  auto parsed = parseDescription(
      withConfig("  vocabulary: 30\n  context: 256\n  blocks: 2\n  heads: 1\n  norm: batch\n" +
                 lines),
      "m.yaml");
  REQUIRE(parsed.index() == 0);
  return std::get<0>(parsed).decoder;
}

static const std::string kLearned = "  token_width: 8\n  position_width: 4\n";

TEST_CASE("widths follow from the codes") {
  auto check = [](const std::string &lines, int64_t token, int64_t position, int64_t width) {
    SpikeDecoderConfig config = validConfig(lines);
    CHECK(config.tokenWidth() == token);
    CHECK(config.positionWidth() == position);
    CHECK(config.width() == width);
  };
  check("  token_code: one-hot\n", 7680, 0, 7680);
  check("  token_code: two-hot\n  position_code: one-hot\n", 30, 256, 286);
  check("  token_code: binary\n  position_code: binary\n", 5, 8, 13);
  check("  token_code: binary-left\n  position_code: binary-left\n", 5, 8, 13);
  check("  token_width: 8\n  position_width: 3\n", 8, 3, 11);
  check("  token_width: 8\n  combine: sum\n", 8, 8, 8);
  check("  token_width: 8\n  position_width: 8\n  combine: sum\n  width: 8\n", 8, 8, 8);
}

TEST_CASE("under a public key the public words count first") {
  CHECK(validConfig("  token_code: binary\n  position_code: binary\n").tokenCode ==
        TokenCode::Binary);
  SpikeDecoderConfig published =
      validConfig("  encodingType: binary\n  position_encoding_strategy: binary\n");
  CHECK(published.tokenCode == TokenCode::BinaryLeft);
  CHECK(published.positionCode == PositionCode::BinaryLeft);
  CHECK(
      validConfig("  encodingType: two-hot\n  position_encoding_strategy: linear\n").positionCode ==
      PositionCode::OneHot);
}

TEST_CASE("the degrees of the ladder say what spikes") {
  auto spiking = [](const std::string &line) {
    SpikeDecoderConfig config = validConfig(kLearned + line);
    return std::string(config.binaryEmbedding() ? "e" : "") +
           (config.spikingAttention() ? "a" : "") + (config.spikingMlp() ? "m" : "") +
           (config.spikingHead() ? "h" : "");
  };
  CHECK(spiking("  degree: 0\n") == "");
  CHECK(spiking("  degree: ann\n") == "");
  CHECK(spiking("  degree: 1\n") == "e");
  CHECK(spiking("  degree: 2\n") == "ea");
  CHECK(spiking("  degree: performance\n") == "ea");
  CHECK(spiking("  degree: 3\n") == "eam");
  CHECK(spiking("  degree: 4\n") == "eamh");
  CHECK(spiking("") == "eamh");
  CHECK(spiking("  degree: attention-only\n") == "a");
  CHECK(spiking("  spiking_head: false\n") == "eam");
  CHECK(spiking("  degree: 2\n  spiking_head: false\n") == "ea");
}

TEST_CASE("what the head reads: T times as wide when it concatenates steps of a time axis") {
  auto width = [](const std::string &lines) { return validConfig(kLearned + lines).headWidth(); };
  CHECK(width("") == 12);
  CHECK(width("  recombine: concatenate\n") == 48);
  CHECK(width("  recombine: concatenate\n  time_steps: 3\n  degree: 2\n") == 36);
  CHECK(width("  recombine: concatenate\n  float_reunite: true\n") == 12);
  CHECK(width("  degree: 0\n") == 12);
}

TEST_CASE("codes and widths that do not fit are refused") {
  CHECK(faultWith("  position_width: 4\n") ==
        "m.yaml:1:1: error: 'token_width' is missing, the learned token code needs it");
  CHECK(faultWith("  token_width: 4\n") ==
        "m.yaml:1:1: error: 'position_width' is missing, a learned or static position code needs "
        "it");
  CHECK(faultWith("  token_code: two-hot\n  token_width: 31\n  position_width: 4\n") ==
        "m.yaml:11:16: error: 'token_width' needs 30, the token code's width, has 31");
  CHECK(faultWith("  token_width: 8\n  position_code: binary\n  position_width: 7\n") ==
        "m.yaml:12:19: error: 'position_width' needs 8, the position code's width, has 7");
  CHECK(faultWith(kLearned + "  width: 13\n") ==
        "m.yaml:12:10: error: 'width' needs 12, the width that follows from the codes, has 13");
  CHECK(faultWith("  token_code: binary\n  combine: sum\n") ==
        "m.yaml:11:12: error: 'combine' is sum, which needs a learned token code and a learned or "
        "static position code; others can only be concatenated");
  CHECK(faultWith("  token_width: 8\n  combine: sum\n  position_code: one-hot\n") ==
        "m.yaml:11:12: error: 'combine' is sum, which needs a learned token code and a learned or "
        "static position code; others can only be concatenated");
  CHECK(faultWith("  token_code: two-hot\n  position_code: one-hot\n  degree: 0\n") ==
        "m.yaml:10:15: error: a real-valued embedding (degree 0 or attention-only) needs a learned "
        "token code and a learned or static position code");
  for (std::string lines : {"  position_bias: 0.5\n", "  position_code: static\n  degree: 0\n"
                                                      "  position_bias: 0.5\n"})
    CHECK(faultWith(kLearned + lines)
              .find("'position_bias' is the threshold of a static position code; without one that "
                    "is binarised leave the key out") != std::string::npos);
  CHECK(faultWith(kLearned + "  position_bias: 0.5\n  position_code: static\n") == "");
  CHECK(faultWith(kLearned + "  heads: 5\n") ==
        "m.yaml:12:3: error: duplicate key 'heads', first given in line 8");
}

TEST_CASE("absurd sizes are refused, with the product that is too large") {
  auto fault = [](const std::string &lines) {
    auto parsed =
        parseDescription(withConfig("  blocks: 1\n  heads: 1\n  norm: none\n" + lines), "m.yaml");
    auto *error = std::get_if<DescriptionError>(&parsed);
    return error ? error->text() : std::string();
  };
  CHECK(fault("  vocabulary: 5947\n  context: 128\n  token_code: one-hot\n") ==
        "m.yaml:10:15: error: a matrix of the MLP, 761216 x 12179456, needs at most 1099511627776 "
        "numbers, has 9271196778496; use narrower codes or a smaller 'mlp_expansion'");
  CHECK(fault("  vocabulary: 5947\n  context: 128\n  token_code: one-hot\n  mlp_expansion: 1\n") ==
        "");
  CHECK(fault("  vocabulary: 16777216\n  context: 1048576\n  token_code: one-hot\n") ==
        "m.yaml:10:15: error: 'token_code' needs at most 67108864 features, has one-hot over "
        "16777216 tokens times 1048576 positions; use two-hot or binary");
  CHECK(
      fault("  vocabulary: 16777216\n  context: 8\n  token_width: 65536\n  position_width: 65536\n"
            "  mlp_expansion: 1\n") ==
      "m.yaml:8:15: error: the matrix of the head, 131072 features x 16777216 ids, needs at most "
      "1099511627776 numbers, has 2199023255552");
  CHECK(fault("  vocabulary: 2\n  context: 1048576\n  token_width: 8\n  position_width: 17\n"
              "  position_code: static\n") ==
        "m.yaml:9:12: error: a static position code, 'context' times 'position_width', needs at "
        "most 16777216 numbers, has 17825792");
}

TEST_CASE("switches that contradict the degree are refused") {
  CHECK(faultWith(kLearned + "  degree: 3\n  spiking_head: true\n") ==
        "m.yaml:13:17: error: 'spiking_head' is true, but only degree 4 has a spiking head");
  for (const char *degree : {"0", "1", "2", "attention-only"})
    CHECK(
        faultWith(kLearned + "  residual: 1\n  degree: " + degree + "\n") ==
        "m.yaml:12:13: error: 'residual' is 1, a stream of spikes, which needs spiking embedding, "
        "attention and MLP (degree 3 or 4)");
  CHECK(faultWith(kLearned + "  residual: 2\n  degree: 3\n") == "");
  CHECK(faultWith(kLearned + "  degree: 1\n  first_block_lif: true\n") ==
        "m.yaml:13:20: error: 'first_block_lif' needs spiking attention (degree 2 to 4)");
  CHECK(faultWith(kLearned + "  degree: 3\n  float_reunite: true\n") ==
        "m.yaml:13:18: error: 'float_reunite' needs a spiking head (degree 4)");
  CHECK(faultWith(kLearned + "  spiking_head: false\n  float_reunite: true\n") ==
        "m.yaml:13:18: error: 'float_reunite' needs a spiking head (degree 4)");
  CHECK(faultWith(kLearned + "  degree: 0\n  recombine: last\n") ==
        "m.yaml:13:14: error: 'recombine' joins time steps, but degrees 0 and 1 have none; leave "
        "the key out");
  CHECK(faultWith(kLearned + "  degree: 5\n") ==
        "m.yaml:12:11: error: 'degree' is '5'; supported are 0, 1, 2, 3, 4, attention-only");
  CHECK(faultWith(kLearned + "  time_steps: 0\n") ==
        "m.yaml:12:15: error: 'time_steps' needs 1 to 1024, has '0'");
}

TEST_CASE("rates are numbers from 0 to 1") {
  CHECK(faultWith(kLearned, "rates:\n  query: 0.3\n  head: 1\n") == "");
  CHECK(faultWith(kLearned, "rates:\n  query: 1.5\n") ==
        "m.yaml:13:10: error: 'query' needs 0 to 1, has '1.5'");
  CHECK(faultWith(kLearned, "rates:\n  head: -0.1\n") ==
        "m.yaml:13:9: error: 'head' needs 0 to 1, has '-0.1'");
  CHECK(faultWith(kLearned, "rates:\n  head: nan\n") ==
        "m.yaml:13:9: error: 'head' needs 0 to 1, has 'nan'");
  CHECK(faultWith(kLearned, "rates:\n  head: high\n") ==
        "m.yaml:13:9: error: 'head' needs a rate, has 'high'");
  CHECK(faultWith(kLearned, "rates:\n  hidden: 0.1\n") ==
        "m.yaml:13:3: error: unknown key 'hidden' in 'rates'");
}
