// Gpt2ImportTest: a GPT-2 checkpoint becomes the module that its description says.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Gpt2TestModel.h"

#include "dialect/import/WeightCheck.h"

using namespace synfire;
using namespace synfire::test;

TEST_CASE("a checkpoint is read with and without its prefix, its masks are left alone") {
  for (std::string prefix : {"", "transformer."}) {
    CAPTURE(prefix);
    TinyGpt2 tiny(prefix);
    for (const char *block : {"h.0.attn.", "h.1.attn."}) {
      tiny.tensors[prefix + block + "bias"] = filled({1, 1, 6, 6});
      tiny.tensors[prefix + block + "masked_bias"] = filled({1});
    }
    auto module = tiny.import();
    CHECK(tiny.messages == "");
    REQUIRE(module);
    std::vector<std::string> names = {"wte", "wpe", "embed"};
    for (std::string block : {"h.0.", "h.1."})
      for (const char *op :
           {"ln_1", "attn.c_attn", "attn.q", "attn.k", "attn.v", "attn.softmax", "attn.c_proj",
            "attn.add", "ln_2", "mlp.c_fc", "mlp.gelu", "mlp.c_proj", "mlp.add"})
        names.push_back(block + op);
    names.insert(names.end(), {"ln_f", "lm_head"});
    CHECK(opNames(*module) == names);
    CHECK(architectureOf(*module) == "gpt2");
    CHECK(mlir::succeeded(checkWeights(*module)));
    module->walk([](spike::SoftmaxAttentionOp op) {
      CHECK(op.getHeads() == 2);
      CHECK(op.getScale().convertToDouble() == 0.5); // 1 / sqrt(8 / 2)
      CHECK(op.getCausal());
    });
    module->walk([](spike::LayerNormOp op) { CHECK(op.getEps().convertToDouble() == 1e-4); });
  }
}

TEST_CASE("linear layers are stored transposed, the head is the token table itself") {
  TinyGpt2 tiny;
  auto module = tiny.import();
  REQUIRE(module);
  mlir::Attribute table;
  module->walk([&](spike::LookupOp op) { table = op.getTable(); });
  module->walk([&](spike::LinearOp op) {
    bool head = spike::sourceName(op) == "lm_head";
    CHECK(op.getTransposed() == !head);
    CHECK(bool(op.getBias()) == !head);
    if (head)
      CHECK(mlir::Attribute(op.getWeight()) == table);
  });
  CHECK(parametersOf(*module) == 11 * 8 + 6 * 8 + 2 * (12 * 8 * 8 + 13 * 8) + 2 * 8);
}

TEST_CASE("a head of its own is used only where it differs") {
  TinyGpt2 tiny("transformer.");
  tiny.tensors["lm_head.weight"] = tiny.tensors["transformer.wte.weight"];
  auto module = tiny.import();
  REQUIRE(module);
  CHECK(tiny.messages == "");
  int64_t tied = parametersOf(*module);

  tiny.tensors["lm_head.weight"].numbers[87] += 1;
  module = tiny.import();
  REQUIRE(module);
  CHECK(tiny.messages == tiny.folder.file("tiny.yaml") + ":4:10: warning: " + tiny.weights() +
                             ": tensor 'lm_head.weight' differs from 'transformer.wte.weight', so "
                             "the head is not tied to the token table\n");
  CHECK(parametersOf(*module) == tied + 11 * 8);

  tiny.tensors["lm_head.weight"] = filled({8, 11});
  CHECK(tiny.fault() == "tensor 'lm_head.weight' needs shape [11, 8], has [8, 11]\n");
}

TEST_CASE("tensors that are missing or wrong are named with what the model needs") {
  TinyGpt2 tiny;
  FloatTensors good = tiny.tensors;
  tiny.tensors.erase("h.1.mlp.c_fc.bias");
  CHECK(tiny.fault() == "tensor 'h.1.mlp.c_fc.bias' [32] of F32 is missing\n");
  tiny.tensors = good;
  tiny.tensors["h.0.attn.c_attn.weight"] = filled({24, 8});
  CHECK(tiny.fault() == "tensor 'h.0.attn.c_attn.weight' needs shape [8, 24], has [24, 8]\n");
  tiny.tensors = good;
  tiny.tensors["wpe.weight"] = filled({5, 8});
  CHECK(tiny.fault() == "tensor 'wpe.weight' needs shape [6, 8], has [5, 8]\n");

  // One tensor of another type in front.
  tiny.tensors = good;
  tiny.tensors.erase("ln_f.bias");
  CHECK(tiny.fault().find("tensor 'ln_f.bias' [8] of F32 is missing") == 0);
  SafetensorsWriter writer(tiny.weights());
  std::vector<double> doubles(8, 0.5);
  writer.declare("ln_f.bias", TensorType::F64, {8});
  for (auto &[name, tensor] : tiny.tensors)
    writer.declare(name, TensorType::F32, tensor.shape);
  writer.append(std::as_bytes(std::span(doubles)));
  for (auto &[name, tensor] : tiny.tensors)
    writer.append(std::as_bytes(std::span(tensor.numbers)));
  REQUIRE(!writer.finish());
  CHECK(!tiny.Importer::import(tiny.folder.file("tiny.yaml")));
  CHECK(tiny.messages.find("tensor 'ln_f.bias' needs type F32, has F64\n") != std::string::npos);
}

TEST_CASE("the shipped sizes have the published numbers of parameters, the head counted once") {
  for (auto [size, width, blocks, parameters] :
       {std::tuple("small", 768, 12, 124439808L), std::tuple("medium", 1024, 24, 354823168L),
        std::tuple("large", 1280, 36, 774030080L), std::tuple("xl", 1600, 48, 1557611200L)}) {
    CAPTURE(size);
    Importer importer;
    auto module =
        importer.import(std::string(SYNFIRE_SOURCE_DIR "/examples/models/gpt2-") + size + ".yaml");
    REQUIRE(module);
    int64_t d = width;
    int64_t closed = (50257 + 1024) * d + blocks * (12 * d * d + 13 * d) + 2 * d;
    CHECK(parametersOf(*module) == closed);
    CHECK(closed == parameters);
    CHECK(importer.messages.find("has no weights, only shapes") != std::string::npos);
  }
}
