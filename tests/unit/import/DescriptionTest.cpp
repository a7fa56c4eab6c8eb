// DescriptionTest: descriptions are read by the field table, faults have a place.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "TestFiles.h"
#include "TestModels.h"

#include "dialect/import/description/DescriptionFields.h"

#include <doctest/doctest.h>

#include <random>

using namespace synfire;
using namespace synfire::test;

static const DescriptionFields *const kFieldTables[] = {&commonFields(), &spikeDecoderFields(),
                                                        &gpt2Fields(), &spikformerFields()};

static ModelDescription valid(const std::string &text) {
  auto parsed = parseDescription(text, "m.yaml");
  if (auto *error = std::get_if<DescriptionError>(&parsed))
    FAIL(error->text());
  return std::get<ModelDescription>(parsed);
}

/// The message of a text that must not be read.
static std::string faultOf(const std::string &text) {
  auto parsed = parseDescription(text, "m.yaml");
  auto *error = std::get_if<DescriptionError>(&parsed);
  return error ? error->text() : std::string();
}

static std::string faultWith(std::string_view key, const std::string &line) {
  return faultOf(withLine(kTinyDescription, key, line));
}

TEST_CASE("every key arrives in the model") {
  ModelDescription model = valid(kTinyDescription);
  CHECK(model.name == "tiny");
  CHECK(model.weights == "tiny.safetensors");
  CHECK(model.names == NamingScheme::Synfire);
  CHECK(model.alphabet == "abcé");
  CHECK(model.cleaning == "none");
  CHECK(model.decoder.positionCode == PositionCode::Learned);
  CHECK(model.decoder.tokenWidth() == 4);
  CHECK(model.decoder.positionWidth() == 2);
  CHECK(model.decoder.width() == 6);
  CHECK(model.decoder.hiddenWidth() == 12);
  CHECK(model.decoder.vocabulary == 4);
  CHECK(model.decoder.context == 8);
  CHECK(model.decoder.timeSteps == 3);
  CHECK(model.decoder.blocks == 1);
  CHECK(model.decoder.heads == 2);
  CHECK(model.decoder.attentionScale == 0.25);
  CHECK(model.decoder.norm == NormKind::Batch);
  CHECK(model.decoder.residual == 0);
  CHECK(model.decoder.recombine == RecombineMode::Mean);
  CHECK(model.decoder.learnableThresholds);
  CHECK(!model.decoder.firstBlockLif);
  CHECK(model.positionOf("weights").line == 4);
  CHECK(model.positionOf("weights").column == 10);
}

TEST_CASE("the published implementation's keys and values mean the same") {
  ModelDescription model = valid(R"({synfire: model/1, name: x, architecture: spikedecoder,
    names: spikedecoder, config: {encodingType: learned, position_encoding_strategy: static,
    tok_embed_dim: 34, pos_embed_dim: 30, combine_position: False, pos_bias: 0.5, heads: 2,
    blocks: 2, timesteps: 4, attention_scale: 0.125, normalization: PowerNorm,
    spiking_residuals: 1, firstBlock_spiking_res: True, spike_mode: final, float_reunite: false,
    spiking_head: true, learning_MSLIF: true, vocab_size: 30, max_len: 64, mlp_expansion: 4,
    embed_dim: 64}})");
  CHECK(model.names == NamingScheme::SpikeDecoder);
  CHECK(model.decoder.positionCode == PositionCode::Static);
  CHECK(model.decoder.positionBias == 0.5);
  CHECK(model.decoder.tokenWidth() == 34);
  CHECK(model.decoder.norm == NormKind::Power);
  CHECK(model.decoder.residual == 1);
  CHECK(model.decoder.firstBlockLif);
  CHECK(model.decoder.recombine == RecombineMode::Last);
  CHECK(model.decoder.learnableThresholds);
  CHECK(model.decoder.vocabulary == 30);
  CHECK(model.decoder.context == 64);
  for (auto [word, mode] :
       {std::pair("average", RecombineMode::Mean), std::pair("accumulate", RecombineMode::Sum),
        std::pair("concatenate", RecombineMode::Concatenate)})
    CHECK(valid(withLine(kTinyDescription, "recombine", std::string("  spike_mode: ") + word))
              .decoder.recombine == mode);
}

