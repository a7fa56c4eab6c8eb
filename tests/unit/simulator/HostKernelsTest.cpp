// HostKernels: every rule in closed form.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/host/ActivationKernels.h"
#include "simulator/host/AttentionKernels.h"
#include "simulator/host/HeadKernels.h"
#include "simulator/host/HostMath.h"
#include "simulator/host/NeuronKernels.h"
#include "simulator/host/NormKernels.h"
#include "simulator/host/ResidualKernels.h"
#include "simulator/host/SynapseKernels.h"
#include "simulator/host/TextKernels.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

using namespace synfire::sim;

namespace {

using Row = std::vector<double>;

/// A token whose inputs, and whose readout, are given by hand.
class GivenToken final : public HostToken {
public:
  GivenToken(HostValues values, std::vector<Row> inputs)
      : HostToken(values, 0, 0, 1), rows(std::move(inputs)) {}
  HostRows input(size_t index, int32_t) const override { return rows[index]; }
  HostRows input(size_t index) const override { return rows[index]; }
  std::span<const int64_t> readout(int32_t step) const override {
    return std::span(integers).subspan(static_cast<size_t>(step) * values.result.columns);
  }
  HostRows given() const override { return rows[0]; }
  std::vector<int64_t> integers;

private:
  std::vector<Row> rows;
};

/// A token whose three inputs have one number; that of token m is seen[m] in values, 0 in others.
class SeveralTokens final : public HostToken {
public:
  SeveralTokens(HostValues values, int32_t position, Row seen)
      : HostToken(values, position, 0, static_cast<int32_t>(seen.size())),
        numbers(std::move(seen)) {}
  HostRows input(size_t index, int32_t token) const override {
    return index == 2 ? HostRows(numbers).subspan(token, 1) : HostRows(&zero, 1);
  }
  HostRows input(size_t) const override { return HostRows(&zero, 1); }
  std::span<const int64_t> readout(int32_t) const override { return {}; }
  HostRows given() const override { return {}; }

private:
  Row numbers;
  double zero = 0;
};

/// steps x columns of a kernel whose inputs have `inputSteps` rows each. It has
/// nothing to say against them.
Row evaluate(const HostKernel &kernel, const std::vector<Row> &inputs, int32_t columns,
             int32_t steps = 1, int32_t inputSteps = 1, int64_t largestSpike = 0) {
  std::vector<HostValue> values;
  for (const Row &row : inputs)
    values.push_back({inputSteps, static_cast<int32_t>(row.size()) / inputSteps, largestSpike});
  const HostValues all{{steps, columns, 0}, values};
  CHECK(kernel.check(all) == "");
  Row result(static_cast<size_t>(steps) * columns);
  CHECK(kernel.evaluate(GivenToken(all, inputs), result) == "");
  return result;
}

int64_t unitsApart(double a, double b) {
  return std::abs(std::bit_cast<int64_t>(a) - std::bit_cast<int64_t>(b));
}

} // namespace

TEST_CASE("exp is within 2 units in the last place, exact where it can be") {
  CHECK(hostExp(0) == 1);
  CHECK(hostExp(-0.0) == 1);
  CHECK(hostExp(800) == std::numeric_limits<double>::infinity());
  CHECK(hostExp(-800) == 0);
  CHECK(unitsApart(hostExp(-720), std::exp(-720)) <= 2); // below the normal numbers, and not 0
  CHECK(std::isnan(hostExp(std::nan(""))));
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> draw(-700, 700);
  int64_t worst = 0;
  for (int i = 0; i < 100000; ++i) {
    const double x = draw(random);
    worst = std::max(worst, unitsApart(hostExp(x), std::exp(x)));
  }
  CHECK(worst > 0); // it is a formula of its own, not the library's
  CHECK(worst <= 2);
}

