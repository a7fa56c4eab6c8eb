// InterpreterSynapseTest: linear maps, norms and sums against exact arithmetic.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/dialect/SpikeTestModule.h"

#include <boost/multiprecision/cpp_int.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <random>

using namespace mlir;
using namespace synfire::spike;
using namespace synfire::spike::test;
using Rational = boost::multiprecision::cpp_rational;

/// Nearest integer to an exact number, halves to even.
static int64_t nearestEven(const Rational &exact) {
  boost::multiprecision::cpp_int floor = numerator(exact) / denominator(exact);
  if (Rational(floor) > exact)
    --floor;
  Rational rest = exact - Rational(floor);
  bool up = rest > Rational(1, 2) || (rest == Rational(1, 2) && floor % 2 != 0);
  return static_cast<int64_t>(floor) + (up ? 1 : 0);
}

TEST_CASE("a quantised linear is the rounded weights times the inputs, exactly") {
  std::mt19937 random(11);
  auto draw = [&](int64_t low, int64_t high) {
    return std::uniform_int_distribution<int64_t>(low, high)(random);
  };
  int64_t ties = 0, clamped = 0;
  for (int trial = 0; trial < 20; ++trial) {
    SpikeTestModule test;
    int64_t inputs = draw(1, 9), outputs = draw(1, 7), fraction = draw(0, 6), rows = 4;
    int64_t bits = draw(0, 1) == 0 ? 4 : 8;
    std::vector<double> scale(outputs), factor(outputs);
    std::vector<float> weight(inputs * outputs), bias(outputs);
    // All dyadic with few bits, so that every quotient is exact in a double.
    for (double &s : scale)
      s = std::ldexp(1.0, static_cast<int>(draw(-8, -2)));
    for (double &f : factor)
      f = std::ldexp(static_cast<double>(draw(-12, 12)), -3);
    for (float &w : weight)
      w = std::ldexp(static_cast<float>(draw(-64, 64)), -6);
    for (float &b : bias)
      b = std::ldexp(static_cast<float>(draw(-999, 999)), -9);
    auto op = LinearOp::create(test.builder, test.builder.getUnknownLoc(),
                               test.fixed({1, rows, outputs}, test.encoding(scale, fraction)),
                               test.argument(test.spikes({1, rows, inputs})),
                               test.floats({outputs, inputs}, weight), test.floats({outputs}, bias),
                               test.builder.getDenseF64ArrayAttr(factor), DenseF64ArrayAttr(),
                               test.builder.getI64IntegerAttr(bits), StringAttr(), UnitAttr());
    REQUIRE(succeeded(op.verify()));
    Tensor x = Tensor::ofIntegers({1, rows, inputs});
    for (int64_t &i : x.integers())
      i = draw(0, 3); // graded spikes too
    FailureOr<Tensor> y = evaluate(op, {&x});
    REQUIRE(succeeded(y));
    int64_t largest = (1 << (bits - 1)) - 1;
    for (int64_t n = 0; n < rows; ++n)
      for (int64_t o = 0; o < outputs; ++o) {
        int64_t sum = 0;
        for (int64_t i = 0; i < inputs; ++i) {
          Rational exact =
              Rational(factor[o]) * Rational(weight[o * inputs + i]) / Rational(scale[o]);
          int64_t w = nearestEven(exact);
          ties += denominator(exact) == 2;
          clamped += std::abs(w) > largest;
          sum += std::clamp(w, -largest, largest) * x.integers()[n * inputs + i];
        }
        Rational unit = Rational(scale[o]) / (1 << fraction);
        CHECK(y->integers()[n * outputs + o] ==
              (sum << fraction) + nearestEven(Rational(bias[o]) / unit));
      }
  }
  CHECK(ties > 20);
  CHECK(clamped > 20);
}

TEST_CASE("a linear on recombined counts folds the input's scale into its weights") {
  SpikeTestModule test;
  FixedAttr quarter = test.encoding({0.25}, 0), out = test.encoding({0.125}, 0);
  auto op = LinearOp::create(test.builder, test.builder.getUnknownLoc(), test.fixed({1, 1}, out),
                             test.argument(test.fixed({1, 2}, quarter)),
                             test.floats({1, 2}, {3.0f, 1.25f}), ElementsAttr(),
                             DenseF64ArrayAttr(), DenseF64ArrayAttr(),
                             test.builder.getI64IntegerAttr(8), StringAttr(), UnitAttr());
  REQUIRE(succeeded(op.verify()));
  Tensor x = integers({1, 2}, {4, 1});
  // 3 * 1/4 / 1/8 = 6; 1.25 * 2 = 2.5, to even 2.
  FailureOr<Tensor> y = evaluate(op, {&x});
  REQUIRE(succeeded(y));
  CHECK(y->integers() == std::vector<int64_t>{6 * 4 + 2});
}

