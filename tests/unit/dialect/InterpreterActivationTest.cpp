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

TEST_CASE("silu is x times the logistic function, and 0, x or -0 far out") {
  CHECK(activate("silu %a", {0, 40, -800}) == Reals{0, 40, 0});
  CHECK(std::signbit(activate("silu %a", {-800})[0]));
  Reals x{-3.0, -0.5, 0.25, 2.5}, expected;
  for (double number : x)
    expected.push_back(number / (1 + real::exp(-number)));
  CHECK(activate("silu %a", x) == expected);
  CHECK(expected[3] == doctest::Approx(2.5 / (1 + std::exp(-2.5))).epsilon(1e-14));
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
  CHECK(activate("softmax %a", {-1e300, 1e300}) == Reals{0, 1});
  // e^x / (e^x + 1), by the formula of RATIONALE.md.
  double e = real::exp(-2.0);
  CHECK(activate("softmax %a", {1, -1}) == Reals{1 / (1 + e), e / (1 + e)});
}
