// Interpreter: norms and scales.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/dialect/SpikeTestModule.h"

#include "dialect/spike/RealMath.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

using namespace mlir;
using namespace synfire::spike;
using namespace synfire::spike::test;
using Reals = std::vector<double>;

TEST_CASE("norms follow their formulas") {
  SpikeTestModule test;
  Type type = test.real({1, 2});
  ElementsAttr weight = test.floats({2}, {2.0f, -1.0f}), bias = test.floats({2}, {0.5f, 1.0f});
  ElementsAttr moment = test.floats({2}, {3.0f, 15.0f}), mean = test.floats({2}, {1.0f, 2.0f});
  FloatAttr eps = test.builder.getF64FloatAttr(1.0);
  Location loc = test.builder.getUnknownLoc();
  Tensor x = reals({1, 2}, {5.0, 10.0});
  auto batch = BatchNormOp::create(test.builder, loc, type, test.argument(type), weight, bias, mean,
                                   moment, eps);
  CHECK(evaluate(batch, {&x})->reals() == std::vector<double>{4.5, -1.0});
  auto power =
      PowerNormOp::create(test.builder, loc, type, test.argument(type), weight, bias, moment, eps);
  CHECK(evaluate(power, {&x})->reals() == std::vector<double>{5.5, -1.5});
}

TEST_CASE("layer norm takes mean and variance of each token's features") {
  SpikeTestModule test;
  // Mean 3, variance 4: (x - 3) / 2.
  Tensor x = reals({2, 4}, {1, 1, 5, 5, /*token 1*/ 0, 0, 0, 0});
  auto y = test.evaluateLine(
      "%y = spike.layer_norm %a, weight dense<[1.0, 2.0, 1.0, -4.0]> : tensor<4xf32> bias "
      "dense<[0.0, 0.0, 0.5, 0.0]> : tensor<4xf32> {eps = 0.0 : f64} : tensor<2x4xf32> -> "
      "tensor<2x4xf32>",
      {"tensor<2x4xf32>"}, {&x});
  REQUIRE(succeeded(y));
  CHECK(ArrayRef(y->reals()).take_front(4) == ArrayRef<double>{-1, -2, 1.5, -4});
}

TEST_CASE("layer norm of equal features is its bias, thanks to eps") {
  SpikeTestModule test;
  Tensor x = reals({1, 2}, {7, 7});
  auto y = test.evaluateLine("%y = spike.layer_norm %a, weight dense<3.0> : tensor<2xf32> bias "
                             "dense<0.25> : tensor<2xf32> : tensor<1x2xf32> -> tensor<1x2xf32>",
                             {"tensor<1x2xf32>"}, {&x});
  CHECK(y->reals() == Reals{0.25, 0.25});
}

TEST_CASE("rms norm divides by the root of each token's mean square") {
  SpikeTestModule test;
  // Mean square 12.5 + 3.5 = 16: x / 4; token 1 by sqrt(3.5) would be 0.
  Tensor x = reals({2, 2}, {3, -4, /*token 1*/ 0, 0});
  auto y = test.evaluateLine("%y = spike.rms_norm %a, weight dense<[2.0, 1.0]> : tensor<2xf32> "
                             "{eps = 3.5 : f64} : tensor<2x2xf32> -> tensor<2x2xf32>",
                             {"tensor<2x2xf32>"}, {&x});
  REQUIRE(succeeded(y));
  CHECK(y->reals() == Reals{1.5, -1, 0, 0});
  // 2^106 + 1 + 1: ascending, each 1 is lost; added first they would not be.
  Tensor large = reals({1, 3}, {0x1p53, 1, 1});
  auto z = test.evaluateLine("%y = spike.rms_norm %a, weight dense<1.0> : tensor<3xf32> "
                             "{eps = 0.0 : f64} : tensor<1x3xf32> -> tensor<1x3xf32>",
                             {"tensor<1x3xf32>"}, {&large});
  CHECK(z->reals()[1] == 1 / std::sqrt(0x1p106 / 3));
}

TEST_CASE("scale multiplies, then adds, per channel or for all") {
  CHECK(activate("scale %a factor [2.0, -1.0] offset [0.5]", {1, 3}) == Reals{2.5, -2.5});
  CHECK(activate("scale %a factor [-1.0]", {1, 3}) == Reals{-1, -3});
  SpikeTestModule test;
  Tensor spikes = integers({1, 1, 2}, {1, 3});
  auto y = test.evaluateLine("%y = spike.scale %a factor [0.5] : tensor<1x1x2xui2> -> "
                             "tensor<1x1x2xf32>",
                             {"tensor<1x1x2xui2>"}, {&spikes});
  CHECK(y->reals() == Reals{0.5, 1.5});
}

TEST_CASE("a norm's parameters are numbers") {
  SpikeTestModule test;
  Tensor x = reals({1, 2}, {7, 7});
  CHECK(failed(test.evaluateLine(
      "%y = spike.layer_norm %a, weight dense<[1.0, 0xFF800000]> : tensor<2xf32> bias "
      "dense<0.25> : tensor<2xf32> : tensor<1x2xf32> -> tensor<1x2xf32> loc(\"norm\")",
      {"tensor<1x2xf32>"}, {&x})));
  CHECK(test.messages == "'norm': weight [1]: needs a finite number, has -inf\n");
}