TEST_CASE("sums of wide weights and graded spikes need more than 64 bits, and end at the limit") {
  SpikeTestModule test;
  const FixedAttr encoding = test.encoding({0x1p-31}, 0);
  const auto evaluated = [&](std::vector<float> weight) {
    const auto inputs = static_cast<int64_t>(weight.size());
    auto op = LinearOp::create(
        test.builder, test.builder.getUnknownLoc(), test.fixed({1, 1, 1}, encoding),
        test.argument(test.spikes({1, 1, inputs})), test.floats({1, inputs}, weight),
        ElementsAttr(), DenseF64ArrayAttr(), DenseF64ArrayAttr(),
        test.builder.getI64IntegerAttr(32), StringAttr(), UnitAttr());
    // Each product is almost 2^63.
    Tensor x = integers({1, 1, inputs}, std::vector<int64_t>(inputs, (int64_t{1} << 32) - 1));
    return evaluate(op, {&x});
  };
  FailureOr<Tensor> cancelled = evaluated({1.0f, 1.0f, -1.0f, -1.0f, 0x1p-21f});
  REQUIRE(succeeded(cancelled));
  CHECK(cancelled->integers() == std::vector<int64_t>{((int64_t{1} << 32) - 1) << 10});
  CHECK(failed(evaluated({1.0f, 1.0f})));
}

TEST_CASE("a real linear sums in ascending input index and then scales and shifts") {
  SpikeTestModule test;
  // Ascending: (2^60 + 1) - 2^60 = 0 in float64; any other order gives 1 or 2.
  float huge = std::ldexp(1.0f, 60);
  auto op =
      LinearOp::create(test.builder, test.builder.getUnknownLoc(), test.real({1, 1}),
                       test.argument(test.real({1, 3})), test.floats({1, 3}, {huge, 1.0f, -huge}),
                       test.floats({1}, {0.5f}), test.builder.getDenseF64ArrayAttr({3.0}),
                       DenseF64ArrayAttr(), IntegerAttr(), StringAttr(), UnitAttr());
  Tensor x = reals({1, 3}, {1, 1, 1});
  CHECK(evaluate(op, {&x})->reals() == std::vector<double>{0.5});
}

TEST_CASE("injected spikes weigh 1 in the stream's own unit") {
  SpikeTestModule test;
  FixedAttr encoding = test.encoding({1.0 / 127, 0.4}, 2);
  auto op = InjectOp::create(test.builder, test.builder.getUnknownLoc(),
                             test.fixed({1, 1, 2}, encoding), test.argument(test.spikes({1, 1, 2})),
                             test.builder.getI64IntegerAttr(8), StringAttr());
  Tensor x = integers({1, 1, 2}, {1, 1});
  // 1 / 0.4 = 2.5, to even 2; both times 2^2.
  CHECK(evaluate(op, {&x})->integers() == std::vector<int64_t>{508, 8});
}

TEST_CASE("a transposed weight is the same linear, in both domains") {
  std::mt19937 random(13);
  SpikeTestModule test;
  int64_t inputs = 7, outputs = 150; // more than one block of outputs
  std::vector<float> stored = randomFloats(inputs * outputs, random), turned(stored.size());
  for (int64_t o = 0; o < outputs; ++o)
    for (int64_t i = 0; i < inputs; ++i)
      turned[i * outputs + o] = stored[o * inputs + i];
  Tensor x = randomSpikes({2, 3, inputs}, 0.5, random);
  auto run = [&](Type type, bool transposed, IntegerAttr bits) {
    auto op = LinearOp::create(test.builder, test.builder.getUnknownLoc(), type,
                               test.argument(test.spikes({2, 3, inputs})),
                               transposed ? test.floats({inputs, outputs}, turned)
                                          : test.floats({outputs, inputs}, stored),
                               ElementsAttr(), DenseF64ArrayAttr(), DenseF64ArrayAttr(), bits,
                               StringAttr(), transposed ? test.builder.getUnitAttr() : UnitAttr());
    FailureOr<Tensor> y = evaluate(op, {&x});
    REQUIRE(succeeded(y));
    return *y;
  };
  Type real = test.real({2, 3, outputs});
  Type fixed = test.fixed({2, 3, outputs}, test.encoding({0.03125}, 2));
  CHECK(run(real, true, {}).reals() == run(real, false, {}).reals());
  IntegerAttr bits = test.builder.getI64IntegerAttr(8);
  CHECK(run(fixed, true, bits).integers() == run(fixed, false, bits).integers());
  // And it is the sum that the definition says, to the bit.
  Tensor y = run(real, true, {});
  for (int64_t row = 0; row < 6; ++row)
    for (int64_t o = 0; o < outputs; ++o) {
      double sum = 0;
      for (int64_t i = 0; i < inputs; ++i)
        sum += x.at(row * inputs + i) * static_cast<double>(stored[o * inputs + i]);
      REQUIRE(y.reals()[row * outputs + o] == sum);
    }
}

TEST_CASE("a bias that is no number is refused") {
  SpikeTestModule test;
  Tensor x = integers({1, 1, 1}, {1});
  CHECK(failed(test.evaluateLine("%y = spike.linear %a, dense<1.0> : tensor<2x1xf32> bias "
                                 "dense<[0.0, 0x7FC00000]> : tensor<2xf32> : tensor<1x1x1xi1> -> "
                                 "tensor<1x1x2xf32> loc(\"fc\")",
                                 {"tensor<1x1x1xi1>"}, {&x})));
  CHECK(test.messages == "'fc': bias [1]: needs a finite number, has nan\n");
}
