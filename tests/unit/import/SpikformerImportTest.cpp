// SpikformerImportTest: image models become the module that their description says.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "ImageTestModels.h"

#include "dialect/import/WeightCheck.h"

#include "llvm/Support/raw_ostream.h"

using namespace synfire;
using namespace synfire::test;

using Names = std::vector<std::string>;

static std::string shipped(const std::string &name) {
  return std::string(SYNFIRE_SOURCE_DIR "/examples/models/") + name + ".yaml";
}

/// The type of what the op `name` gives.
static std::string typeOf(mlir::ModuleOp module, const std::string &name) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  module.walk([&](mlir::Operation *op) {
    if (op->getNumResults() == 1 && spike::sourceName(op) == name)
      stream << op->getResult(0).getType();
  });
  return text;
}

static Names patchNames(bool spikeDriven) {
  Names names = {"image.repeat"};
  for (int i = 0; i < 4; ++i) {
    std::string name = "embed.conv" + std::to_string(i);
    names.insert(names.end(), {name, name + "_norm"});
    if (spikeDriven && i == 3)
      names.insert(names.end(), {name + "_pool", name + "_lif"});
    else
      names.push_back(name + "_lif");
    if (i == 2 || (!spikeDriven && i == 3))
      names.push_back(name + "_pool");
  }
  names.insert(names.end(), {"embed.position", "embed.position_norm"});
  if (!spikeDriven)
    names.push_back("embed.position_lif");
  names.push_back("embed.add");
  return names;
}

TEST_CASE("a Spikformer is built as published, under our names") {
  TinyImageModel tiny(false);
  tiny.tensors["embed.conv0_norm.num_batches_tracked"] = filled({1});
  auto module = tiny.import();
  CHECK(tiny.messages == "");
  REQUIRE(module);
  Names names = patchNames(false);
  for (std::string block : {"block0.", "block1."})
    for (const char *op :
         {"attn.q",       "attn.q_norm",  "attn.q_lif",     "attn.k",        "attn.k_norm",
          "attn.k_lif",   "attn.v",       "attn.v_norm",    "attn.v_lif",    "attn.ssa",
          "attn.att_lif", "attn.proj",    "attn.proj_norm", "attn.proj_lif", "attn.add",
          "mlp.fc1",      "mlp.fc1_norm", "mlp.fc1_lif",    "mlp.fc2",       "mlp.fc2_norm",
          "mlp.fc2_lif",  "mlp.add"})
      names.push_back(block + op);
  names.insert(names.end(), {"head.pool", "head.mean", "head.fc"});
  CHECK(opNames(*module) == names);
  CHECK(architectureOf(*module) == "spikformer");
  CHECK(mlir::succeeded(checkWeights(*module)));
  module->walk([](spike::BatchNormOp op) { CHECK(op.getEps().convertToDouble() == 1e-5); });
  module->walk([](spike::SelfAttentionOp op) {
    CHECK(op.getHeads() == 2);
    CHECK(op.getScale().convertToDouble() == 0.5);
    CHECK(!op.getCausal());
  });
  // Every layer adds spikes: 0 .. 2, then 3, 4, 5, 6.
  CHECK(typeOf(*module, "embed.add") == "tensor<4x8x16xui2>");
  CHECK(typeOf(*module, "block0.attn.add") == "tensor<4x8x16xui2>");
  CHECK(typeOf(*module, "block0.mlp.add") == "tensor<4x8x16xui3>");
  CHECK(typeOf(*module, "block1.mlp.add") == "tensor<4x8x16xui3>");
  CHECK(typeOf(*module, "head.fc") == "tensor<1x3xf32>");
}

