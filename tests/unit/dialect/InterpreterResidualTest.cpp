// Interpreter: residuals and gates.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/dialect/SpikeTestModule.h"

#include "llvm/Support/FormatVariadic.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>
#include <random>

using namespace mlir;
using namespace synfire::spike;
using namespace synfire::spike::test;

TEST_CASE("gates of spikes by their truth tables") {
  SpikeTestModule test;
  Tensor a = integers({1, 1, 4}, {0, 0, 1, 1}), b = integers({1, 1, 4}, {0, 1, 0, 1});
  auto run = [&](const std::string &mode) {
    return test
        .evaluateLine("%y = spike.logic " + mode + " %a, %b : tensor<1x1x4xi1>",
                      {"tensor<1x1x4xi1>", "tensor<1x1x4xi1>"}, {&a, &b})
        ->integers();
  };
  CHECK(run("or") == Tensor::Integers{0, 1, 1, 1});
  CHECK(run("and") == Tensor::Integers{0, 0, 0, 1});
  CHECK(run("iand") == Tensor::Integers{0, 1, 0, 0});
}

TEST_CASE("products of reals, element by element") {
  SpikeTestModule test;
  Tensor a = reals({1, 3}, {2, -0.5, 0}), b = reals({1, 3}, {3, 4, -1});
  auto y = test.evaluateLine(
      "%y = spike.multiply %a, %b : tensor<1x3xf32>, tensor<1x3xf32> -> tensor<1x3xf32>",
      {"tensor<1x3xf32>", "tensor<1x3xf32>"}, {&a, &b});
  REQUIRE(succeeded(y));
  CHECK(y->reals() == std::vector<double>{6, -2, 0});
  CHECK(std::signbit(y->reals()[2])); // 0 * -1
}
