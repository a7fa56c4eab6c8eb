// InterpreterActivationTest: activations and norms of ordinary networks.
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

static Reals activate(const std::string &op, Reals numbers) {
  SpikeTestModule test;
  auto count = static_cast<int64_t>(numbers.size());
  Tensor x = reals({1, count}, std::move(numbers));
  std::string type = "tensor<1x" + std::to_string(count) + "xf32>";
  auto y = test.evaluateLine("%y = spike." + op + " : " + type + " -> " + type, {type}, {&x});
  INFO(test.messages);
  REQUIRE(succeeded(y));
  return y->reals();
}

TEST_CASE("gelu and relu, number by number") {
  Reals x{-2.0, -0.25, 0.0, 0.25, 3.0};
  Reals gelu;
  for (double number : x)
    gelu.push_back(real::gelu(number));
  CHECK(activate("gelu %a", x) == gelu);
  CHECK(activate("relu %a", x) == Reals{0, 0, 0, 0.25, 3});
  CHECK(activate("relu %a", {std::nan("")}) == Reals{0});
}

TEST_CASE("clip-floor counts thresholds up to its levels") {
  // x 4 / 2 + 1/2: floors at -0.25, 0.25, 0.75, 1.25 and so on.
  CHECK(activate("clip_floor %a threshold [2.0] levels 4", {-9, 0.24, 0.25, 0.75, 1.8, 2, 99}) ==
        Reals{0, 0, 0.5, 1, 2, 2, 2});
  CHECK(activate("clip_floor %a threshold [1.0, 4.0] levels 2", {0.5, 0.5}) == Reals{0.5, 0});
  CHECK(activate("clip_floor %a threshold [1.0] levels 2", {std::nan("")}) == Reals{0});
}

TEST_CASE("softmax rows sum to 1, keep the order, and survive large numbers") {
  std::mt19937 random(1);
  for (int64_t count : {1, 2, 7, 100}) {
    Reals x = randomReals({1, count}, random, 3.0).reals();
    Reals y = activate("softmax %a", x);
    CHECK(std::accumulate(y.begin(), y.end(), 0.0) == doctest::Approx(1).epsilon(1e-14));
    for (int64_t i = 1; i < count; ++i)
      CHECK((x[i] > x[i - 1]) == (y[i] > y[i - 1]));
  }
  CHECK(activate("softmax %a", {0, 0, 0, 0}) == Reals{0.25, 0.25, 0.25, 0.25});
  CHECK(activate("softmax %a", {1e300, -1e300}) == Reals{1, 0});
  // e^x / (e^x + 1), by the formula of RATIONALE.md.
  double e = real::exp(-2.0);
  CHECK(activate("softmax %a", {1, -1}) == Reals{1 / (1 + e), e / (1 + e)});
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
  CHECK(test.messages ==
        "'spike.layer_norm' op 'norm': weight [1] is not finite: has -inf, needs a number\n");
}