TEST_CASE("gelu is 0.5 x (1 + tanh z), and 0, x or -0 far out") {
  CHECK(hostGelu(0) == 0);
  CHECK(hostGelu(40) == 40);
  CHECK(hostGelu(-40) == 0);
  for (double x : {-3.0, -0.5, 0.25, 1.0, 2.5}) {
    const double z = std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x);
    CHECK(hostGelu(x) == doctest::Approx(0.5 * x * (1 + std::tanh(z))).epsilon(1e-14));
  }
}

TEST_CASE("layer norm of each row by itself") {
  host::LayerNorm norm;
  norm.weight = {2, 10};
  norm.bias = {1, 0};
  CHECK(evaluate(norm, {{1, 3, 8, 4}}, 2, 2, 2) ==
        Row{-1, 10, 3, -10}); // mean 2 and 6, spread 1, 4
  norm.eps = 3;
  CHECK(evaluate(norm, {{1, 3, 0, 0}}, 2, 2, 2) == Row{0, 5, 1, 0}); // sqrt(1 + 3)
}

TEST_CASE("silu is x times the logistic function, and 0, x or -0 far out") {
  CHECK(evaluate(host::Silu(), {{0, 40, -800}}, 3) == Row{0, 40, 0});
  CHECK(std::signbit(evaluate(host::Silu(), {{-800}}, 1)[0]));
  for (double x : {-3.0, -0.5, 0.25, 2.5})
    CHECK(evaluate(host::Silu(), {{x}}, 1)[0] ==
          doctest::Approx(x / (1 + std::exp(-x))).epsilon(1e-14));
}

TEST_CASE("rms norm of each row by itself") {
  host::RmsNorm norm;
  norm.weight = {2, 1};
  norm.eps = 3.5;
  CHECK(evaluate(norm, {{3, -4, 0, 0}}, 2, 2, 2) == Row{1.5, -1, 0, 0}); // sqrt(12.5 + 3.5)
  norm.weight = {1, 1, 1};
  norm.eps = 0;
  CHECK(evaluate(norm, {{0x1p53, 1, 1}}, 3)[1] == 1 / std::sqrt(0x1p106 / 3)); // ascending
}

TEST_CASE("batch and power norm, scale, relu") {
  host::BatchNorm batch;
  batch.mean = {1, 0};
  batch.variance = {4, 16};
  batch.weight = {3, 1};
  batch.bias = {0, 5};
  CHECK(evaluate(batch, {{5, 8}}, 2) == Row{6, 7});
  batch.variance = {3, 15};
  batch.eps = 1;
  CHECK(evaluate(batch, {{5, 8}}, 2) == Row{6, 7});
  host::PowerNorm power;
  power.phi = {3, 15};
  power.eps = 1;
  power.weight = {3, 1};
  power.bias = {0, 5};
  CHECK(evaluate(power, {{4, 8}}, 2) == Row{6, 7});
  host::Scale scale;
  scale.factor = {-1, 2};
  CHECK(std::signbit(evaluate(scale, {{0, 3}}, 2)[0])); // nothing is added to -0
  scale.offset = {0, 1};
  CHECK(evaluate(scale, {{0, 3}}, 2) == Row{0, 7});
  CHECK(!std::signbit(evaluate(scale, {{0, 3}}, 2)[0]));
  CHECK(evaluate(host::Relu(), {{-1, 0, 2}}, 3) == Row{0, 0, 2});
  CHECK(evaluate(host::Relu(), {{std::nan("")}}, 1) == Row{0});
}

