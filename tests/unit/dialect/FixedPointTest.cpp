// FixedPointTest: integers against exact rational arithmetic.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/dialect/SpikeTestModule.h"

#include "dialect/spike/FixedPoint.h"

#include <boost/multiprecision/cpp_int.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

using synfire::WeightForm;
using synfire::WeightFormat;
using namespace mlir;
using namespace synfire::spike;
using namespace synfire::spike::test;
using Rational = boost::multiprecision::cpp_rational;

TEST_CASE("rounding takes halves to the even neighbour") {
  CHECK(roundHalfEven(0.5) == 0);
  CHECK(roundHalfEven(1.5) == 2);
  CHECK(roundHalfEven(2.5) == 2);
  CHECK(roundHalfEven(-0.5) == 0);
  CHECK(roundHalfEven(-1.5) == -2);
  CHECK(roundHalfEven(-2.5) == -2);
  CHECK(roundHalfEven(0.49999999999999994) == 0);
  CHECK(roundHalfEven(-0.49999999999999994) == 0);
  CHECK(roundHalfEven(-1e-20) == 0);
  CHECK(roundHalfEven(4503599627370497.5) == 4503599627370498);
  CHECK(roundHalfEven(1e300) == kIntegerLimit);
  CHECK(roundHalfEven(-std::numeric_limits<double>::infinity()) == -kIntegerLimit);
}

TEST_CASE("weights are clamped to a symmetric range") {
  const WeightForm byte = WeightForm::ofBits(8);
  CHECK(quantizeWeight(1.0, 1.0, 1.0, 1.0 / 127, byte) == 127);
  CHECK(quantizeWeight(-2.0, 1.0, 1.0, 1.0 / 127, byte) == -127);
  CHECK(quantizeWeight(0.25, 2.0, 0.5, 0.125, byte) == 2);
  CHECK(quantizeWeight(1.0, 1.0, 1.0, 2.0, WeightForm::ofBits(2)) == 0); // 1/2 to even
  CHECK(quantizeWeight(1.0, 1.0, 1.0, 0x1p-40, WeightForm::ofBits(32)) == 0x7fffffff);
  CHECK(quantizeWeight(-1.0, 1.0, 1.0, 0x1p-40, WeightForm::ofBits(32)) == -0x7fffffff);
  CHECK(quantizeBias(0.75, 0.5, 4) == 24);
  CHECK(quantizeInject(0.25, byte) == 4);
}

TEST_CASE("each format of weights has the nearest of its own integers") {
  const auto all = [](WeightForm form) {
    std::vector<int64_t> integers;
    for (double weight : {-3.0, -0.75, -0.5, -0.25, -0.0, 0.0, 0.25, 0.5, 0.75, 3.0})
      integers.push_back(quantizeWeight(weight, 1.0, 1.0, 1.0, form));
    return integers;
  };
  using Integers = std::vector<int64_t>;
  CHECK(all({2, WeightFormat::Ternary}) == Integers{-1, -1, 0, 0, 0, 0, 0, 0, 1, 1});
  CHECK(all({1, WeightFormat::Binary}) == Integers{0, 0, 0, 0, 0, 0, 0, 0, 1, 1});
  CHECK(all({1, WeightFormat::Sign}) == Integers{-1, -1, -1, -1, 1, 1, 1, 1, 1, 1});
  CHECK(all(WeightForm::ofBits(1)) == all({1, WeightFormat::Sign}));
}

