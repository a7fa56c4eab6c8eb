// TensorInputTest: tensors as input, and which ones a model takes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/TensorInput.h"

#include "../import/TestFiles.h"

#include "dialect/spike/Spike.h"

#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"

#include <doctest/doctest.h>

using namespace synfire;
using namespace synfire::test;
using namespace synfire::tool;

namespace {

/// An image of 2 x 3 points with 2 channels.
const TensorRules kImage{{6, 2}, {2, 3}};

/// One tensor of consecutive numbers from 0.
template <typename Number>
std::string writeTensor(const Folder &folder, TensorType type, std::vector<int64_t> shape,
                        const std::string &name = "input", Number first = 0) {
  int64_t count = 1;
  for (int64_t extent : shape)
    count *= extent;
  std::vector<Number> numbers;
  for (int64_t i = 0; i < count; ++i)
    numbers.push_back(static_cast<Number>(first + static_cast<Number>(i)));
  SafetensorsWriter writer(folder.file("t.safetensors"));
  writer.declare(name, type, shape);
  writer.append(std::as_bytes(std::span(numbers)));
  REQUIRE(!writer.finish());
  return folder.file("t.safetensors");
}

spike::InputTensor inputOf(const std::string &path, const TensorRules &rules) {
  auto read = readTensorInput(path, rules);
  REQUIRE_MESSAGE(read.index() == 0, std::get<1>(read));
  return std::get<0>(read);
}

/// The message without the path.
std::string faultOf(const std::string &path, const TensorRules &rules) {
  auto read = readTensorInput(path, rules);
  REQUIRE(read.index() == 1);
  CHECK(std::get<1>(read).substr(0, path.size() + 2) == path + ": ");
  return std::get<1>(read).substr(path.size() + 2);
}

std::optional<TensorRules> rulesOf(const std::string &function) {
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  context.loadDialect<spike::SpikeDialect, mlir::func::FuncDialect>();
  auto module = mlir::parseSourceString<mlir::ModuleOp>(function, &context);
  REQUIRE(module);
  return tensorRulesOf(*module->getOps<mlir::func::FuncOp>().begin());
}

} // namespace

TEST_CASE("input: an image is read with and without its grid, numbers as they are") {
  Folder folder;
  for (auto shape : {std::vector<int64_t>{6, 2}, {2, 3, 2}}) {
    spike::InputTensor read = inputOf(writeTensor<float>(folder, TensorType::F32, shape), kImage);
    CHECK(read.shape == std::vector<int64_t>{6, 2});
    REQUIRE(read.values.size() == 12);
    for (int i = 0; i < 12; ++i)
      CHECK(read.values[i] == i);
  }
}

TEST_CASE("input: spikes over time, with any number of tokens where the model has one") {
  Folder folder;
  TensorRules spikes{{4, -1, 2}, {}};
  CHECK(inputOf(writeTensor<uint8_t>(folder, TensorType::U8, {4, 5, 2}), spikes).shape ==
        std::vector<int64_t>{4, 5, 2});
  CHECK(faultOf(writeTensor<uint8_t>(folder, TensorType::U8, {3, 5, 2}), spikes) ==
        "tensor 'input' needs shape [4, N, 2], has [3, 5, 2]");
  CHECK(faultOf(writeTensor<uint8_t>(folder, TensorType::U8, {4, 0, 2}), spikes) ==
        "tensor 'input' needs shape [4, N, 2], has [4, 0, 2]");
  TensorRules frames{{4, 6, 2}, {2, 3}};
  CHECK(inputOf(writeTensor<uint8_t>(folder, TensorType::U8, {4, 2, 3, 2}), frames).shape ==
        std::vector<int64_t>{4, 6, 2});
  CHECK(faultOf(writeTensor<uint8_t>(folder, TensorType::U8, {4, 3, 2, 2}), frames) ==
        "tensor 'input' needs shape [4, 2, 3, 2] (time steps, height, width, channels) or [4, 6, "
        "2], has [4, 3, 2, 2]");
}