TEST_CASE("sums, gates and copies") {
  const Row a = {1, 0, 1, 0}, b = {1, 1, 0, 0};
  CHECK(evaluate(host::Add(), {a, b}, 4) == Row{2, 1, 1, 0});
  CHECK(evaluate(host::Multiply(), {{2, -0.5}, {3, 4}}, 2) == Row{6, -2});
  using Mode = host::Logic::Mode;
  for (const auto &[mode, expected] :
       {std::pair(Mode::Or, Row{1, 1, 1, 0}), std::pair(Mode::And, Row{1, 0, 0, 0}),
        std::pair(Mode::Iand, Row{0, 1, 0, 0})}) {
    host::Logic logic;
    logic.mode = mode;
    CHECK(evaluate(logic, {a, b}, 4, 1, 1, 1) == expected);
  }
  CHECK(evaluate(host::Concat(), {a, b}, 4, 2, 2) == Row{1, 0, 1, 1, 1, 0, 0, 0});
  host::Slice slice;
  slice.from = 1;
  CHECK(evaluate(slice, {{1, 2, 3, 4}}, 1, 2, 2) == Row{2, 4});
  CHECK(evaluate(host::Repeat(), {{7, 8}}, 2, 2) == Row{7, 8, 7, 8});
  CHECK(evaluate(host::Inject(), {{7, 8}}, 2) == Row{7, 8});
  host::Binarize binarize;
  binarize.threshold = 0.5;
  CHECK(evaluate(binarize, {{0.25, 0.5, std::nan("")}}, 3) == Row{0, 1, 0});
}

TEST_CASE("softmax and clip-floor") {
  CHECK(evaluate(host::Softmax(), {{3, 3, 3, 3}}, 4) == Row{0.25, 0.25, 0.25, 0.25});
  CHECK(evaluate(host::Softmax(), {{1000, 0}}, 2) == Row{1, 0});
  CHECK(evaluate(host::Softmax(), {{0, 1000}}, 2) == Row{0, 1});
  host::ClipFloor clip;
  clip.thresholds = {2};
  clip.levels = 4;
  for (const auto &[x, y] : {std::pair(-1.0, 0.0), std::pair(0.25, 0.5), std::pair(0.24, 0.0),
                             std::pair(1.7, 1.5), std::pair(9.0, 2.0)})
    CHECK(evaluate(clip, {{x}}, 1) == Row{y});
  CHECK(evaluate(clip, {{std::nan("")}}, 1) == Row{0});
}

TEST_CASE("neurons give SpikingJelly's trains for constant input") {
  const auto train = [](const host::Neuron &neuron, double x) {
    return evaluate(neuron, {Row(4, x)}, 1, 4, 4);
  };
  host::Neuron lif;
  lif.equations[0].decay = lif.equations[0].gain = 0.5;
  lif.thresholds = {1};
  CHECK(train(lif, 1) == Row{0, 0, 0, 0});
  CHECK(train(lif, 16.0 / 15) == Row{0, 0, 0, 1});
  CHECK(train(lif, 1.5) == Row{0, 1, 0, 1});
  CHECK(train(lif, 2) == Row{1, 1, 1, 1});
  lif.strict = true;
  CHECK(train(lif, 2) == Row{0, 1, 0, 1}); // 1, 1.5 > 1 and reset, 1, 1.5
  // IF, soft reset, half a threshold to begin with: floor(x T / threshold + 1/2) spikes.
  host::Neuron fire;
  fire.thresholds = {1};
  fire.reset = host::Neuron::Reset::Soft;
  fire.equations[0].vInit = 0.5;
  CHECK(train(fire, 0.375) == Row{0, 1, 0, 1});
  fire.reset = host::Neuron::Reset::None;
  fire.equations[0].vInit = 0;
  fire.equations[0].bias = 0.25;
  CHECK(train(fire, 0.25) == Row{0, 1, 1, 1});
  // A filter: i = 1, 1.5, 1.75, 1.875 of a constant 1.
  host::Neuron cuba;
  cuba.equations[0].currentDecay = 0.5;
  cuba.equations[0].decay = 0;
  cuba.thresholds = {1.75};
  CHECK(train(cuba, 1) == Row{0, 0, 1, 1});
  cuba.equations[0].currentGain = 2;
  CHECK(train(cuba, 0.5) == Row{0, 0, 1, 1});
}

