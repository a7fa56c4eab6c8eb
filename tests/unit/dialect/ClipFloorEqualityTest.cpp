// ClipFloorEqualityTest: an IF neuron with soft reset counts what clip_floor says.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/dialect/SpikeTestModule.h"

#include <boost/multiprecision/cpp_int.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace mlir;
using namespace synfire::spike;
using namespace synfire::spike::test;
using Integer = boost::multiprecision::cpp_int;

/// clip(floor(x T / theta + 1/2), 0, T) for x = p/q and theta = r/q, in integers:
/// the floor of (2 p T + r) / (2 r).
static int64_t qcfs(int64_t p, int64_t r, int64_t levels) {
  Integer numerator = 2 * Integer(p) * levels + r, denominator = 2 * Integer(r);
  Integer floor = numerator / denominator;
  if (floor * denominator > numerator)
    --floor;
  return static_cast<int64_t>(std::clamp(floor, Integer(0), Integer(levels)));
}

/// Spikes in T steps of constant input p/q, threshold r/q, soft reset, initial
/// membrane threshold / 2, all in halves of 1/q: integers alone.
static int64_t count(int64_t p, int64_t r, int64_t steps) {
  int64_t v = r, spikes = 0;
  for (int64_t t = 0; t < steps; ++t) {
    v += 2 * p;
    if (v >= 2 * r) {
      v -= 2 * r;
      ++spikes;
    }
  }
  return spikes;
}

TEST_CASE("IF with soft reset and v_init = threshold / 2 is clip-floor, for every T in 1..64") {
  std::mt19937_64 random(7);
  SpikeTestModule test;
  int64_t below = 0, above = 0, between = 0, exact = 0;
  constexpr int64_t channels = 200;
  for (int64_t steps = 1; steps <= 64; ++steps) {
    // Of every channel: numerators of input and threshold over one denominator. A
    // power of two, so that all of the neuron's float64 arithmetic is exact.
    std::vector<int64_t> p(channels), r(channels);
    std::vector<double> thresholds;
    int binaryPlaces = static_cast<int>(random() % 20);
    for (int64_t c = 0; c < channels; ++c) {
      r[c] = 1 + static_cast<int64_t>(random() % 4000);
      p[c] = static_cast<int64_t>(random() % 8000) - 2000; // from below 0 to above the threshold
      if (c % 4 == 0) { // x T / theta + 1/2 a whole number: r = 2 T, p odd
        r[c] = 2 * steps;
        p[c] = 2 * (static_cast<int64_t>(random() % (2 * steps + 1)) - steps / 2) + 1;
      }
      thresholds.push_back(std::ldexp(static_cast<double>(r[c]), -binaryPlaces));
    }
    Tensor x = Tensor::ofReals({1, channels});
    std::vector<int64_t> spikes(channels);
    Type currentType = test.real({steps, 1, 1}), spikeType = test.spikes({steps, 1, 1});
    for (int64_t c = 0; c < channels; ++c) { // an op each: a model has one initial membrane
      x.reals()[c] = std::ldexp(static_cast<double>(p[c]), -binaryPlaces);
      auto model = IfAttr::get(&test.context, test.builder.getDenseF64ArrayAttr({thresholds[c]}),
                               Reset::Soft, Compare::GreaterEqual, {},
                               test.builder.getDenseF64ArrayAttr({thresholds[c] / 2}), {});
      OwningOpRef<NeuronOp> op =
          NeuronOp::create(test.builder, test.builder.getUnknownLoc(), spikeType,
                           test.argument(currentType), model, StateAttr(), Scan::Steps);
      Tensor current = reals({steps, 1, 1}, std::vector<double>(steps, x.reals()[c]));
      Tensor train = *evaluate(*op, {&current});
      spikes[c] = std::reduce(train.integers().begin(), train.integers().end());
    }
    auto op = ClipFloorOp::create(test.builder, test.builder.getUnknownLoc(),
                                  test.real({1, channels}), test.argument(test.real({1, channels})),
                                  test.builder.getDenseF64ArrayAttr(thresholds),
                                  test.builder.getI64IntegerAttr(steps));
    REQUIRE(succeeded(op.verify()));
    Tensor clipped = *evaluate(op, {&x});
    for (int64_t c = 0; c < channels; ++c) {
      int64_t wanted = qcfs(p[c], r[c], steps);
      INFO("T " << steps << ", x " << p[c] << ", threshold " << r[c] << ", over 2^"
                << binaryPlaces);
      REQUIRE(count(p[c], r[c], steps) == wanted); // the theorem
      REQUIRE(spikes[c] == wanted);                // the neuron
      // The activation, and so their equality.
      REQUIRE(clipped.reals()[c] ==
              thresholds[c] / static_cast<double>(steps) * static_cast<double>(wanted));
      below += p[c] < 0;
      above += p[c] > r[c];
      between += wanted > 0 && wanted < steps;
      exact += (2 * p[c] * steps + r[c]) % (2 * r[c]) == 0;
    }
  }
  CHECK(below > 1000);
  CHECK(above > 1000);
  CHECK(between > 1000);
  CHECK(exact > 1000);
}
