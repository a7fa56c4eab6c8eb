// ImportTest: descriptions and tensors become the module that they describe.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "TestImporter.h"
#include "TestNetworks.h"

#include "dialect/import/WeightCheck.h"
#include "dialect/interpreter/Interpreter.h"
#include "dialect/spike/Spike.h"

#include "mlir/Bytecode/BytecodeWriter.h"

using namespace synfire;
using namespace synfire::test;

/// Names of the ops in program order.
TEST_CASE("residual 0 is built as described, under our names") {
  TinyModel tiny;
  auto module = tiny.import();
  REQUIRE(module);
  CHECK(tiny.messages == "");
  CHECK(opNames(*module) == std::vector<std::string>{"embed.token",
                                                     "embed.token_code",
                                                     "embed.position",
                                                     "embed.position_code",
                                                     "embed",
                                                     "embed.repeat",
                                                     "embed.stream",
                                                     "block0.attn.in_lif",
                                                     "block0.attn.q",
                                                     "block0.attn.q_norm",
                                                     "block0.attn.q_lif",
                                                     "block0.attn.k",
                                                     "block0.attn.k_norm",
                                                     "block0.attn.k_lif",
                                                     "block0.attn.v",
                                                     "block0.attn.v_norm",
                                                     "block0.attn.v_lif",
                                                     "block0.attn.ssa",
                                                     "block0.attn.att_lif",
                                                     "block0.attn.proj",
                                                     "block0.attn.proj_norm",
                                                     "block0.attn.add",
                                                     "block0.mlp.in_lif",
                                                     "block0.mlp.fc1",
                                                     "block0.mlp.fc1_norm",
                                                     "block0.mlp.hidden_lif",
                                                     "block0.mlp.fc2",
                                                     "block0.mlp.fc2_norm",
                                                     "block0.mlp.add",
                                                     "head.lif",
                                                     "head.recombine",
                                                     "head.fc"});
  auto function = *module->getOps<mlir::func::FuncOp>().begin();
  CHECK(function.getName() == "main");
  auto model = function->getAttrOfType<spike::ModelAttr>(spike::kModelAttrName);
  REQUIRE(model);
  CHECK(model.getName() == "tiny");
  CHECK(model.getTimeSteps() == 3);
  CHECK(model.getAlphabet() == "abcé");
  CHECK(weightsFileOf(*module) == tiny.weights());
  CHECK(mlir::succeeded(checkWeights(*module)));
  function.walk([](spike::SelfAttentionOp op) {
    CHECK(op.getHeads() == 2);
    CHECK(op.getScale().convertToDouble() == 0.25);
    CHECK(op.getCausal());
  });
  function.walk([](spike::NeuronOp op) {
    auto lif = mlir::cast<spike::LifAttr>(op.getModel());
    CHECK(lif.getEquation(0).decay == 0.5);
    CHECK(lif.getThresholds()[0] == 0.5);
    CHECK(lif.getReset() == spike::Reset::Hard);
  });
  auto result = spike::interpret(function, {0, 3, 1});
  REQUIRE(mlir::succeeded(result));
  CHECK(result->logits.size() == 12);
}