TEST_CASE("time steps become one row") {
  const Row steps = {1, 2, 3, 4, 5, 7};
  using Mode = host::Recombine::Mode;
  for (const auto &[mode, expected] :
       {std::pair(Mode::Sum, Row{9, 13}), std::pair(Mode::Mean, Row{3, 13.0 / 3}),
        std::pair(Mode::Last, Row{5, 7}), std::pair(Mode::Concatenate, steps)}) {
    host::Recombine recombine;
    recombine.mode = mode;
    CHECK(evaluate(recombine, {steps}, static_cast<int32_t>(expected.size()), 1, 3) == expected);
  }
}

TEST_CASE("integers become reals with one rounding, then lose their fraction exactly") {
  host::Dequantize kernel;
  kernel.scale = {0.5, 1.0 / 3.0};
  kernel.fractionBits = 2;
  GivenToken token({{1, 2, 0}, {}}, {});
  token.integers = {3, -2};
  Row reals(2);
  CHECK(kernel.evaluate(token, reals) == "");
  CHECK(reals == Row{1.5 / 4, -2.0 * (1.0 / 3.0) / 4});
}

TEST_CASE("a dense layer sums in ascending input, then scales and adds") {
  host::Linear linear;
  linear.rows = linear.columns = 2;
  linear.factor = {2, 1};
  linear.bias = {0.5, 0};
  linear.weights = {1, -1, 10, 3}; // [inputs, columns]
  CHECK(evaluate(linear, {{3, 0.5}}, 2) == Row{2 * 8 + 0.5, -1.5});
  CHECK(evaluate(linear, {{3, 0.5, 0, 1}}, 2, 2, 2) == Row{2 * 8 + 0.5, -1.5, 20.5, 3});
  linear.inputFactor = {-1, 2};
  CHECK(evaluate(linear, {{3, 0.5}}, 2) == Row{2 * 7 + 0.5, 6});
  linear.inputFactor.clear();
  // 2^53 + 1 + 1: ascending, each 1 is lost; added first they would not be.
  linear.rows = 3;
  linear.factor = {1, 1};
  linear.bias = {0, 0};
  linear.weights = {1, 0, 1, 0, 1, 0};
  CHECK(evaluate(linear, {{0x1p53, 1, 1}}, 2)[0] == 0x1p53);
}

TEST_CASE("softmax attention: one key is its value, equal keys their mean, heads share groups") {
  host::SoftmaxAttention attention;
  attention.heads = 4;
  attention.kvHeads = 2;
  const Row query = {1, 2, 3, 4}, key = {1, 1}, first = {8, 20}, second = {4, 10};
  Row result(4);
  const HostRows oneKey[] = {key}, oneValue[] = {first};
  attention.attend(query, oneKey, oneValue, result);
  CHECK(result == Row{8, 8, 20, 20}); // heads 0, 1 read 0; 2, 3 read 1
  CHECK(evaluate(attention, {query, key, first}, 4) == result);
  const HostRows keys[] = {key, key}, values[] = {first, second};
  attention.attend(query, keys, values, result);
  CHECK(result == Row{6, 6, 15, 15});
  // Scores of 0 and -1 before the scale.
  attention.scale = 2;
  const Row far = {0, 0};
  const HostRows unequal[] = {far, key};
  attention.attend(Row{-1, 0, 0, 0}, unequal, values, result);
  const double e = hostExp(-2);
  CHECK(result[0] == 1 / (1 + e) * 8 + e / (1 + e) * 4);
}

TEST_CASE("softmax attention sees the tokens up to its own, or all") {
  host::SoftmaxAttention attention;
  const auto seenFrom = [&](int32_t position) {
    const HostValue value{1, 1, 0};
    const std::vector<HostValue> inputs(3, value);
    Row result(1);
    const SeveralTokens token({value, inputs}, position, {1, 3, 8});
    CHECK(attention.evaluate(token, result) == "");
    return result[0];
  };
  CHECK(seenFrom(1) == 4); // the mean of 1, 3 and 8
  attention.causal = true;
  CHECK(seenFrom(0) == 1);
  CHECK(seenFrom(1) == 2);
  CHECK(seenFrom(2) == 4);
}