TEST_CASE("a form of weights holds its integers, and one signed integer more that is not its own") {
  const auto held = [](WeightForm form) {
    std::vector<int64_t> integers;
    for (int64_t weight = -5; weight <= 5; ++weight)
      if (form.holds(weight))
        integers.push_back(weight);
    return integers;
  };
  using Integers = std::vector<int64_t>;
  CHECK(held({1, WeightFormat::Binary}) == Integers{0, 1});
  CHECK(held({1, WeightFormat::Sign}) == Integers{-1, 1});
  CHECK(held({2, WeightFormat::Ternary}) == Integers{-1, 0, 1});
  CHECK(held({3, WeightFormat::Signed}) == Integers{-4, -3, -2, -1, 0, 1, 2, 3});
  CHECK(WeightForm{32, WeightFormat::Signed}.holds(INT32_MIN));
  CHECK_FALSE(WeightForm{32, WeightFormat::Signed}.holds(int64_t{INT32_MAX} + 1));
  CHECK(WeightForm::ofBits(8).storedBytes() == 1);
  CHECK(WeightForm::ofBits(9).storedBytes() == 2);
  CHECK(WeightForm::ofBits(16).storedBytes() == 2);
  CHECK(WeightForm::ofBits(17).storedBytes() == 4);
}

TEST_CASE("a decay of at most 12 binary places is exact") {
  for (auto [decay, numerator, shift] :
       {std::tuple(0.5, 1, 1), std::tuple(0.75, 3, 2), std::tuple(1.0, 1, 0), std::tuple(0.0, 0, 0),
        std::tuple(4095.0 / 4096, 4095, 12)}) {
    FixedDecay fixed = quantizeDecay(decay);
    CHECK(fixed.numerator == numerator);
    CHECK(fixed.shift == shift);
  }
  // tau = 3: 2/3 * 4096 = 2730.67.
  FixedDecay third = quantizeDecay(1.0 - 1.0 / 3.0);
  CHECK(third.numerator == 2731);
  CHECK(third.shift == 12);
}

TEST_CASE("guard bits are the decay's shift for every step") {
  SpikeTestModule test;
  CHECK(requiredFractionBits(test.lif(2.0, {1.0}), 4) == 4);
  CHECK(requiredFractionBits(test.lif(4.0, {1.0}), 4) == 8);
  CHECK(requiredFractionBits(test.integrateAndFire({1.0}), 8) == 0);
}

TEST_CASE("a threshold is rounded up for >= and to the next integer for >") {
  SpikeTestModule test;
  // tau 2, scale 1/2: the unit is 1/4 * 2^-f.
  FixedAttr encoding = test.encoding({0.5}, 1);
  auto thresholdOf = [&](double theta, Reset reset, Compare compare) {
    return makeFixedNeuron(test.lif(2.0, {theta}, reset, compare), encoding, 1).threshold[0];
  };
  CHECK(thresholdOf(1.0, Reset::Hard, Compare::GreaterEqual) == 8);
  CHECK(thresholdOf(1.0, Reset::Hard, Compare::Greater) == 9);
  CHECK(thresholdOf(1.01, Reset::Hard, Compare::GreaterEqual) == 9);
  CHECK(thresholdOf(1.01, Reset::Hard, Compare::Greater) == 9);
  CHECK(thresholdOf(1.01, Reset::Soft, Compare::GreaterEqual) == 8);
  CHECK(thresholdOf(1.01, Reset::Soft, Compare::Greater) == 9);
  CHECK(makeFixedNeuron(test.lif(2.0, {1.01}, Reset::Soft, Compare::Greater), encoding, 1)
            .decrement[0] == 8);
}