TEST_CASE("the residual variants differ in their stream, as described") {
  auto streamOps = [](const std::string &residual, const std::vector<std::string> &lifs) {
    TinyModel tiny;
    tiny.description = withLine(tiny.description, "residual", residual);
    tiny.tensors = tinyTensors(lifs);
    auto module = tiny.import();
    CHECK(tiny.messages == "");
    REQUIRE(module);
    auto function = *module->getOps<mlir::func::FuncOp>().begin();
    CHECK(mlir::succeeded(spike::interpret(function, {0, 1})));
    std::vector<std::string> names;
    module->walk([&](mlir::Operation *op) {
      if (mlir::isa<spike::InjectOp, spike::AddOp, spike::NeuronOp>(op))
        names.push_back(spike::sourceName(op) +
                        (mlir::cast<mlir::RankedTensorType>(op->getResult(0).getType())
                                 .getElementType()
                                 .isUnsignedInteger(2)
                             ? " ui2"
                             : ""));
    });
    return names;
  };
  using Names = std::vector<std::string>;
  CHECK(streamOps("  residual: 1", {"block0.attn.in_lif", "block0.attn.q_lif", "block0.attn.k_lif",
                                    "block0.attn.v_lif", "block0.attn.att_lif", "block0.lif",
                                    "block0.mlp.hidden_lif", "block0.mlp.out_lif", "head.lif"}) ==
        Names{"block0.attn.stream", "block0.attn.in_lif", "block0.attn.q_lif", "block0.attn.k_lif",
              "block0.attn.v_lif", "block0.attn.att_lif", "block0.attn.add", "block0.lif",
              "block0.mlp.hidden_lif", "block0.mlp.out_lif", "block0.mlp.add ui2", "head.stream",
              "head.lif"});
  CHECK(streamOps("  residual: 2",
                  {"block0.in_lif", "block0.attn.q_lif", "block0.attn.k_lif", "block0.attn.v_lif",
                   "block0.attn.att_lif", "block0.attn.out_lif", "block0.lif",
                   "block0.mlp.hidden_lif", "block0.mlp.out_lif", "head.lif"}) ==
        Names{"block0.stream", "block0.in_lif", "block0.attn.q_lif", "block0.attn.k_lif",
              "block0.attn.v_lif", "block0.attn.att_lif", "block0.attn.out_lif",
              "block0.attn.add ui2", "block0.mlp.stream", "block0.lif", "block0.mlp.hidden_lif",
              "block0.mlp.out_lif", "block0.mlp.add ui2", "head.stream", "head.lif"});
  CHECK(streamOps("  residual: 0\n  first_block_lif: true",
                  {"block0.attn.in_lif", "block0.attn.q_lif", "block0.attn.k_lif",
                   "block0.attn.v_lif", "block0.attn.att_lif", "block0.attn.res_lif",
                   "block0.mlp.in_lif", "block0.mlp.hidden_lif", "head.lif"}) ==
        Names{"embed.stream", "block0.attn.in_lif", "block0.attn.q_lif", "block0.attn.k_lif",
              "block0.attn.v_lif", "block0.attn.att_lif", "block0.attn.res_lif",
              "block0.attn.res_stream", "block0.attn.add", "block0.mlp.in_lif",
              "block0.mlp.hidden_lif", "block0.mlp.add", "head.lif"});
}

TEST_CASE("norms, recombinations and position codes are built as described") {
  TinyModel tiny;
  // Whatever a variant lacks is missed by name; whatever it leaves is a warning.
  auto importWith = [&](std::string_view key, const std::string &line) {
    tiny.description = withLine(kTinyDescription, key, line);
    return tiny.import();
  };
  CHECK(importWith("norm", "  norm: none"));
  CHECK(tiny.messages.find("warning: ") != std::string::npos);
  CHECK(importWith("recombine", "  recombine: sum"));
  CHECK(importWith("recombine", "  recombine: last"));
  CHECK(!importWith("recombine", "  recombine: concatenate"));
  CHECK(tiny.messages.find("tensor 'head.fc.weight' needs shape [4, 18], has [4, 6]") !=
        std::string::npos);
  tiny.tensors["head.fc.weight"] = filled({4, 18});
  CHECK(importWith("recombine", "  recombine: concatenate"));
  tiny.tensors = tinyTensors();
  CHECK(importWith("position_code", "  position_code: static"));
  CHECK(!importWith("norm", "  norm: power"));
  CHECK(tiny.messages.find("'block0.attn.q_norm.running_phi' [6] of F32 is missing") !=
        std::string::npos);
  for (const char *name : {"attn.q", "attn.k", "attn.v", "attn.proj", "mlp.fc1", "mlp.fc2"})
    tiny.tensors[std::string("block0.") + name + "_norm.running_phi"] =
        filled({std::string(name) == "mlp.fc1" ? 12 : 6});
  auto power = importWith("norm", "  norm: power");
  REQUIRE(power);
  int norms = 0;
  power->walk([&](spike::PowerNormOp) { ++norms; });
  CHECK(norms == 6);
}

