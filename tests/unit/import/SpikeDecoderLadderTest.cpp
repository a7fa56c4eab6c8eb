// SpikeDecoderLadderTest: what each code, degree, head and rate becomes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "TestImporter.h"

#include "dialect/interpreter/Interpreter.h"
#include "dialect/spike/Spike.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace synfire;
using namespace synfire::test;

using Lines = std::vector<std::string>;

/// "repeat embed.repeat 4x?x6xi1" of every spike op, in program order.
static Lines opsOf(const std::string &config, const std::string &rest = "") {
  Importer importer;
  Folder folder;
  std::string path =
      folder.write("m.yaml", "synfire: model/1\nname: m\narchitecture: spikedecoder\n" + rest +
                                 "config: {vocabulary: 5, context: 8, blocks: 1, heads: 2, "
                                 "norm: layer, mlp_expansion: 2, " +
                                 config + "}\n");
  ImportOptions options;
  options.randomWeightsSeed = 1;
  auto module = importer.import(path, options);
  INFO(importer.messages);
  REQUIRE(module);
  Lines lines;
  module->walk([&](mlir::Operation *op) {
    if (!mlir::isa<spike::SpikeDialect>(op->getDialect()))
      return;
    std::string line = op->getName().stripDialect().str() + " " + spike::sourceName(op) + " ";
    llvm::raw_string_ostream stream(line);
    mlir::cast<mlir::RankedTensorType>(op->getResult(0).getType()).print(stream);
    // Of "tensor<...>" the shape and element.
    size_t at = line.find("tensor<");
    line = line.substr(0, at) + line.substr(at + 7, line.size() - at - 8);
    if (auto rate = op->getAttrOfType<mlir::FloatAttr>(spike::kFiringRateAttrName))
      line += llvm::formatv(" rate {0:f2}", rate.getValueAsDouble()).str();
    if (op->hasAttr(spike::kFixedTableAttrName))
      line += " fixed";
    lines.push_back(line);
  });
  return lines;
}

/// Those whose name begins with `part`.
static Lines partOf(const Lines &all, const std::string &part) {
  Lines lines;
  for (const std::string &line : all)
    if (line.find(" " + part) != std::string::npos)
      lines.push_back(line);
  return lines;
}

static const std::string kTables = "token_width: 4, position_width: 2";

TEST_CASE("every code becomes the op that is meant") {
  auto codes = [](const std::string &config) { return partOf(opsOf(config), "embed"); };
  CHECK(codes("token_code: one-hot") == Lines{"code embed.token_code ?x40xi1",
                                              "repeat embed.repeat 4x?x40xi1",
                                              "inject embed.stream 4x?x40xf32"});
  CHECK(codes("token_code: two-hot, position_code: binary") ==
        Lines{"code embed.token_code ?x5xi1", "code embed.position_code ?x3xi1",
              "concat embed ?x8xi1", "repeat embed.repeat 4x?x8xi1",
              "inject embed.stream 4x?x8xf32"});
  CHECK(codes("token_code: binary, position_code: static, position_width: 5") ==
        Lines{"code embed.token_code ?x3xi1", "position embed.position ?x5xf32 fixed",
              "binarize embed.position_code ?x5xi1", "concat embed ?x8xi1",
              "repeat embed.repeat 4x?x8xi1", "inject embed.stream 4x?x8xf32"});
  CHECK(codes("token_width: 6, combine: sum") ==
        Lines{"lookup embed.token ?x6xf32", "position embed.position ?x6xf32",
              "add embed.add ?x6xf32", "binarize embed ?x6xi1", "repeat embed.repeat 4x?x6xi1",
              "inject embed.stream 4x?x6xf32"});
  CHECK(codes("token_width: 6, position_code: static, combine: sum, degree: 0") ==
        Lines{"lookup embed.token ?x6xf32", "position embed.position ?x6xf32 fixed",
              "add embed.add ?x6xf32"});
  CHECK(codes(kTables + ", degree: attention-only") ==
        Lines{"lookup embed.token ?x4xf32", "position embed.position ?x2xf32",
              "concat embed ?x6xf32", "repeat embed.repeat 4x?x6xf32"});
  CHECK(codes(kTables + ", degree: 1").back() == "inject embed.stream ?x6xf32");
}

