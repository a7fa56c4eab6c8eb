// InterpreterInputTest: inputs that are no text, and what is refused of them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/dialect/SpikeTestModule.h"

#include <doctest/doctest.h>

#include <limits>

using namespace mlir;
using namespace synfire::spike;
using namespace synfire::spike::test;

/// Logits as text, or the message.
static std::string logitsOf(const std::string &text, const InputTensor &input) {
  SpikeTestModule test;
  auto module = test.parse(text);
  INFO(test.messages);
  REQUIRE(module);
  auto result = interpret(mainOf(*module), input);
  if (failed(result))
    return test.messages;
  std::string numbers;
  llvm::raw_string_ostream os(numbers);
  llvm::interleave(result->logits, os, " ");
  return numbers;
}

static const std::string kSum = R"(
func.func @main(%x: tensor<2x?x2xui2>) -> tensor<?x2xf32> attributes {spike.model =
    #spike.model<name = "sums", time_steps = 2, context_length = 2, vocabulary = 2,
                 alphabet = "", cleaning = "none">} {
  %m = spike.recombine sum %x : tensor<2x?x2xui2> -> tensor<?x2xf32>
  return %m : tensor<?x2xf32>
})";

TEST_CASE("a tensor of spikes or reals is an input") {
  CHECK(logitsOf(kSum, {{2, 1, 2}, {1, 3, 2, 0}}) == "3.000000e+00 3.000000e+00");
  // An image of 2 x 2 points; its static points are no context.
  std::string image = R"(
func.func @main(%x: tensor<4x1xf32>) -> tensor<1x1xf32> attributes {spike.model =
    #spike.model<name = "image", time_steps = 1, context_length = 1, vocabulary = 1,
                 alphabet = "", cleaning = "none">} {
  %m = spike.pool max %x grid [2, 2] window [2, 2] stride [1, 1] padding [0, 0]
      : tensor<4x1xf32> -> tensor<1x1xf32>
  return %m : tensor<1x1xf32>
})";
  CHECK(logitsOf(image, {{4, 1}, {-1, 0.5, 0.25, 0}}) == "5.000000e-01");
}

TEST_CASE("an input that does not fit is refused with value and limit") {
  constexpr double inf = std::numeric_limits<double>::infinity();
  CHECK(logitsOf(kSum, {{2, 2}, {1, 3, 2, 0}}) ==
        "'sums': input: needs the shape 2x?x2, has 2x2\n");
  CHECK(logitsOf(kSum, {{3, 1, 2}, {1, 3, 2, 0, 0, 0}}) ==
        "'sums': input: needs the shape 2x?x2, has 3x1x2\n");
  CHECK(logitsOf(kSum, {{2, 0, 2}, {}}) == "'sums': input: needs the shape 2x?x2, has 2x0x2\n");
  CHECK(logitsOf(kSum, {{2, std::numeric_limits<int64_t>::max(), 2}, {}}) ==
        "'sums': input: needs the shape 2x?x2, has 2x9223372036854775807x2\n");
  CHECK(logitsOf(kSum, {{2, 1, 2}, {1, 3, 2}}) ==
        "'sums': input: needs 4 numbers (of shape 2x1x2), has 3\n");
  CHECK(logitsOf(kSum, {{2, 3, 2}, std::vector<double>(12)}) ==
        "'sums': needs at most 2 tokens (its context), has 3\n");
  for (auto [number, text] :
       {std::pair(4.0, "4.000000"), {-1.0, "-1.000000"}, {0.5, "0.500000"}, {inf, "inf"}})
    CHECK(logitsOf(kSum, {{2, 1, 2}, {0, 0, number, 0}}) ==
          std::string("'sums': input: number 2: needs a spike in 0..3, has ") + text + "\n");
  CHECK(logitsOf("func.func @main(%x: tensor<1x1xf32>) -> tensor<1x1xf32> {\n"
                 "return %x : tensor<1x1xf32>\n}",
                 {{1, 1}, {-inf}}) == "'main': input: number 0: needs a finite number, has -inf\n");
}

TEST_CASE("token ids and tensors are not taken for each other") {
  std::string ids = "func.func @main(%x: tensor<?xi32>) -> tensor<?x1xf32> {\n"
                    "%p = spike.position %x, dense<1.0> : tensor<2x1xf32> : tensor<?xi32> -> "
                    "tensor<?x1xf32>\nreturn %p : tensor<?x1xf32>\n}";
  CHECK(logitsOf(ids, {{1}, {0}}) ==
        "'main': needs the type ([T x] N x D spikes or f32) -> one tensor, has (tensor<?xi32>) -> "
        "tensor<?x1xf32>\n");
  SpikeTestModule test;
  auto module = test.parse(kSum);
  CHECK(failed(interpret(mainOf(*module), {0, 1})));
  CHECK(test.messages == "'sums': needs the type (tensor<?xi32>) -> one tensor, has "
                         "(tensor<2x?x2xui2>) -> tensor<?x2xf32>\n");
}

TEST_CASE("a function may return ids, and graded spikes of any size are recorded") {
  SpikeTestModule test;
  auto module = test.parse(R"(
func.func @main(%x: tensor<1x1x2xui16>) -> tensor<1x1xi32> {
  %s = spike.add %x, %x : tensor<1x1x2xui16>, tensor<1x1x2xui16> -> tensor<1x1x2xui17> loc("sum")
  %m = spike.recombine last %s : tensor<1x1x2xui17> -> tensor<1x2xf32>
  %k = spike.top_k %m : tensor<1x2xf32> -> tensor<1x1xi32>
  return %k : tensor<1x1xi32>
})");
  INFO(test.messages);
  REQUIRE(module);
  auto result = interpret(mainOf(*module), InputTensor{{1, 1, 2}, {3, 65535}});
  REQUIRE(succeeded(result));
  CHECK(result->findSpikes("sum")->values == std::vector<uint32_t>{6, 131070});
  CHECK(result->logits == std::vector<double>{1});
}

TEST_CASE("a value beyond any memory is refused, not tried") {
  CHECK(
      logitsOf("func.func @main(%x: tensor<?x4096xi1>) -> tensor<?x4096xi1> {\n"
               "%y = spike.repeat %x : tensor<?x4096xi1> -> tensor<1000000x?x4096xi1> loc(\"r\")\n"
               "return %x : tensor<?x4096xi1>\n}",
               {{1, 4096}, std::vector<double>(4096)}) ==
      "'r': needs a value of at most 2147483648 numbers, has 1000000x?x4096 with 1 tokens\n");
}
