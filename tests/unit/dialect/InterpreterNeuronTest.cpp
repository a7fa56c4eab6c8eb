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
static std::vector<int64_t> spikesOf(const std::string &model, std::vector<double> inputs) {
  SpikeTestModule test;
  auto steps = static_cast<int64_t>(inputs.size());
  Attribute mine = parseAttribute(model, &test.context);
  REQUIRE(mine);
  auto op =
      NeuronOp::create(test.builder, test.builder.getUnknownLoc(), test.spikes({steps, 1, 1}),
                       test.argument(test.real({steps, 1, 1})), mine, StateAttr(), Scan::Steps);
  REQUIRE(succeeded(op.verify()));
  Tensor current = reals({steps, 1, 1}, std::move(inputs));
  FailureOr<Tensor> spikes = evaluate(op, {&current});
  REQUIRE(succeeded(spikes));
  return spikes->integers();
}

/// Attributes belong to a context: this one is printed, to be parsed into another.
static std::vector<int64_t> spikesOf(Attribute model, std::vector<double> inputs) {
  std::string text;
  llvm::raw_string_ostream(text) << model;
  return spikesOf(text, std::move(inputs));
}

using Spikes = std::vector<int64_t>;

TEST_CASE("a LIF of tau 2 and threshold 1 gives the golden trains") {
  SpikeTestModule test;
  LifAttr lif = test.lif(2.0, {1.0});
  CHECK(spikesOf(lif, {1, 1, 1, 1}) == Spikes{0, 0, 0, 0});
  double almost = 16.0 / 15.0; // reaches 15/16 of itself, exactly 1, at the fourth step
  CHECK(spikesOf(lif, {almost, almost, almost, almost}) == Spikes{0, 0, 0, 1});
  CHECK(spikesOf(lif, {1.5, 1.5, 1.5, 1.5}) == Spikes{0, 1, 0, 1});
  CHECK(spikesOf(lif, {2, 2, 2, 2}) == Spikes{1, 1, 1, 1});
  CHECK(spikesOf(test.lif(2.0, {0.5}), {1, 1, 1, 1}) == Spikes{1, 1, 1, 1});
}

TEST_CASE("strictly greater does not fire on the threshold") {
  SpikeTestModule test;
  CHECK(spikesOf(test.lif(2.0, {1.0}, Reset::Hard, Compare::Greater), {2, 2, 2, 2}) ==
        Spikes{0, 1, 0, 1});
  CHECK(spikesOf(test.integrateAndFire({1.0}, Reset::Hard, Compare::Greater), {1, 0, 0.5, 1}) ==
        Spikes{0, 0, 1, 0});
}

TEST_CASE("an IF neuron adds up, and each reset leaves its own membrane") {
  SpikeTestModule test;
  // 0.75, 1.5 fires; hard leaves 0, soft 0.5, none 1.5.
  CHECK(spikesOf(test.integrateAndFire({1.0}, Reset::Hard), {0.75, 0.75, 0.5, 0.5}) ==
        Spikes{0, 1, 0, 1});
  CHECK(spikesOf(test.integrateAndFire({1.0}, Reset::Soft), {0.75, 0.75, 0.5, 0.5}) ==
        Spikes{0, 1, 1, 0});
  CHECK(spikesOf(test.integrateAndFire({1.0}, Reset::None), {0.75, 0.75, 0.5, -1.5}) ==
        Spikes{0, 1, 1, 0});
}

TEST_CASE("a hard reset goes to v_reset and the first step starts from v_init") {
  SpikeTestModule test;
  auto model = IfAttr::get(&test.context, test.builder.getDenseF64ArrayAttr({1.0}), Reset::Hard,
                           Compare::GreaterEqual, test.builder.getDenseF64ArrayAttr({-1.0}),
                           test.builder.getDenseF64ArrayAttr({0.5}), {});
  CHECK(spikesOf(model, {0.5, 1.0, 0.75, 0.25}) == Spikes{1, 0, 0, 1});
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
  auto op = NeuronOp::create(test.builder, test.builder.getUnknownLoc(), test.spikes({3, 1, 1}),
                             test.argument(test.fixed({3, 1, 1}, test.encoding({1.0}, 0))),
                             test.integrateAndFire({1.0}, Reset::Soft, Compare::Greater),
                             StateAttr(), Scan::Steps);
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
  auto spikesOf = [&](bool saturates) {
    auto op = NeuronOp::create(test.builder, name, test.spikes({3, 2, 2}),
                               test.argument(test.fixed({3, 2, 2}, encoding)),
                               test.integrateAndFire({1000.0}),
                               StateAttr::get(&test.context, 8, LeakRounding::TowardZero, saturates,
                                              0, synfire::kMaxFractionBits),
                               Scan::Steps);
    Tensor current = Tensor::ofIntegers({3, 2, 2});
    current.integers()[1 * 4 + 1 * 2 + 0] = 100; // step 1, token 1, neuron 0
    current.integers()[2 * 4 + 1 * 2 + 0] = 28;
    return evaluate(op, {&current});
  };
  CHECK(failed(spikesOf(false)));
  CHECK(test.messages == "'block0.attn.q_lif': column 0, token 1, time step 2: membrane: needs "
                         "-128..127 (a state of 8 bits), has 128\n");
  CHECK(succeeded(spikesOf(true)));
}

