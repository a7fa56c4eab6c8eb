// FiringRatesTest: thresholds that give a stated rate, against all thresholds that differ.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/dialect/SpikeTestModule.h"

#include "dialect/interpreter/FiringRates.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace mlir;
using namespace synfire::spike;
using namespace synfire::spike::test;

namespace {

constexpr int64_t kSteps = 4, kNeurons = 500;

/// An op of neurons with this model on a current of kSteps x 1 x kNeurons.
NeuronOp neuronsOf(SpikeTestModule &test, NeuronModel model) {
  return NeuronOp::create(
      test.builder, test.builder.getUnknownLoc(), test.spikes({kSteps, 1, kNeurons}),
      test.argument(test.real({kSteps, 1, kNeurons})), model, StateAttr(), Scan::Steps);
}

double rateOf(NeuronOp op, const Tensor &current) {
  FailureOr<Tensor> spikes = evaluate(op, {&current});
  REQUIRE(succeeded(spikes));
  double fired = 0;
  for (int64_t spike : spikes->integers())
    fired += static_cast<double>(spike);
  return fired / (kSteps * kNeurons);
}

/// Sets the op's threshold and returns the rate that was reported, which is the one it now has.
double rateReached(NeuronOp op, double rate, const Tensor &current) {
  FiringRates rates(rate);
  REQUIRE(succeeded(rates.set(op, {&current})));
  REQUIRE(rates.reached().size() == 1);
  const FiringRate &reached = rates.reached().front();
  CHECK(reached.op == op.getOperation());
  CHECK(reached.rate == rateOf(op, current));
  const auto thresholds = cast<NeuronModel>(op.getModelAttr()).getThresholds();
  REQUIRE(thresholds.size() == 1);
  CHECK(thresholds[0] == reached.threshold);
  CHECK(thresholds[0] > 0);
  return reached.rate;
}

} // namespace

TEST_CASE("currents of many values reach the rate, at every scale, for every reset") {
  std::mt19937 random(5);
  for (const double scale : {1e-9, 1.0, 1e9})
    for (const Reset reset : {Reset::Hard, Reset::Soft})
      for (const double rate : {0.02, 0.15, 0.25}) {
        SpikeTestModule test;
        const Tensor current = randomReals({kSteps, 1, kNeurons}, random, scale);
        CAPTURE(scale);
        CAPTURE(rate);
        for (const NeuronModel model :
             {NeuronModel(test.lif(2.0, {1, 1}, reset)), NeuronModel(test.lif(7.0, {1}, reset)),
              NeuronModel(test.integrateAndFire({1.0}, reset, Compare::Greater))})
          // One spike more or less is 1 in kSteps * kNeurons.
          CHECK(std::abs(rateReached(neuronsOf(test, model), rate, current) - rate) <= 0.0015);
      }
}

TEST_CASE("currents of few values get the nearest rate that any threshold gives") {
  std::mt19937 random(9);
  for (int draw = 0; draw < 20; ++draw) {
    SpikeTestModule test;
    Tensor current = Tensor::ofReals({kSteps, 1, kNeurons});
    std::uniform_int_distribution<int> small(-2, 2);
    for (double &x : current.reals())
      x = small(random);
    NeuronOp op = neuronsOf(test, test.integrateAndFire({1.0}));
    const double rate = std::uniform_real_distribution<double>(0.01, 0.6)(random);
    // Membranes are whole numbers up to 2 * kSteps: no threshold between two of them is new.
    double nearest = std::numeric_limits<double>::infinity();
    for (int threshold = 1; threshold <= 2 * kSteps + 1; ++threshold) {
      op.setModelAttr(test.integrateAndFire({static_cast<double>(threshold)}));
      nearest = std::min(nearest, std::abs(rateOf(op, current) - rate));
    }
    CHECK(std::abs(rateReached(op, rate, current) - rate) == doctest::Approx(nearest));
  }
}

TEST_CASE("neurons that nothing excites stay silent, and say so") {
  SpikeTestModule test;
  Tensor current = Tensor::ofReals({kSteps, 1, kNeurons});
  CHECK(rateReached(neuronsOf(test, test.lif(2.0, {1.0})), 0.2, current) == 0);
  for (double &x : current.reals())
    x = -1;
  CHECK(rateReached(neuronsOf(test, test.lif(2.0, {1.0})), 0.2, current) == 0);
}

TEST_CASE("other ops, and neurons on integers, are left as they are") {
  SpikeTestModule test;
  FiringRates rates(0.1);
  const Tensor spikes = Tensor::ofIntegers({kSteps, 1, kNeurons});
  NeuronOp op = neuronsOf(test, test.lif(2.0, {3.0}));
  REQUIRE(succeeded(rates.set(op, {&spikes})));
  const Tensor reals = Tensor::ofReals({kSteps, 1, kNeurons});
  REQUIRE(succeeded(rates.set(*test.module, {&reals})));
  CHECK(rates.reached().empty());
  CHECK(op.getModelAttr() == test.lif(2.0, {3.0}));
}
