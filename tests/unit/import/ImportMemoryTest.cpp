// ImportMemoryTest: weights stay in their file, mapped, as far as they can.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "TestImporter.h"

#include "dialect/interpreter/Interpreter.h"
#include "dialect/spike/Spike.h"

#include <unistd.h>

using namespace synfire;
using namespace synfire::test;

TEST_CASE("unaligned tensors are copied and mean the same") {
  TinyModel tiny;
  auto module = tiny.import();
  REQUIRE(module);
  // One space more before the header's end moves all data by one byte.
  std::string bytes = readAll(tiny.weights());
  uint64_t length;
  std::memcpy(&length, bytes.data(), 8);
  bytes.insert(8 + length, " ");
  ++length;
  std::memcpy(bytes.data(), &length, 8);
  Importer fresh;
  ImportOptions options;
  options.weightsPath = tiny.folder.write("odd.safetensors", bytes);
  auto odd = fresh.import(tiny.folder.file("tiny.yaml"), options);
  REQUIRE(odd);
  auto logits = [](mlir::ModuleOp op) {
    auto result = spike::interpret(*op.getOps<mlir::func::FuncOp>().begin(), {3, 2, 1});
    REQUIRE(mlir::succeeded(result));
    return result->logits;
  };
  CHECK(logits(*odd) == logits(*module));
}

TEST_CASE("a code of 761,216 features is a model of shapes, and no more") {
  Folder folder;
  std::string path = folder.write(
      "m.yaml", "synfire: model/1\nname: wide\narchitecture: spikedecoder\nconfig: {token_code: "
                "one-hot, vocabulary: 5947, context: 128, blocks: 25, heads: 8, mlp_expansion: 1,\n"
                "         norm: batch}\n");
  Importer importer;
  importer.context.loadDialect<spike::SpikeDialect, mlir::func::FuncDialect>();
  int64_t before = residentBytes();
  CHECK(importer.import(path));
  CHECK(importer.messages ==
        path + ":1:1: warning: model 'wide' has no weights, only shapes; give them by --weights or "
               "--random-weights\n");
  CHECK(residentBytes() - before < (int64_t(32) << 20));
  ImportOptions options;
  options.randomWeightsSeed = 1;
  CHECK(!importer.import(path, options));
  CHECK(
      importer.messages ==
      path +
          ":1:1: error: random weights: needs at most 2147483648 parameters, has 86921996749952\n");
}

TEST_CASE("importing a model of 0.8 GB does not read it") {
  Folder folder;
  constexpr int64_t kWidth = 4096;
  std::string description = kTinyDescription;
  for (auto [key, line] :
       {std::pair("token_width", "  token_width: 4094"), std::pair("learnable_thresholds", ""),
        std::pair("norm", "  norm: none"), std::pair("mlp_expansion", "  mlp_expansion: 4")})
    description = withLine(description, key, line);
  folder.write("big.yaml", description);
  std::string header = "{";
  int64_t end = 0;
  auto declare = [&](const std::string &name, std::vector<int64_t> shape) {
    int64_t bytes = 4;
    for (int64_t extent : shape)
      bytes *= extent;
    header += (end == 0 ? "\"" : ",\"") + name + R"(":{"dtype":"F32","shape":)" + shapeText(shape) +
              R"(,"data_offsets":[)" + std::to_string(end) + "," + std::to_string(end + bytes) +
              "]}";
    end += bytes;
  };
  declare("embed.token.weight", {4, kWidth - 2});
  declare("embed.position.weight", {8, 2});
  for (const char *name : {"q", "k", "v", "proj"}) {
    declare(std::string("block0.attn.") + name + ".weight", {kWidth, kWidth});
    declare(std::string("block0.attn.") + name + ".bias", {kWidth});
  }
  declare("block0.mlp.fc1.weight", {4 * kWidth, kWidth});
  declare("block0.mlp.fc1.bias", {4 * kWidth});
  declare("block0.mlp.fc2.weight", {kWidth, 4 * kWidth});
  declare("block0.mlp.fc2.bias", {kWidth});
  declare("head.fc.weight", {4, kWidth});
  declare("head.fc.bias", {4});
  header += "}";
  // As every writer does: data that begin aligned need no copy.
  header.resize((header.size() + 7) / 8 * 8, ' ');
  std::string path = folder.write("tiny.safetensors", withHeader(header));
  // A hole of zeros: takes no room on the disk.
  std::filesystem::resize_file(path, std::filesystem::file_size(path) + uint64_t(end));
  REQUIRE(end > 800'000'000);
  Importer importer;
  importer.context.loadDialect<spike::SpikeDialect, mlir::func::FuncDialect>();
  int64_t before = residentBytes();
  auto module = importer.import(folder.file("big.yaml"));
  CHECK(importer.messages == "");
  REQUIRE(module);
  CHECK(residentBytes() - before < (int64_t(32) << 20));
}