TEST_CASE("a bias is added at every step, after decay and gain") {
  // v = v / 2 + I / 2 + 0.25: 0.25, 0.375, 0.4375 with no input.
  CHECK(spikesOf("#spike.lif<tau = 2.0, threshold = [0.4], bias = 0.25>", {0, 0, 0, 0}) ==
        Spikes{0, 0, 1, 0});
  CHECK(spikesOf("#spike.if<threshold = [1.0], bias = 0.5>", {0, 0, 0, 0.5}) == Spikes{0, 1, 0, 1});
}

TEST_CASE("plif of w is lif of tau = 1 + exp(-w)") {
  // w = 0: 1 / tau = 1 / (1 + 1) = 1/2 exactly.
  for (std::vector<double> x : {std::vector<double>{1, 1, 1, 1},
                                {16.0 / 15, 16.0 / 15, 16.0 / 15, 16.0 / 15},
                                {1.5, 1.5, 1.5, 1.5},
                                {2, 2, 2, 2}})
    CHECK(spikesOf("#spike.plif<w = 0.0, threshold = [1.0]>", x) ==
          spikesOf("#spike.lif<tau = 2.0, threshold = [1.0]>", x));
  // A gate that is shut, and one that forgets at once.
  CHECK(spikesOf("#spike.plif<w = -700.0, threshold = [1.0]>", {9, 9}) == Spikes{0, 0});
  CHECK(spikesOf("#spike.plif<w = 700.0, threshold = [1.0]>", {1, 0.5, 1}) == Spikes{1, 0, 1});
}

TEST_CASE("cuba_lif filters its current, which a spike leaves alone") {
  // i: 4, 2, 1, 0.5; v = v/2 + i/2: 2 fires, 0; 1 fires, 0; 0.5; 0.5.
  CHECK(spikesOf("#spike.cuba_lif<current_decay = 0.5, current_gain = 1.0, membrane_decay = 0.5, "
                 "membrane_gain = 0.5, threshold = [1.0]>",
                 {4, 0, 0, 0}) == Spikes{1, 1, 0, 0});
  // Without memory of the current it is a lif.
  std::vector<double> x{1.5, 0.25, 3, 1};
  CHECK(spikesOf("#spike.cuba_lif<current_decay = 0.0, current_gain = 1.0, membrane_decay = 0.5, "
                 "membrane_gain = 0.5, threshold = [1.0]>",
                 x) == spikesOf("#spike.lif<tau = 2.0, threshold = [1.0]>", x));
}

TEST_CASE("scan = steps_and_tokens carries state from a token's last step to the next's first") {
  SpikeTestModule test;
  // One channel, T = 2, three tokens with currents 1, 2 | 3, 4 | 5, 6 in their steps.
  Tensor real = reals({2, 3, 1}, {1, 3, 5, /*step 1*/ 2, 4, 6});
  Tensor fixed = integers({2, 3, 1}, {1, 3, 5, 2, 4, 6});
  // Sums to 10: 1, 3, 6, 10 fires; 5, 11 fires.
  Spikes wanted{0, 0, 0, /*step 1*/ 0, 1, 1};
  std::string quantised = "tensor<2x3x1xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>>";
  for (auto [type, value] :
       {std::pair(std::string("tensor<2x3x1xf32>"), &real), {quantised, &fixed}}) {
    auto spikes = test.evaluateLine("%y = spike.neuron #spike.if<threshold = [10.0]>, %a {scan = "
                                    "#spike<scan steps_and_tokens>} : " +
                                        type + " -> tensor<2x3x1xi1>",
                                    {type}, {value});
    INFO(test.messages);
    REQUIRE(succeeded(spikes));
    CHECK(spikes->integers() == wanted);
  }
  auto sums = test.evaluateLine("%y = spike.integrator %a {scan = #spike<scan steps_and_tokens>} : "
                                "tensor<2x3x1xf32> -> tensor<2x3x1xf32>",
                                {"tensor<2x3x1xf32>"}, {&real});
  REQUIRE(succeeded(sums));
  CHECK(sums->reals() == std::vector<double>{1, 6, 15, 3, 10, 21});
}