TEST_CASE("the largest state adds up step by step, every rounding upwards") {
  SpikeTestModule test;
  auto number = [&](double value) { return test.builder.getDenseF64ArrayAttr({value}); };
  DenseF64ArrayAttr threshold = test.builder.getDenseF64ArrayAttr({-3.0});
  // The unit of the membrane is 1 / 2, and the scale 1: a real 1 is 2.
  auto lif = [&](Reset reset, double vReset, double vInit, double bias) -> NeuronModel {
    return LifAttr::get(&test.context, number(2), threshold, reset, Compare::GreaterEqual,
                        number(vReset), number(vInit), number(bias));
  };
  auto largest = [](NeuronModel model, int64_t steps, int64_t fractionBits = 0) {
    return largestStates(model, {0, 1.0, fractionBits, 10, steps, model.getStateWords() > 1})
        .membrane;
  };
  CHECK(largest(lif(Reset::None, 0, 0, 0), 1) == 10 + 1);
  CHECK(largest(lif(Reset::None, 0, 0, 0), 2) == 11 / 2.0 + 10 + 1);
  CHECK(largest(lif(Reset::None, 0, 0, 0), 2, 3) == (80 + 1) / 2.0 + 80 + 1);
  CHECK(largest(lif(Reset::None, 0, 0, -4), 1) == 10 + 8 + 1);
  CHECK(largest(lif(Reset::None, 0, -50, 0), 1) == 100);
  CHECK(largest(lif(Reset::None, 0, -50, 0), 0) == 100);
  CHECK(largest(lif(Reset::Hard, -60, 0, 0), 1) == 120); // the last reset is stored, too
  CHECK(largest(lif(Reset::Hard, -60, 0, 0), 2) == 120);
  CHECK(largest(lif(Reset::Soft, 0, 0, 0), 1) == 10 + 1 + 6); // minus a threshold of -3
  // Filtered: i = 11, then 11 / 2 + 11; v = 12, then 3 v / 4 + i + 1.
  NeuronModel filtered =
      CubaLifAttr::get(&test.context, number(0.5), number(1), number(0.75), number(0.5), threshold,
                       Reset::None, Compare::GreaterEqual, {}, {}, {});
  CHECK(largest(filtered, 1) == 12);
  CHECK(largest(filtered, 2) == 9 + 16.5 + 1);
  CHECK(largestStates(filtered, {0, 1.0, 0, 10, 2, true}).current == 16.5);
  // A current of 2 places fewer, in quarters of its unit: what is rounded is up to 6 of these.
  CHECK(largestStates(filtered, {0, 1.0, 0, 10, 2, true, 2}).current == 8 + 16);
  // No channel has a filter: the current is no state.
  CHECK(largestStates(lif(Reset::None, 0, 0, 0), {0, 1.0, 0, 10, 2}).current == 0);
}

TEST_CASE("the largest state of many steps is that of so many, or is bounded by a series") {
  SpikeTestModule test;
  const InputRange range{.input = 10, .timeSteps = 1'000'000};
  // Without a leak every step adds 10, and 1 for rounding.
  CHECK(largestStates(test.integrateAndFire({1.0}, Reset::None), range).membrane == 11'000'000);
  // v / 2 + 11 is 22 at last.
  const double leaky = largestStates(test.lif(2.0, {1.0}, Reset::None), range).membrane;
  CHECK((leaky >= 21.999 && leaky <= 22));
}

TEST_CASE("constants are integers in units of their channel, the bias of a filter apart") {
  SpikeTestModule test;
  auto number = [&](double value) { return test.builder.getDenseF64ArrayAttr({value}); };
  DenseF64ArrayAttr thresholds = test.builder.getDenseF64ArrayAttr({1.0, 2.0});
  // A real 1 is 1 / (1/2 x scale) x 2^1: 8 in channel 0, 16 in channel 1.
  FixedAttr encoding = test.encoding({0.5, 0.25}, 1);
  using Entries = std::vector<int64_t>;
  FixedNeuron lif =
      makeFixedNeuron(LifAttr::get(&test.context, number(2), thresholds, Reset::Hard,
                                   Compare::GreaterEqual, number(-0.25), number(0.5), number(0.75)),
                      encoding, 2);
  CHECK((lif.decay == Entries{1, 1} && lif.shift == Entries{1, 1} && lif.fractionBits == 1));
  CHECK(lif.threshold == Entries{8, 32});
  CHECK(lif.vReset == Entries{-2, -4});
  CHECK(lif.vInit == Entries{4, 8});
  CHECK(lif.bias == Entries{6, 12});
  CHECK((!lif.filters() && lif.membraneBias.empty() && lif.decrement.empty()));
  FixedNeuron filtered =
      makeFixedNeuron(CubaLifAttr::get(&test.context, number(0.25), number(1), number(0.75),
                                       number(0.5), thresholds, Reset::Soft, Compare::Greater,
                                       number(0), number(0), number(0.75)),
                      encoding, 2);
  CHECK((filtered.decay == Entries{3, 3} && filtered.shift == Entries{2, 2}));
  CHECK((filtered.currentDecay == Entries{1, 1} && filtered.currentShift == Entries{2, 2}));
  CHECK(filtered.bias == Entries{0, 0});
  CHECK(filtered.membraneBias == Entries{6, 12});
  CHECK(filtered.threshold == Entries{9, 33});
  CHECK(filtered.decrement == Entries{8, 32});
}