TEST_CASE("defaults are those of the table") {
  ModelDescription model = valid(R"(
synfire: model/1
name: small
architecture: spikedecoder
config: {token_width: 3, position_width: 1, vocabulary: 7, context: 5, time_steps: 4, blocks: 1,
         heads: 1, mlp_expansion: 4, norm: none}
)");
  CHECK(model.weights.empty());
  CHECK(model.alphabet.empty());
  CHECK(model.cleaning == "none");
  CHECK(model.decoder.attentionScale == 0.125);
  CHECK(model.decoder.norm == NormKind::None);
  CHECK(!model.decoder.learnableThresholds);
  for (const DescriptionFields *fields : kFieldTables)
    for (const DescriptionField &field : *fields)
      if (field.defaultValue && !std::holds_alternative<FieldRate>(field.kind))
        CHECK(assignField(field, field.key, *field.defaultValue, model) == "");
}

TEST_CASE("every required key is missed by name") {
  for (const DescriptionFields *fields : {&commonFields(), &spikeDecoderFields()})
    for (const DescriptionField &field : *fields)
      if (!field.defaultValue && !std::holds_alternative<FieldRate>(field.kind))
        CHECK(faultWith(field.key, "") == "m.yaml:1:1: error: required key '" + field.key +
                                              "' is missing" +
                                              (field.section.empty() ? "" : " in 'config'"));
}

TEST_CASE("values are refused with the place and what is allowed") {
  CHECK(faultWith("synfire", "synfire: model/2") ==
        "m.yaml:1:10: error: 'synfire' is 'model/2'; supported is model/1; did you mean "
        "'model/1'?");
  CHECK(
      faultWith("norm", "  norm: bach") ==
      "m.yaml:22:9: error: 'norm' is 'bach'; supported are batch, power, layer, none; did you mean "
      "'batch'?");
  CHECK(faultWith("heads", "  heads: two") ==
        "m.yaml:19:10: error: 'heads' needs a whole number, has 'two'");
  CHECK(faultWith("heads", "  heads: 2.0") ==
        "m.yaml:19:10: error: 'heads' needs a whole number, has '2.0'");
  CHECK(faultWith("heads", "  heads: 0") ==
        "m.yaml:19:10: error: 'heads' needs 1 to 65536, has '0'");
  CHECK(faultWith("blocks", "  blocks: 99999999999999999999") ==
        "m.yaml:18:11: error: 'blocks' needs 1 to 1024, has '99999999999999999999'");
  CHECK(faultWith("attention_scale", "  attention_scale: .nan") ==
        "m.yaml:21:20: error: 'attention_scale' needs a number, has '.nan'");
  CHECK(faultWith("attention_scale", "  attention_scale: nan") ==
        "m.yaml:21:20: error: 'attention_scale' needs 1e-09 to 1e+09, has 'nan'");
  CHECK(faultWith("attention_scale", "  attention_scale: 0") ==
        "m.yaml:21:20: error: 'attention_scale' needs 1e-09 to 1e+09, has '0'");
  CHECK(faultWith("residual", "  residual: 3") ==
        "m.yaml:23:13: error: 'residual' needs 0 to 2, has '3'");
  CHECK(faultWith("learnable_thresholds", "  learnable_thresholds: yes") ==
        "m.yaml:25:25: error: 'learnable_thresholds' is 'yes'; supported are true, false");
  CHECK(faultWith("time_steps", "  time_steps:") ==
        "m.yaml:17:3: error: 'time_steps' needs a whole number, has ''");
}