TEST_CASE("each channel has its own numbers, over reals and in integers") {
  SpikeTestModule test;
  // tau 2: v = 1, 1.5, fires at 2; tau 1: v = I, fires at 1; currents 2, 2, 2.5 and 0.5, 1, 0.
  Tensor real = reals({3, 1, 2}, {2, 0.5, 2, 1, 2.5, 0}),
         fixed = integers({3, 1, 2}, {64, 16, 64, 32, 80, 0});
  Spikes wanted{0, 0, 0, 1, 1, 0};
  for (auto [type, value] :
       {std::pair(std::string("tensor<3x1x2xf32>"), &real),
        {"tensor<3x1x2xsi32, #spike.fixed<scale = [1.0], fraction_bits = 5>>", &fixed}}) {
    auto spikes = test.evaluateLine(
        "%y = spike.neuron #spike.lif<tau = [2, 1], threshold = [2, 1]>, %a : " + type +
            " -> tensor<3x1x2xi1>",
        {type}, {value});
    INFO(test.messages);
    REQUIRE(succeeded(spikes));
    CHECK(spikes->integers() == wanted);
  }
}

TEST_CASE("a filtered current has its own width, and fewer places than the membrane") {
  // In eighths, the current in halves: 42/8 are 10.5 halves and so 11, or 44 eighths; then 5
  // halves, 2, 1.
  const std::string type = "tensor<4x1x1xsi32, #spike.fixed<scale = [1.0], fraction_bits = 3>>";
  Tensor current = integers({4, 1, 1}, {42, 0, 0, 0});
  auto run = [&](SpikeTestModule &test, const std::string &threshold, const std::string &bits) {
    return test.evaluateLine("%y = spike.neuron #spike.cuba_lif<current_decay = 0.5, current_gain "
                             "= 1.0, membrane_decay = 0.0, membrane_gain = 1.0, threshold = [" +
                                 threshold +
                                 "]>, %a state(#spike.state<bits = 16, current_bits = " + bits +
                                 ", current_fraction_bits = 1>) : " + type + " -> tensor<4x1x1xi1>",
                             {type}, {&current});
  };
  SpikeTestModule test;
  auto first = run(test, "5.5", "8"), second = run(test, "2.5", "8"), third = run(test, "0.5", "8");
  INFO(test.messages);
  REQUIRE((succeeded(first) && succeeded(second) && succeeded(third)));
  CHECK(first->integers() == Spikes{1, 0, 0, 0});
  CHECK(second->integers() == Spikes{1, 1, 0, 0});
  CHECK(third->integers() == Spikes{1, 1, 1, 1});
  SpikeTestModule narrow;
  CHECK(failed(run(narrow, "5.5", "4")));
  CHECK_MESSAGE(narrow.messages.find("filtered current: needs -8..7 (a state of 4 bits), has 11") !=
                    std::string::npos,
                narrow.messages);
}

TEST_CASE("an integrator leaks, weighs and never fires") {
  SpikeTestModule test;
  Tensor x = reals({3, 1, 2}, {1, 2, 1, 2, 1, 2});
  auto v = test.evaluateLine("%y = spike.integrator %a {decay = 0.5 : f64, gain = 2.0 : f64} : "
                             "tensor<3x1x2xf32> -> tensor<3x1x2xf32>",
                             {"tensor<3x1x2xf32>"}, {&x});
  REQUIRE(succeeded(v));
  CHECK(v->reals() == std::vector<double>{2, 4, 3, 6, 3.5, 7});
}

