// InterpreterNeuronTest: neurons by hand, in both domains.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/dialect/SpikeTestModule.h"

#include "mlir/AsmParser/AsmParser.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace mlir;
using namespace synfire::spike;
using namespace synfire::spike::test;

/// Spikes of one neuron on these inputs, in float64.
static std::vector<int64_t> run(Attribute model, std::vector<double> inputs) {
  SpikeTestModule test;
  auto steps = static_cast<int64_t>(inputs.size());
  // Attributes belong to a context: print and parse the model into this one.
  std::string text;
  llvm::raw_string_ostream(text) << model;
  Attribute mine = parseAttribute(text, &test.context);
  auto op = NeuronOp::create(test.builder, test.builder.getUnknownLoc(), test.spikes({steps, 1, 1}),
                             test.argument(test.real({steps, 1, 1})), mine, StateAttr(), Scan::Steps);
  REQUIRE(succeeded(op.verify()));
  Tensor current = reals({steps, 1, 1}, std::move(inputs));
  FailureOr<Tensor> spikes = evaluate(op, {&current});
  REQUIRE(succeeded(spikes));
  return spikes->integers();
}

using Spikes = std::vector<int64_t>;

TEST_CASE("a LIF of tau 2 and threshold 1 gives the golden trains") {
  SpikeTestModule test;
  LifAttr lif = test.lif(2.0, {1.0});
  CHECK(run(lif, {1, 1, 1, 1}) == Spikes{0, 0, 0, 0});
  double almost = 16.0 / 15.0; // reaches 15/16 of itself, exactly 1, at the fourth step
  CHECK(run(lif, {almost, almost, almost, almost}) == Spikes{0, 0, 0, 1});
  CHECK(run(lif, {1.5, 1.5, 1.5, 1.5}) == Spikes{0, 1, 0, 1});
  CHECK(run(lif, {2, 2, 2, 2}) == Spikes{1, 1, 1, 1});
  CHECK(run(test.lif(2.0, {0.5}), {1, 1, 1, 1}) == Spikes{1, 1, 1, 1});
}

TEST_CASE("strictly greater does not fire on the threshold") {
  SpikeTestModule test;
  CHECK(run(test.lif(2.0, {1.0}, Reset::Hard, Compare::Greater), {2, 2, 2, 2}) ==
        Spikes{0, 1, 0, 1});
  CHECK(run(test.integrateAndFire({1.0}, Reset::Hard, Compare::Greater), {1, 0, 0.5, 1}) ==
        Spikes{0, 0, 1, 0});
}

TEST_CASE("an IF neuron adds up, and each reset leaves its own membrane") {
  SpikeTestModule test;
  // 0.75, 1.5 fires; hard leaves 0, soft 0.5, none 1.5.
  CHECK(run(test.integrateAndFire({1.0}, Reset::Hard), {0.75, 0.75, 0.5, 0.5}) ==
        Spikes{0, 1, 0, 1});
  CHECK(run(test.integrateAndFire({1.0}, Reset::Soft), {0.75, 0.75, 0.5, 0.5}) ==
        Spikes{0, 1, 1, 0});
  CHECK(run(test.integrateAndFire({1.0}, Reset::None), {0.75, 0.75, 0.5, -1.5}) ==
        Spikes{0, 1, 1, 0});
}

TEST_CASE("a hard reset goes to v_reset and the first step starts from v_init") {
  SpikeTestModule test;
  auto model = IfAttr::get(&test.context, test.builder.getDenseF64ArrayAttr({1.0}), Reset::Hard,
                           Compare::GreaterEqual, test.builder.getF64FloatAttr(-1.0),
                           test.builder.getF64FloatAttr(0.5), FloatAttr());
  CHECK(run(model, {0.5, 1.0, 0.75, 0.25}) == Spikes{1, 0, 0, 1});
}

TEST_CASE("a soft reset to threshold counts like a clipped floor") {
  // QCFS: for a constant input an IF neuron with v_init = theta/2 fires
  // clip(floor(x T / theta + 1/2), 0, T) times.
  SpikeTestModule test;
  double theta = 0.75;
  auto model =
      IfAttr::get(&test.context, test.builder.getDenseF64ArrayAttr({theta}), Reset::Soft,
                  Compare::GreaterEqual, FloatAttr(), test.builder.getF64FloatAttr(theta / 2), FloatAttr());
  for (int64_t steps : {4, 8, 16})
    for (int k = -8; k <= 40; ++k) {
      double x = k / 32.0;
      Spikes spikes = run(model, std::vector<double>(steps, x));
      int64_t wanted =
          static_cast<int64_t>(std::clamp(std::floor(x * static_cast<double>(steps) / theta + 0.5),
                                          0.0, static_cast<double>(steps)));
      CHECK(std::accumulate(spikes.begin(), spikes.end(), int64_t{0}) == wanted);
    }
}

TEST_CASE("every token is its own neuron and every channel has its threshold") {
  SpikeTestModule test;
  auto op = NeuronOp::create(test.builder, test.builder.getUnknownLoc(), test.spikes({2, 2, 2}),
                             test.argument(test.real({2, 2, 2})), test.integrateAndFire({1.0, 2.0}),
                             StateAttr(), Scan::Steps);
  Tensor current = reals({2, 2, 2}, {0.5, 1, /*token 1*/ 1, 1, /*step 1*/ 0.5, 1, 0, 0});
  FailureOr<Tensor> spikes = evaluate(op, {&current});
  REQUIRE(succeeded(spikes));
  CHECK(spikes->integers() == Spikes{0, 0, 1, 0, 1, 1, 0, 0});
}

TEST_CASE("a strict soft reset subtracts the threshold, not the number it is compared with") {
  SpikeTestModule test;
  auto op =
      NeuronOp::create(test.builder, test.builder.getUnknownLoc(), test.spikes({3, 1, 1}),
                       test.argument(test.fixed({3, 1, 1}, test.encoding({1.0}, 0))),
                       test.integrateAndFire({1.0}, Reset::Soft, Compare::Greater), StateAttr(), Scan::Steps);
  // 2 > 1 leaves 1; with 1 it is 2 > 1 again and leaves 1, which is not above 1.
  Tensor current = integers({3, 1, 1}, {2, 1, 0});
  FailureOr<Tensor> spikes = evaluate(op, {&current});
  REQUIRE(succeeded(spikes));
  CHECK(spikes->integers() == Spikes{1, 1, 0});
}

TEST_CASE("a membrane beyond its state is an error that names the place, or saturates") {
  SpikeTestModule test;
  FixedAttr encoding = test.encoding({1.0}, 0);
  Location name = NameLoc::get(test.builder.getStringAttr("block0.attn.q_lif"));
  auto run = [&](bool saturates) {
    auto op = NeuronOp::create(
        test.builder, name, test.spikes({3, 2, 2}), test.argument(test.fixed({3, 2, 2}, encoding)),
        test.integrateAndFire({1000.0}),
        StateAttr::get(&test.context, 8, LeakRounding::TowardZero, saturates), Scan::Steps);
    Tensor current = Tensor::ofIntegers({3, 2, 2});
    current.integers()[1 * 4 + 1 * 2 + 0] = 100; // step 1, token 1, neuron 0
    current.integers()[2 * 4 + 1 * 2 + 0] = 28;
    return evaluate(op, {&current});
  };
  CHECK(failed(run(false)));
  CHECK(test.messages == "'spike.neuron' op 'block0.attn.q_lif': neuron 0, token 1, step 2: the "
                         "membrane overflows its state of 8 bits: has 128, needs -128..127\n");
  CHECK(succeeded(run(true)));
}