TEST_CASE("input: every type of whole numbers and reals that a float64 holds") {
  Folder folder;
  auto last = [&](const std::string &path) { return inputOf(path, kImage).values[11]; };
  CHECK(last(writeTensor<uint8_t>(folder, TensorType::U8, {6, 2})) == 11);
  CHECK(last(writeTensor<uint8_t>(folder, TensorType::Bool, {6, 2})) == 1);
  CHECK(last(writeTensor<int8_t>(folder, TensorType::I8, {6, 2}, "input", -20)) == -9);
  CHECK(last(writeTensor<int16_t>(folder, TensorType::I16, {6, 2}, "input", -300)) == -289);
  CHECK(last(writeTensor<uint16_t>(folder, TensorType::U16, {6, 2}, "input", 65000)) == 65011);
  CHECK(last(writeTensor<int32_t>(folder, TensorType::I32, {6, 2}, "input", -70000)) == -69989);
  CHECK(last(writeTensor<uint32_t>(folder, TensorType::U32, {6, 2}, "input", 4000000000u)) ==
        4000000011.0);
  CHECK(last(writeTensor<int64_t>(folder, TensorType::I64, {6, 2}, "input", -(1LL << 53))) ==
        -9007199254740981.0);
  CHECK(last(writeTensor<double>(folder, TensorType::F64, {6, 2}, "input", 0.5)) == 11.5);
  CHECK(faultOf(writeTensor<uint64_t>(folder, TensorType::U64, {6, 2}, "input", (1ULL << 53) - 3),
                kImage) == "tensor 'input' holds a whole number beyond 2^53 at flat index 4, which "
                           "a float64 does not hold");
  CHECK(faultOf(writeTensor<int64_t>(folder, TensorType::I64, {6, 2}, "input", -(1LL << 53) - 1),
                kImage)
            .find("at flat index 0") != std::string::npos);
  CHECK(faultOf(writeTensor<uint16_t>(folder, TensorType::F16, {6, 2}), kImage) ==
        "tensor 'input' needs type F32, F64, BOOL or an integer type, has F16");
}

TEST_CASE("input: another name, another shape, or no such file") {
  Folder folder;
  CHECK(faultOf(writeTensor<float>(folder, TensorType::F32, {6, 2}, "image"), kImage) ==
        "needs one tensor, named 'input', has 1 tensors, of which the first is 'image'");
  writeTensors(folder.file("two"), {{"input", {{6, 2}, std::vector<float>(12)}},
                                    {"label", {{1}, std::vector<float>(1)}}});
  CHECK(faultOf(folder.file("two"), kImage) ==
        "needs one tensor, named 'input', has 2 tensors, of which the first is 'input'");
  const std::string needs =
      "tensor 'input' needs shape [2, 3, 2] (height, width, channels) or [6, 2], has ";
  CHECK(faultOf(writeTensor<float>(folder, TensorType::F32, {3, 2, 2}), kImage) ==
        needs + "[3, 2, 2]");
  CHECK(faultOf(writeTensor<float>(folder, TensorType::F32, {2, 6}), kImage) == needs + "[2, 6]");
  CHECK(faultOf(writeTensor<float>(folder, TensorType::F32, {1, 6, 2}), kImage) ==
        needs + "[1, 6, 2]");
  CHECK(faultOf(folder.file("none"), kImage) == "cannot be opened: No such file or directory");
}

TEST_CASE("input: the model's argument says what it takes") {
  CHECK(!rulesOf("func.func @main(%x: tensor<?xi32>) { return }"));
  auto plain = rulesOf("func.func @main(%x: tensor<4x?x2xi1>) { return }");
  REQUIRE(plain);
  CHECK(plain->shape == std::vector<int64_t>{4, -1, 2});
  CHECK(plain->grid.empty());
  auto image = rulesOf(R"(func.func @main(%x: tensor<6x2xf32>) {
    %t = spike.repeat %x : tensor<6x2xf32> -> tensor<4x6x2xf32>
    %y = spike.pool max %t grid [2, 3] window [2, 3] stride [2, 3] padding [0, 0]
        : tensor<4x6x2xf32> -> tensor<4x1x2xf32>
    return })");
  REQUIRE(image);
  CHECK(image->grid == std::vector<int64_t>{2, 3});
  CHECK(image->shapes() == "[2, 3, 2] (height, width, channels) or [6, 2]");
}

TEST_CASE("input: a model of token ids wants no tensor") {
  InputOptions options;
  options.tensorFile = "image.safetensors";
  InputRules rules;
  auto read = options.read(rules);
  REQUIRE(read.index() == 1);
  CHECK(std::get<1>(read) == "--input: the model takes token ids; give --tokens FILE instead");
}