TEST_CASE("codes name their index: token, position, or both") {
  auto text = [](const std::string &config) {
    Importer importer;
    Folder folder;
    auto module = importer.import(
        folder.write("m.yaml", "synfire: model/1\nname: m\narchitecture: spikedecoder\nconfig: "
                               "{vocabulary: 5, context: 8, blocks: 1, heads: 1, norm: none, " +
                                   config + "}\n"));
    REQUIRE(module);
    std::string codes;
    llvm::raw_string_ostream stream(codes);
    module->walk([&](spike::CodeOp op) {
      stream << stringifyCode(op.getCode()) << " " << stringifyCodeSource(op.getSource()) << " "
             << op.getSize();
      if (op.getVocabulary())
        stream << " of " << *op.getVocabulary();
      stream << "; ";
    });
    return codes;
  };
  CHECK(text("token_code: one-hot") == "one_hot token_at_position 40 of 5; ");
  CHECK(text("token_code: two-hot, position_code: one-hot") ==
        "one_hot token 5; one_hot position 8; ");
  CHECK(text("token_code: binary, position_code: binary") == "binary token 5; binary position 8; ");
  CHECK(text("encodingType: binary, position_encoding_strategy: binary") ==
        "binary_left token 5; binary_left position 8; ");
}

TEST_CASE("degree 0 is the ordinary decoder: softmax attention, gelu, no time") {
  Lines ops = opsOf(kTables + ", degree: 0");
  CHECK(partOf(ops, "block") ==
        Lines{"linear block0.attn.q ?x6xf32", "layer_norm block0.attn.q_norm ?x6xf32",
              "linear block0.attn.k ?x6xf32", "layer_norm block0.attn.k_norm ?x6xf32",
              "linear block0.attn.v ?x6xf32", "layer_norm block0.attn.v_norm ?x6xf32",
              "softmax_attention block0.attn.softmax ?x6xf32", "linear block0.attn.proj ?x6xf32",
              "layer_norm block0.attn.proj_norm ?x6xf32", "add block0.attn.add ?x6xf32",
              "linear block0.mlp.fc1 ?x12xf32", "gelu block0.mlp.gelu ?x12xf32",
              "linear block0.mlp.fc2 ?x6xf32", "add block0.mlp.add ?x6xf32"});
  CHECK(partOf(ops, "head") == Lines{"linear head.fc ?x5xf32"});
}

TEST_CASE("degree 2 has spiking attention and an ordinary MLP at every step") {
  Lines ops = opsOf(kTables + ", degree: 2");
  CHECK(partOf(ops, "block0.attn.in_lif") == Lines{"neuron block0.attn.in_lif 4x?x6xi1"});
  CHECK(partOf(ops, "block0.attn.ssa") == Lines{"self_attention block0.attn.ssa 4x?x6xf32"});
  CHECK(partOf(ops, "block0.mlp") ==
        Lines{"linear block0.mlp.fc1 4x?x12xf32", "gelu block0.mlp.gelu 4x?x12xf32",
              "linear block0.mlp.fc2 4x?x6xf32", "add block0.mlp.add 4x?x6xf32"});
  CHECK(partOf(ops, "head") == Lines{"recombine head.recombine ?x6xf32", "linear head.fc ?x5xf32"});
}