TEST_CASE("unknown, misplaced and doubled keys have a place and a hint") {
  CHECK(faultWith("heads", "  haeds: 2") ==
        "m.yaml:19:3: error: unknown key 'haeds' in 'config'; did you mean 'heads'?");
  CHECK(faultWith("heads", "  spike_modes: 2") ==
        "m.yaml:19:3: error: unknown key 'spike_modes' in 'config'; did you mean 'spike_mode'?");
  CHECK(faultWith("name", "heads: 2") ==
        "m.yaml:2:1: error: unknown key 'heads' at the top level; it belongs in 'config'");
  CHECK(faultWith("cleaning", "  name: x") ==
        "m.yaml:8:3: error: unknown key 'name' in 'text'; it belongs at the top level");
  // `head` is a rate, too, but here more likely a typing error.
  CHECK(faultWith("heads", "  head: 2") ==
        "m.yaml:19:3: error: unknown key 'head' in 'config'; did you mean 'heads'?");
  CHECK(faultWith("config", "confg:") == "m.yaml:10:3: error: a map stands where the value of "
                                         "'confg' is needed");
  CHECK(faultWith("heads", "  blocks: 1") ==
        "m.yaml:19:3: error: duplicate key 'blocks', first given in line 18");
  CHECK(faultWith("heads", "  norm: power\n  normalization: batch") ==
        "m.yaml:20:3: error: duplicate key 'normalization', first given as 'norm' in line 19");
  CHECK(faultOf(kTinyDescription + "config: {heads: 1}\n") ==
        "m.yaml:26:1: error: duplicate key 'config'");
  CHECK(faultOf("text: plain\n") == "m.yaml:1:7: error: 'text' needs a map, has 'plain'");
}

TEST_CASE("rules between keys point at one of them") {
  CHECK(faultWith("heads", "  heads: 4") ==
        "m.yaml:19:10: error: 'heads' is 4, which does not divide the width 6");
  CHECK(faultWith("heads", "  heads: 2\n  embed_dim: 7") ==
        "m.yaml:20:14: error: 'width' needs 6, the width that follows from the codes, has 7");
  CHECK(faultOf(withLine(withLine(withLine(kTinyDescription, "context", "  context: 1048576"),
                                  "position_width", "  position_width: 1002"),
                         "position_code", "  position_code: static")) ==
        "m.yaml:16:12: error: a static position code, 'context' times 'position_width', needs at "
        "most 16777216 numbers, has 1050673152");
  CHECK(faultWith("residual", "  residual: 2\n  first_block_lif: true") ==
        "m.yaml:24:20: error: 'first_block_lif' is not supported with residual 2, whose attention "
        "outputs all have a LIF; supported with residual 0 or 1");
  CHECK(faultWith("alphabet", "  alphabet: abc") ==
        "m.yaml:7:13: error: 'alphabet' needs 4 characters, one per token id, has 3");
  CHECK(faultWith("alphabet", "  alphabet: éabé") ==
        "m.yaml:7:13: error: 'alphabet' holds 'é' twice");
  CHECK(faultWith("name", "name: ''") == "m.yaml:2:7: error: 'name' is empty");
}