namespace {

/// Random dyadic neurons with as many guard bits as they need.
struct RandomNeuron {
  int64_t steps, columns = 5, fractionBits;
  double tau, scale, vReset, vInit;
  std::vector<double> thresholds;
  Reset reset;
  Compare compare;

  RandomNeuron(int64_t steps, std::mt19937 &random) : steps(steps) {
    auto draw = [&](int64_t low, int64_t high) {
      return std::uniform_int_distribution<int64_t>(low, high)(random);
    };
    int64_t shift = draw(0, 3); // tau = 2^shift; 1 forgets at once
    tau = std::ldexp(1.0, static_cast<int>(shift));
    fractionBits = shift * steps;
    scale = std::ldexp(static_cast<double>(draw(1, 200)), -10);
    reset = draw(0, 1) == 0 ? Reset::Hard : Reset::Soft;
    compare = draw(0, 1) == 0 ? Compare::GreaterEqual : Compare::Greater;
    // Potentials, and a threshold that is subtracted, are whole multiples of an
    // input unit: they have no bit that a leak could lose.
    double unit = scale / tau;
    vReset = static_cast<double>(draw(-3, 3)) * unit;
    vInit = static_cast<double>(draw(-3, 3)) * unit;
    for (int64_t c = 0; c < columns; ++c)
      thresholds.push_back(reset == Reset::Soft
                               ? static_cast<double>(draw(1, 100)) * unit
                               : std::ldexp(static_cast<double>(draw(1, 4000)), -11));
  }
};

} // namespace

TEST_CASE("with its guard bits an integer neuron decides as the exact rational one") {
  std::mt19937 random(20240607);
  int64_t fired = 0, silent = 0, onThreshold = 0;
  for (int64_t steps = 1; steps <= 8; ++steps)
    for (int trial = 0; trial < 60; ++trial) {
      SpikeTestModule test;
      RandomNeuron n(steps, random);
      auto model = LifAttr::get(&test.context, test.builder.getDenseF64ArrayAttr({n.tau}),
                                test.builder.getDenseF64ArrayAttr(n.thresholds), n.reset, n.compare,
                                test.builder.getDenseF64ArrayAttr({n.vReset}),
                                test.builder.getDenseF64ArrayAttr({n.vInit}), DenseF64ArrayAttr());
      REQUIRE(requiredFractionBits(model, steps) == n.fractionBits);
      Tensor current = Tensor::ofIntegers({steps, 3, n.columns});
      std::uniform_int_distribution<int64_t> input(-40, 120);
      for (int64_t &i : current.integers())
        i = input(random) << n.fractionBits;
      Value value =
          test.argument(test.fixed(current.shape(), test.encoding({n.scale}, n.fractionBits)));
      auto op =
          NeuronOp::create(test.builder, test.builder.getUnknownLoc(), test.spikes(current.shape()),
                           value, model, StateAttr(), Scan::Steps);
      FailureOr<Tensor> spikes = evaluate(op, {&current});
      REQUIRE(succeeded(spikes));

      int64_t neurons = 3 * n.columns;
      for (int64_t neuron = 0; neuron < neurons; ++neuron) {
        Rational v(n.vInit), theta(n.thresholds[neuron % n.columns]);
        for (int64_t t = 0; t < steps; ++t) {
          int64_t at = t * neurons + neuron;
          Rational amount = Rational(current.integers()[at]) * Rational(n.scale) /
                            Rational(int64_t{1} << n.fractionBits);
          v += (amount - v) / Rational(n.tau);
          bool fires = n.compare == Compare::Greater ? v > theta : v >= theta;
          REQUIRE(spikes->integers()[at] == (fires ? 1 : 0));
          onThreshold += v == theta;
          ++(fires ? fired : silent);
          if (fires)
            v = n.reset == Reset::Hard ? Rational(n.vReset) : Rational(v - theta);
        }
      }
    }
  // The property would hold trivially if all neurons did the same.
  CHECK(fired > 3000);
  CHECK(silent > 3000);
  CHECK(onThreshold > 10);
}

