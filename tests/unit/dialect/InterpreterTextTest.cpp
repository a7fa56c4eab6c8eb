// InterpreterTextTest: codes of ids and positions, and features put together.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/dialect/SpikeTestModule.h"

#include <doctest/doctest.h>

#include <numeric>
#include <set>

using namespace mlir;
using namespace synfire::spike;
using namespace synfire::spike::test;
using Integers = Tensor::Integers;

/// The codes of all indices 0 .. size - 1.
static std::vector<Integers> codesOf(const std::string &code, int64_t size, int64_t width) {
  SpikeTestModule test;
  Tensor ids = Tensor::ofIntegers({size});
  std::iota(ids.integers().begin(), ids.integers().end(), 0);
  auto bits =
      test.evaluateLine("%y = spike.code " + code + " token %a size " + std::to_string(size) +
                            " : tensor<?xi32> -> tensor<?x" + std::to_string(width) + "xi1>",
                        {"tensor<?xi32>"}, {&ids});
  REQUIRE(succeeded(bits));
  std::vector<Integers> codes;
  for (int64_t n = 0; n < size; ++n)
    codes.emplace_back(bits->integers().begin() + n * width,
                       bits->integers().begin() + (n + 1) * width);
  return codes;
}

static size_t distinct(const std::vector<Integers> &codes) {
  return std::set<Integers>(codes.begin(), codes.end()).size();
}