TEST_CASE("heads: of a real stream, of spikes, of a mean that fires once") {
  auto head = [](const std::string &config) {
    return partOf(opsOf(kTables + ", " + config), "head");
  };
  CHECK(head("degree: 3, recombine: concatenate") ==
        Lines{"recombine head.recombine ?x24xf32", "linear head.fc ?x5xf32"});
  CHECK(head("degree: 3, residual: 1") ==
        Lines{"recombine head.recombine ?x6xf32", "linear head.fc ?x5xf32"});
  CHECK(head("spiking_head: false") == head("degree: 3"));
  CHECK(head("residual: 2") == Lines{"inject head.stream 4x?x6xf32", "neuron head.lif 4x?x6xi1",
                                     "recombine head.recombine ?x6xf32", "linear head.fc ?x5xf32"});
  CHECK(head("float_reunite: true, recombine: concatenate") ==
        Lines{"recombine head.mean ?x6xf32", "repeat head.step 1x?x6xf32",
              "neuron head.lif 1x?x6xi1", "recombine head.recombine ?x6xf32",
              "linear head.fc ?x5xf32"});
}

TEST_CASE("stated rates stand at their ops; keys and values default to the queries'") {
  std::string rates = "rates: {attention_in: 0.27, query: 0.3, attention: 0.16, attention_out: "
                      "0.23, mlp_in: 0.29, mlp_hidden: 0.11, head: 0.4}\n";
  auto rated = [](const Lines &ops) {
    Lines lines;
    for (const std::string &line : ops)
      if (size_t at = line.find(" rate "); at != std::string::npos)
        lines.push_back(line.substr(line.find(' ') + 1, line.rfind(' ', at - 1) - line.find(' ')) +
                        line.substr(at + 6));
    return lines;
  };
  CHECK(rated(opsOf(kTables, rates)) ==
        Lines{"block0.attn.in_lif 0.27", "block0.attn.q_lif 0.30", "block0.attn.k_lif 0.30",
              "block0.attn.v_lif 0.30", "block0.attn.ssa 0.16", "block0.attn.att_lif 0.23",
              "block0.mlp.in_lif 0.29", "block0.mlp.hidden_lif 0.11", "head.lif 0.40"});
  CHECK(rated(opsOf(kTables + ", residual: 2", "rates: {q: 0.3, k: 0.2, v: 0.1, mlp_in: 0.29, "
                                               "attention_in: 0.5}\n")) ==
        Lines{"block0.in_lif 0.50", "block0.attn.q_lif 0.30", "block0.attn.k_lif 0.20",
              "block0.attn.v_lif 0.10", "block0.lif 0.29"});
  CHECK(rated(opsOf(kTables)).empty());
}

TEST_CASE("the entry function names its architecture; without time it has one step") {
  for (auto [degree, steps] : {std::pair("0", 1), std::pair("2", 4)}) {
    Importer importer;
    Folder folder;
    auto module = importer.import(folder.write(
        "m.yaml", std::string("synfire: model/1\nname: m\narchitecture: spikedecoder\nconfig: "
                              "{vocabulary: 5, context: 8, blocks: 1, heads: 1, norm: layer, "
                              "token_width: 4, position_width: 2, degree: ") +
                      degree + "}\n"));
    REQUIRE(module);
    auto function = *module->getOps<mlir::func::FuncOp>().begin();
    CHECK(function->getAttrOfType<mlir::StringAttr>(spike::kArchitectureAttrName).getValue() ==
          "spikedecoder");
    CHECK(function->getAttrOfType<spike::ModelAttr>(spike::kModelAttrName).getTimeSteps() == steps);
  }
}

TEST_CASE("random weights keep the stream of an ordinary MLP in bounds, however deep") {
  Importer importer;
  ImportOptions options;
  options.randomWeightsSeed = 1;
  for (const char *name : {"char-ann", "char-performance"}) {
    auto module = importer.import(std::string(SYNFIRE_SOURCE_DIR) +
                                      "/examples/models/spikedecoder-" + name + ".yaml",
                                  options);
    REQUIRE(module);
    auto result =
        spike::interpret(*module->getOps<mlir::func::FuncOp>().begin(), {1, 2, 3, 4, 5, 6});
    REQUIRE(mlir::succeeded(result));
    for (double logit : result->logits)
      CHECK(std::abs(logit) < 100);
  }
}