TEST_CASE("a delay shifts along time, per channel, and starts with zeros") {
  SpikeTestModule test;
  Tensor x = integers({3, 1, 3}, {1, 1, 1, /*step 1*/ 0, 0, 0, /*step 2*/ 1, 1, 1});
  auto spikesOf = [&](const std::string &steps) {
    auto y = test.evaluateLine("%y = spike.delay %a steps " + steps +
                                   " : tensor<3x1x3xi1> -> tensor<3x1x3xi1>",
                               {"tensor<3x1x3xi1>"}, {&x});
    REQUIRE(succeeded(y));
    return y->integers();
  };
  CHECK(spikesOf("[1]") == Spikes{0, 0, 0, 1, 1, 1, 0, 0, 0});
  CHECK(spikesOf("[0, 2, 3]") == Spikes{1, 0, 0, 0, 0, 0, 1, 1, 0});
  CHECK(spikesOf("[1000]") == Spikes{0, 0, 0, 0, 0, 0, 0, 0, 0});
}

TEST_CASE("a bias counts in the membrane's unit") {
  SpikeTestModule test;
  auto spikesOf = [&](const std::string &model) {
    std::string type = "tensor<3x1x1xsi32, #spike.fixed<scale = [0.5], fraction_bits = 2>>";
    Tensor x = integers({3, 1, 1}, {4, 0, 0});
    return test.evaluateLine("%y = spike.neuron " + model + ", %a : " + type +
                                 " -> tensor<3x1x1xi1> loc(\"lif\")",
                             {type}, {&x});
  };
  // In units of 0.5 / 4: threshold 1 is 8, bias 0.25 is 2; 6, 8 fires, 2.
  CHECK(spikesOf("#spike.if<threshold = [1.0], bias = 0.25>")->integers() == Spikes{0, 1, 0});
  // Units of 0.5 * 0.5 / 4: 16 and 4; 8, 4 + 4, 8.
  CHECK(spikesOf("#spike.lif<tau = 2.0, threshold = [0.5], bias = 0.25>")->integers() ==
        Spikes{1, 0, 0});
}

TEST_CASE("a filtered current is an integer, too, in the unit of its gain") {
  SpikeTestModule test;
  std::string type = "tensor<4x1x1xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>>";
  auto run = [&](const std::string &constants, const std::string &state, std::vector<int64_t> x) {
    Tensor current = integers({4, 1, 1}, std::move(x));
    return test.evaluateLine("%y = spike.neuron #spike.cuba_lif<current_decay = 0.5, " + constants +
                                 ">, %a state(#spike.state<" + state + ">) : " + type +
                                 " -> tensor<4x1x1xi1> loc(\"cuba\")",
                             {type}, {&current});
  };
  // Units of 1/2: threshold 4 is 8. i: 8, 4, 2, 9; v: 8 fires, 4, 2 + 2, 2 + 9 fires.
  std::string gains = "current_gain = 2.0, membrane_decay = 0.5, membrane_gain = 0.25, ";
  CHECK(run(gains + "threshold = [4.0]", "bits = 8", {8, 0, 0, 8})->integers() ==
        Spikes{1, 0, 0, 1});
  // The neuron's own bias of 1.5 is 3, and does not pass the filter: v: 11, 7, 5 + 3, 9 + 3.
  CHECK(run(gains + "threshold = [4.0], bias = 1.5", "bits = 8", {8, 0, 0, 8})->integers() ==
        Spikes{1, 0, 1, 1});
  CHECK(run(gains + "threshold = [3.5], bias = 1.5", "bits = 8", {8, 0, 0, 8})->integers() ==
        Spikes{1, 1, 0, 1});
  CHECK(mlir::failed(run(gains + "threshold = [4.0]", "bits = 4", {7, 5, 0, 0})));
  CHECK(test.messages.find("filtered current: needs -8..7 (a state of 4 bits), has 8") !=
        std::string::npos);
}

TEST_CASE("constants at the integers' limit overflow the state and wrap nothing") {
  SpikeTestModule test;
  std::string type = "tensor<1x1x1xsi32, #spike.fixed<scale = [1.0], fraction_bits = 0>>";
  Tensor x = integers({1, 1, 1}, {0});
  CHECK(failed(test.evaluateLine("%y = spike.neuron #spike.if<threshold = [1.0], v_init = 1.0e300, "
                                 "bias = 1.0e300>, %a : " +
                                     type + " -> tensor<1x1x1xi1> loc(\"if\")",
                                 {type}, {&x})));
  CHECK(test.messages == "'if': column 0, token 0, time step 0: membrane: needs "
                         "-2305843009213693952..2305843009213693951 (a state of 62 bits), has "
                         "4611686018427387904\n");
}