TEST_CASE("one-hot and binary codes name every index; left-justified ones collide as published") {
  CHECK(codesOf("one_hot", 3, 3) == std::vector<Integers>{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
  CHECK(codesOf("binary", 5, 3) ==
        std::vector<Integers>{{0, 0, 0}, {0, 0, 1}, {0, 1, 0}, {0, 1, 1}, {1, 0, 0}});
  CHECK(codesOf("binary_left", 7, 3) ==
        std::vector<Integers>{
            {0, 0, 0}, {1, 0, 0}, {1, 0, 0}, {1, 1, 0}, {1, 0, 0}, {1, 0, 1}, {1, 1, 0}});
  CHECK(distinct(codesOf("one_hot", 30, 30)) == 30);
  CHECK(distinct(codesOf("binary", 30, 5)) == 30);
  CHECK(distinct(codesOf("binary", 256, 8)) == 256);
  CHECK(distinct(codesOf("binary_left", 30, 5)) == 16);
  CHECK(distinct(codesOf("binary_left", 256, 8)) == 129);
}

TEST_CASE("a code's index is the id, the position, or both") {
  SpikeTestModule test;
  Tensor ids = integers({3}, {1, 1, 0});
  auto run = [&](const std::string &rest) {
    auto value = test.evaluateLine("%y = spike.code one_hot " + rest, {"tensor<?xi32>"}, {&ids});
    REQUIRE(succeeded(value));
    return value->integers();
  };
  CHECK(run("token %a size 2 : tensor<?xi32> -> tensor<?x2xi1>") == Integers{0, 1, 0, 1, 1, 0});
  CHECK(run("position %a size 3 : tensor<?xi32> -> tensor<?x3xi1>") ==
        Integers{1, 0, 0, 0, 1, 0, 0, 0, 1});
  CHECK(run("token_at_position %a size 6 vocabulary 2 : tensor<?xi32> -> tensor<?x6xi1>") ==
        Integers{0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0});
}

TEST_CASE("an index without a code is refused with place, value and limit") {
  auto refusal = [](const std::string &rest, std::vector<int64_t> ids) {
    SpikeTestModule test;
    auto count = static_cast<int64_t>(ids.size());
    Tensor tokens = integers({count}, std::move(ids));
    CHECK(failed(test.evaluateLine("%y = spike.code one_hot " + rest + " loc(\"embed\")",
                                   {"tensor<?xi32>"}, {&tokens})));
    return test.messages;
  };
  CHECK(refusal("token %a size 2 : tensor<?xi32> -> tensor<?x2xi1>", {0, 2}) ==
        "'embed': token 1: needs an id in 0..1, has 2\n");
  CHECK(refusal("position %a size 2 : tensor<?xi32> -> tensor<?x2xi1>", {0, 9, -4}) ==
        "'embed': needs at most 2 tokens (the positions of its code), has 3\n");
  // Another position's code is no way out for an id beyond the vocabulary.
  std::string both = "token_at_position %a size 6 vocabulary 2 : tensor<?xi32> -> tensor<?x6xi1>";
  CHECK(refusal(both, {2}) == "'embed': token 0: needs an id in 0..1, has 2\n");
  CHECK(refusal(both, {0, 0, 0, 0}) ==
        "'embed': needs at most 3 tokens (the positions of its code), has 4\n");
}

TEST_CASE("a table row that is no number is refused where it is read") {
  SpikeTestModule test;
  std::string line = "%y = spike.lookup %a, dense<[[1.0, 2.0], [3.0, 0x7FC00000]]> : "
                     "tensor<2x2xf32> : tensor<?xi32> -> tensor<?x2xf32> loc(\"embed\")";
  Tensor good = integers({1}, {0}), bad = integers({1}, {1});
  CHECK(succeeded(test.evaluateLine(line, {"tensor<?xi32>"}, {&good})));
  CHECK(failed(test.evaluateLine(line, {"tensor<?xi32>"}, {&bad})));
  CHECK(test.messages == "'embed': table [1, 1]: needs a finite number, has nan\n");
}

TEST_CASE("features are joined, cut out, repeated and flattened, whatever their kind") {
  for (bool real : {false, true}) {
    SpikeTestModule test;
    auto tensor = [&](std::vector<int64_t> shape, std::vector<int64_t> numbers) {
      return real ? reals(std::move(shape), {numbers.begin(), numbers.end()})
                  : integers(std::move(shape), std::move(numbers));
    };
    std::string element = real ? "f32>" : "ui4>";
    auto run = [&](const std::string &line, std::vector<std::string> types, Operands operands) {
      auto value = test.evaluateLine(line, types, operands);
      REQUIRE(succeeded(value));
      CHECK(value->isReal() == real);
      Integers numbers;
      for (int64_t i = 0; i < value->size(); ++i)
        numbers.push_back(static_cast<int64_t>(value->at(i)));
      return std::pair(value->shape(), numbers);
    };
    Tensor a = tensor({2, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8});
    Tensor b = tensor({2, 2, 1}, {9, 10, 11, 12});
    Tensor c = tensor({2, 2}, {1, 2, 3, 4});
    std::string at = "tensor<2x2x2x" + element, bt = "tensor<2x2x1x" + element;
    std::string ct = "tensor<2x2x" + element;
    using Shape = std::vector<int64_t>;
    CHECK(run("%y = spike.concat %a, %b : " + at + ", " + bt + " -> tensor<2x2x3x" + element,
              {at, bt}, {&a, &b}) ==
          std::pair(Shape{2, 2, 3}, Integers{1, 2, 9, 3, 4, 10, 5, 6, 11, 7, 8, 12}));
    CHECK(run("%y = spike.slice %a from 1 : " + at + " -> " + bt, {at}, {&a}) ==
          std::pair(Shape{2, 2, 1}, Integers{2, 4, 6, 8}));
    CHECK(run("%y = spike.repeat %a : " + ct + " -> tensor<3x2x2x" + element, {ct}, {&c}) ==
          std::pair(Shape{3, 2, 2}, Integers{1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4}));
    CHECK(run("%y = spike.flatten %a : " + at + " -> tensor<2x1x4x" + element, {at}, {&a}) ==
          std::pair(Shape{2, 1, 4}, Integers{1, 2, 3, 4, 5, 6, 7, 8}));
    CHECK(run("%y = spike.flatten %a : " + ct + " -> tensor<1x4x" + element, {ct}, {&c}) ==
          std::pair(Shape{1, 4}, Integers{1, 2, 3, 4}));
  }
}