TEST_CASE("the work of kernels in closed form") {
  const auto workOf = [](const HostKernel &kernel, HostValue result, int32_t position = 0,
                         int32_t tokens = 1) {
    const std::vector<HostValue> inputs(3, result);
    const HostWork work = kernel.work({result, inputs}, position, tokens);
    return std::pair(work.macs, work.elements);
  };
  using Work = std::pair<int64_t, int64_t>;
  const HostValue value{3, 8, 0}; // time steps, columns
  host::SoftmaxAttention attention;
  attention.heads = 4;
  attention.kvHeads = 2;
  CHECK(workOf(attention, value, 4, 9) == Work{2 * 9 * 24, 9 * 3 * 4});
  attention.causal = true;
  CHECK(workOf(attention, value, 4, 9) == Work{2 * 5 * 24, 5 * 3 * 4});
  host::Linear linear;
  linear.rows = 5;
  CHECK(workOf(linear, value) == Work{5 * 24, 0});
  CHECK(workOf(host::Gelu(), value) == Work{0, 24});
  CHECK(workOf(host::Softmax(), value) == Work{0, 24});
  CHECK(workOf(host::LayerNorm(), value) == Work{0, 24});
  CHECK(workOf(host::Add(), value) == Work{0, 24});
  CHECK(workOf(host::Neuron(), value) == Work{0, 24});
  CHECK(workOf(host::Logic(), value) == Work{0, 0});
  CHECK(workOf(host::Binarize(), value) == Work{0, 0});
  CHECK(workOf(host::Dequantize(), value) == Work{0, 0});
  using Mode = host::Recombine::Mode;
  for (const auto &[mode, elements] : {std::pair(Mode::Mean, 8), std::pair(Mode::Sum, 8),
                                       std::pair(Mode::Last, 0), std::pair(Mode::Concatenate, 0)}) {
    host::Recombine recombine;
    recombine.mode = mode;
    CHECK(workOf(recombine, {1, 8, 0}) == Work{0, elements});
  }
}

TEST_CASE("a sum of graded spikes is as large as both together") {
  const std::vector<HostValue> inputs = {{1, 4, 2}, {1, 4, 5}};
  CHECK(host::Add().largestSpike(inputs) == 7);
  CHECK(host::largestOfInputs(inputs) == 5);
  CHECK(host::largestOfInputs(std::vector<HostValue>{{1, 4, 5}, {1, 4, 2}}) == 5);
  CHECK(host::largestOfInputs(std::vector<HostValue>{{1, 4, 5}, {1, 4, 0}}) == 0);
}

TEST_CASE("codes of an index") {
  using Form = host::Code::Form;
  const auto codeOf = [](Form form, int32_t width, int64_t index) {
    host::Code code;
    code.form = form;
    Row result(static_cast<size_t>(width));
    code.codeIndex(index, result);
    return result;
  };
  CHECK(codeOf(Form::OneHot, 3, 2) == Row{0, 0, 1});
  CHECK(codeOf(Form::Binary, 4, 6) == Row{0, 1, 1, 0});
  CHECK(codeOf(Form::BinaryLeft, 4, 6) == Row{1, 1, 0, 0});
  CHECK(codeOf(Form::BinaryLeft, 4, 0) == Row{0, 0, 0, 0});
  CHECK(codeOf(Form::BinaryLeft, 4, 1) == codeOf(Form::BinaryLeft, 4, 4));
  host::Code position;
  position.source = host::Code::Source::Position;
  position.size = 2;
  Row result(2);
  CHECK(position.evaluate(SeveralTokens({{1, 2, 0}, {}}, 1, {0, 0, 0}), result) == "");
  CHECK(result == Row{0, 1});
  CHECK(position.evaluate(SeveralTokens({{1, 2, 0}, {}}, 2, {0, 0, 0}), result) ==
        "needs a code for token 0 at position 2, has 2 codes");
}