/// numerator v / 2^shift by the rule's own words.
static int64_t leakOf(int64_t v, FixedDecay decay, LeakRounding rounding) {
  Rational exact = Rational(v) * decay.numerator / Rational(int64_t{1} << decay.shift);
  boost::multiprecision::cpp_int floor = numerator(exact) / denominator(exact);
  if (Rational(floor) > exact)
    --floor;
  Rational rest = exact - Rational(floor);
  bool up = false;
  if (rounding == LeakRounding::TowardZero)
    up = exact < 0 && rest != 0;
  if (rounding == LeakRounding::Nearest)
    up = rest > Rational(1, 2) || (rest == Rational(1, 2) && floor % 2 != 0);
  return static_cast<int64_t>(floor) + (up ? 1 : 0);
}

TEST_CASE("without guard bits a leak is rounded by the chip's rule") {
  // Step 0 sets the membrane to v, step 1 leaks it. Channel k has the threshold
  // k - 1/2, and nothing resets, so the channels that fire in step 1 count leak(v).
  constexpr int64_t kLargest = 70, channels = 2 * kLargest + 1;
  for (LeakRounding rounding :
       {LeakRounding::TowardZero, LeakRounding::Floor, LeakRounding::Nearest})
    for (double tau : {2.0, 4.0, 8.0, 3.0}) {
      SpikeTestModule test;
      std::vector<double> thresholds;
      for (int64_t k = -kLargest; k <= kLargest; ++k)
        thresholds.push_back((static_cast<double>(k) - 0.5) / tau); // the unit is 1 / tau
      LifAttr model = test.lif(tau, thresholds, Reset::None);
      constexpr int64_t tokens = 121;
      Tensor current = Tensor::ofIntegers({2, tokens, channels});
      for (int64_t n = 0; n < tokens; ++n)
        std::fill_n(current.integers().begin() + n * channels, channels, n - tokens / 2);
      Value value = test.argument(test.fixed(current.shape(), test.encoding({1.0}, 0)));
      auto op = NeuronOp::create(
          test.builder, test.builder.getUnknownLoc(), test.spikes(current.shape()), value, model,
          StateAttr::get(&test.context, 24, rounding, false, 0, synfire::kMaxFractionBits),
          Scan::Steps);
      FailureOr<Tensor> spikes = evaluate(op, {&current});
      REQUIRE(succeeded(spikes));
      FixedDecay decay = quantizeDecay(model.getEquation(0).decay);
      for (int64_t n = 0; n < tokens; ++n) {
        auto begin = spikes->integers().begin() + (tokens + n) * channels;
        int64_t leaked = std::accumulate(begin, begin + channels, int64_t{0}) - kLargest - 1;
        CHECK(leaked == leakOf(n - tokens / 2, decay, rounding));
      }
    }
}