TEST_CASE("a Spike-driven Transformer is built as published, under our names") {
  TinyImageModel tiny(true);
  auto module = tiny.import();
  CHECK(tiny.messages == "");
  REQUIRE(module);
  Names names = patchNames(true);
  for (std::string block : {"block0.", "block1."})
    for (const char *op :
         {"attn.in_lif", "attn.q",       "attn.q_norm", "attn.q_lif",   "attn.k",
          "attn.k_norm", "attn.k_lif",   "attn.v",      "attn.v_norm",  "attn.v_lif",
          "attn.kv",     "attn.kv_lif",  "attn.gate",   "attn.proj",    "attn.proj_norm",
          "attn.add",    "mlp.in_lif",   "mlp.fc1",     "mlp.fc1_norm", "mlp.fc1_lif",
          "mlp.fc2",     "mlp.fc2_norm", "mlp.add"})
      names.push_back(block + op);
  names.insert(names.end(), {"head.pool", "head.lif", "head.fc", "head.mean"});
  CHECK(opNames(*module) == names);
  CHECK(architectureOf(*module) == "spike-driven-transformer");
  CHECK(typeOf(*module, "embed.conv3_pool") == "tensor<4x8x16xf32>"); // membranes
  CHECK(typeOf(*module, "block1.mlp.add") == "tensor<4x8x16xf32>");
  module->walk([](spike::NeuronOp op) {
    bool attention = spike::sourceName(op).ends_with("kv_lif");
    CHECK(op.getNeuronModel().getThresholds()[0] == (attention ? 0.5 : 1.0));
  });
}

TEST_CASE("as many stages are pooled as described, and the image must allow it") {
  for (auto [stages, tokens] : {std::pair("1", "4x32x16"), std::pair("3", "4x2x16")}) {
    TinyImageModel tiny(false);
    tiny.description += std::string("  pooled_stages: ") + stages + "\n";
    auto module = tiny.import();
    REQUIRE(module);
    CHECK(typeOf(*module, "embed.add") == std::string("tensor<") + tokens + "xui2>");
  }
  TinyImageModel tiny(false);
  tiny.description += "  pooled_stages: 4\n";
  CHECK(!tiny.import());
  CHECK(tiny.messages == tiny.folder.file("tiny.yaml") +
                             ":6:17: error: 'image_height' needs a multiple of 16, has 8\n");
}

TEST_CASE("a missing norm, a bias too many and a flat kernel are told apart") {
  TinyImageModel tiny(true);
  FloatTensors good = tiny.tensors;
  tiny.tensors.erase("block1.attn.proj_norm.running_var");
  CHECK(tiny.fault() == "tensor 'block1.attn.proj_norm.running_var' [16] of F32 is missing\n");
  tiny.tensors = good;
  tiny.tensors["embed.conv2.weight"] = filled({8, 4, 9});
  CHECK(tiny.fault() == "tensor 'embed.conv2.weight' needs shape [8, 4, 3, 3], has [8, 4, 9]\n");
  tiny.tensors = good;
  tiny.tensors["block0.attn.q.bias"] = filled({16}); // published without
  CHECK(tiny.import());
  CHECK(tiny.messages.find("tensor 'block0.attn.q.bias' is not used by the model") !=
        std::string::npos);
  tiny.tensors = good;
  tiny.tensors["block0.mlp.fc1_norm.running_var"].numbers[3] = -1;
  CHECK(tiny.fault() == "tensor 'block0.mlp.fc1_norm.running_var' needs numbers of at least 0, has "
                        "-1.000000 at [3]\n");
}

TEST_CASE("the shipped image models have the published numbers of parameters") {
  for (auto [name, parameters] : {std::pair("spikformer-4-384", 9324730L),
                                  std::pair("spike-driven-transformer-2-512", 10279588L),
                                  std::pair("spike-driven-transformer-8-512", 29689384L)}) {
    CAPTURE(name);
    Importer importer;
    auto module = importer.import(shipped(name));
    REQUIRE(module);
    CHECK(parametersOf(*module) == parameters);
  }
  // 3 x 3 kernels and their norms, then q k v proj fc1 fc2 with norms, then the head.
  auto closed = [](int64_t d, int64_t blocks, int64_t classes, int64_t biases) {
    int64_t kernels = 9 * (3 * d / 8 + d * d * (1 + 4 + 16 + 32) / 32);
    int64_t block = 12 * d * d + biases * d + 2 * 9 * d;
    return kernels + 2 * (d / 8 + d / 4 + d / 2 + 2 * d) + blocks * block + d * classes + classes;
  };
  CHECK(closed(384, 4, 10, 9) == 9324730);
  CHECK(closed(512, 2, 100, 6) == 10279588);
}