TEST_CASE("weights come from the option, from a seed, or not at all") {
  TinyModel tiny;
  REQUIRE(tiny.import());
  std::string elsewhere = tiny.folder.file("elsewhere.safetensors");
  std::filesystem::rename(tiny.weights(), elsewhere);
  std::string path = tiny.folder.file("tiny.yaml");
  CHECK(!tiny.Importer::import(path));
  CHECK(tiny.messages == path + ":4:10: error: " + tiny.weights() +
                             ": cannot be opened: No such file or directory\n");
  ImportOptions options;
  options.weightsPath = elsewhere;
  auto module = tiny.Importer::import(path, options);
  REQUIRE(module);
  CHECK(tiny.messages == "");
  CHECK(weightsFileOf(*module) == elsewhere);
  options.weightsPath = tiny.folder.file("none");
  CHECK(!tiny.Importer::import(path, options));
  CHECK(tiny.messages ==
        "error: " + options.weightsPath + ": cannot be opened: No such file or directory\n");

  auto logits = [&](uint64_t seed) {
    ImportOptions random;
    random.randomWeightsSeed = seed;
    auto drawn = tiny.Importer::import(path, random);
    REQUIRE(drawn);
    CHECK(mlir::succeeded(checkWeights(*drawn)));
    auto result = spike::interpret(*drawn->getOps<mlir::func::FuncOp>().begin(), {0, 1, 2});
    REQUIRE(mlir::succeeded(result));
    return result->logits;
  };
  CHECK(logits(1) == logits(1));
  CHECK(logits(1) != logits(2));

  std::string huge = kTinyDescription;
  for (auto [key, line] :
       {std::pair("token_width", "  token_width: 65534"), std::pair("blocks", "  blocks: 1024")})
    huge = withLine(huge, key, line);
  options = {"", 1};
  CHECK(!tiny.Importer::import(tiny.folder.write("huge.yaml", huge), options));
  CHECK(tiny.messages == tiny.folder.file("huge.yaml") +
                             ":4:10: error: random weights: needs at most 2147483648 "
                             "parameters, has 35184372613128\n");

  tiny.folder.write("tiny.yaml", withLine(kTinyDescription, "weights", ""));
  auto shapes = tiny.Importer::import(path);
  REQUIRE(shapes);
  CHECK(tiny.messages ==
        path + ":1:1: warning: model 'tiny' has no weights, only shapes; give them by --weights or "
               "--random-weights\n");
  CHECK(mlir::succeeded(checkWeights(*shapes)));
  CHECK(opNames(*shapes) == opNames(*module));
  CHECK(mlir::failed(spike::interpret(*shapes->getOps<mlir::func::FuncOp>().begin(), {0})));
}

TEST_CASE("modules are imported as text and as bytecode, and mean the same") {
  TinyModel tiny;
  auto module = tiny.import();
  REQUIRE(module);
  std::string text, code;
  llvm::raw_string_ostream textStream(text), codeStream(code);
  module->print(textStream, mlir::OpPrintingFlags().enableDebugInfo());
  REQUIRE(mlir::succeeded(mlir::writeBytecodeToFile(*module, codeStream)));
  auto logits = [](mlir::ModuleOp op) {
    auto result = spike::interpret(*op.getOps<mlir::func::FuncOp>().begin(), {3, 2, 1});
    REQUIRE(mlir::succeeded(result));
    return result->logits;
  };
  for (auto &[name, content] : {std::pair("m.mlir", text), std::pair("m.mlirbc", code)}) {
    CAPTURE(name);
    Importer fresh;
    auto again = fresh.import(tiny.folder.write(name, content));
    CHECK(fresh.messages == "");
    REQUIRE(again);
    CHECK(opNames(*again) == opNames(*module));
    CHECK(logits(*again) == logits(*module));
  }
  Importer fresh;
  ImportOptions options;
  options.weightsPath = tiny.weights();
  CHECK(!fresh.import(tiny.folder.file("m.mlir"), options));
  CHECK(fresh.messages == "error: " + tiny.folder.file("m.mlir") +
                              ": has weights of its own; others can only be given to a "
                              "description (.yaml)\n");
}