TEST_CASE("what is no description at all") {
  CHECK(faultOf("") == "m.yaml:1:1: error: the file is empty");
  CHECK(faultOf("# only a comment\n") == "m.yaml:1:1: error: the file is empty");
  CHECK(faultOf("just text") ==
        "m.yaml:1:1: error: a description is a map of keys, not 'just text'");
  CHECK(faultOf("- a\n- b\n") == "m.yaml:1:1: error: a description is a map of keys, not a list");
  CHECK(faultOf("name: [a, b]") ==
        "m.yaml:1:7: error: a list stands where the value of 'name' is needed");
  CHECK(faultOf("name: {a: b}") ==
        "m.yaml:1:7: error: a map stands where the value of 'name' is needed");
  CHECK(faultOf("? [a]\n: b\n") == "m.yaml:1:3: error: a list stands where a key is needed");
  CHECK(faultOf("config: {heads: {a: b}}") ==
        "m.yaml:1:17: error: a map stands where the value of 'heads' is needed");
  CHECK(faultOf(kTinyDescription + "---\nname: second\n") ==
        "m.yaml:1:1: error: a description holds one document only");
  CHECK(faultOf("name: &n x\n") ==
        "m.yaml:1:7: error: anchors are not supported; write the value out");
  CHECK(faultOf("name: *n\n") ==
        "m.yaml:1:7: error: not valid YAML: the referenced anchor is not defined");
  CHECK(faultOf("name: !!binary x\n") ==
        "m.yaml:1:7: error: tags such as 'tag:yaml.org,2002:binary' are not supported");
  CHECK(faultOf("name: x: y\n") == "m.yaml:1:8: error: not valid YAML: illegal map value");
}

TEST_CASE("bytes that are no text are refused at their place") {
  CHECK(faultOf("name: a\nweights: \x01\n") ==
        "m.yaml:2:10: error: byte 0x01 is a control character, not text");
  CHECK(faultOf("name: é\xff\n") == "m.yaml:1:8: error: byte 0xff is not valid UTF-8");
  CHECK(faultOf("name: \xc0\x80\n") == "m.yaml:1:7: error: byte 0xc0 is not valid UTF-8");
  CHECK(faultOf("name: \xed\xa0\x80\n") == "m.yaml:1:7: error: byte 0xed is not valid UTF-8");
  CHECK(faultOf("name: \xe2\x82") == "m.yaml:1:7: error: byte 0xe2 is not valid UTF-8");
}

TEST_CASE("huge and deep files end early") {
  CHECK(faultOf(std::string(1 << 21, ' ')) ==
        "m.yaml:1:1: error: the file needs at most 1048576 bytes, has 2097152");
  CHECK(faultOf(std::string(500000, '[')) ==
        "m.yaml:1:1: error: a list stands where a key is needed");
  std::string deep;
  for (int i = 0; i < 100000; ++i)
    deep += "{a: ";
  CHECK(faultOf(deep) == "m.yaml:1:1: error: a map stands where a key is needed");
  std::string compact;
  for (int i = 0; i < 100000; ++i)
    compact += "? ";
  CHECK(faultOf(compact) != "");
}

TEST_CASE("files that cannot be read are named") {
  Folder folder;
  auto fault = [](const std::string &path) {
    auto loaded = loadDescription(path);
    auto *error = std::get_if<DescriptionError>(&loaded);
    return error ? error->text() : std::string();
  };
  CHECK(fault(folder.file("no.yaml")) ==
        folder.file("no.yaml") + ":1:1: error: cannot be opened: No such file or directory");
  CHECK(fault(folder.path.string()) == folder.path.string() + ":1:1: error: is not a regular file");
  std::string path = folder.write("m.yaml", kTinyDescription);
  CHECK(fault(path) == "");
}

TEST_CASE("a description cut at any byte, or damaged at random, ends well") {
  for (size_t size = 0; size < kTinyDescription.size(); ++size)
    faultOf(kTinyDescription.substr(0, size));
  std::mt19937 random(1);
  int refused = 0;
  for (int round = 0; round < 2000; ++round) {
    std::string damaged = kTinyDescription;
    for (int edit = 0; edit < 3; ++edit)
      damaged[random() % damaged.size()] = char(random() % 256);
    refused += !faultOf(damaged).empty();
  }
  CHECK(refused > 1000);
}

TEST_CASE("the README's tables of keys are the field tables") {
  std::string readme = readAll(std::string(SYNFIRE_SOURCE_DIR) + "/dialect/import/README.md");
  for (const DescriptionFields *fields : kFieldTables) {
    INFO(fieldsMarkdown(*fields));
    CHECK(readme.find("\n" + fieldsMarkdown(*fields)) != std::string::npos);
  }
}
