// HostKernels: every rule in closed form.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/host/HostKernels.h"

#include "simulator/host/HostMath.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

using namespace synfire::sim;

namespace {

using Row = std::vector<double>;

/// An op of one input, on `steps` rows.
Row evaluate(HostOp op, const Row &input, int32_t inputSteps = 1, size_t size = 0) {
  Row result(size == 0 ? input.size() : size);
  const HostRows inputs[] = {input};
  evaluateToken(op, inputs, inputSteps, result);
  return result;
}

HostOp opOf(HostOpKind kind, int32_t columns, int32_t steps = 1) {
  HostOp op;
  op.kind = kind;
  op.columns = columns;
  op.steps = steps;
  return op;
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
  HostOp op = opOf(HostOpKind::LayerNorm, 2, 2);
  op.factor = {2, 10};
  op.offset = {1, 0};
  CHECK(evaluate(op, {1, 3, 8, 4}) == Row{-1, 10, 3, -10}); // mean 2 and 6, spread 1 and 4
  op.eps = 3;
  CHECK(evaluate(op, {1, 3, 0, 0}) == Row{0, 5, 1, 0}); // sqrt(1 + 3)
}

TEST_CASE("batch norm, scale, relu, sums and copies") {
  HostOp norm = opOf(HostOpKind::Normalize, 2);
  norm.mean = {1, 0};
  norm.spread = {4, 16};
  norm.factor = {3, 1};
  norm.offset = {0, 5};
  CHECK(evaluate(norm, {5, 8}) == Row{6, 7});
  HostOp scale = opOf(HostOpKind::Scale, 2);
  scale.factor = {-1, 2};
  CHECK(std::signbit(evaluate(scale, {0, 3})[0])); // nothing is added to -0
  scale.offset = {0, 1};
  CHECK(evaluate(scale, {0, 3}) == Row{0, 7});
  CHECK(!std::signbit(evaluate(scale, {0, 3})[0]));
  CHECK(evaluate(opOf(HostOpKind::Relu, 3), {-1, 0, 2}) == Row{0, 0, 2});
  CHECK(evaluate(opOf(HostOpKind::Relu, 1), {std::nan("")}) == Row{0});

  const Row a = {1, 0, 1, 0}, b = {1, 1, 0, 0};
  const HostRows both[] = {a, b};
  Row result(4);
  evaluateToken(opOf(HostOpKind::Add, 4), both, 1, result);
  CHECK(result == Row{2, 1, 1, 0});
  for (const auto &[mode, expected] :
       {std::pair(HostLogic::Or, Row{1, 1, 1, 0}), std::pair(HostLogic::And, Row{1, 0, 0, 0}),
        std::pair(HostLogic::Iand, Row{0, 1, 0, 0})}) {
    HostOp logic = opOf(HostOpKind::Logic, 4);
    logic.logic = mode;
    evaluateToken(logic, both, 1, result);
    CHECK(result == expected);
  }
  Row joined(8);
  evaluateToken(opOf(HostOpKind::Concat, 4, 2), both, 2, joined);
  CHECK(joined == Row{1, 0, 1, 1, 1, 0, 0, 0});
  HostOp slice = opOf(HostOpKind::Slice, 1, 2);
  slice.from = 1;
  CHECK(evaluate(slice, {1, 2, 3, 4}, 2, 2) == Row{2, 4});
  CHECK(evaluate(opOf(HostOpKind::Repeat, 2, 2), {7, 8}, 1, 4) == Row{7, 8, 7, 8});
}

TEST_CASE("softmax and clip-floor") {
  CHECK(evaluate(opOf(HostOpKind::Softmax, 4), {3, 3, 3, 3}) == Row{0.25, 0.25, 0.25, 0.25});
  const Row p = evaluate(opOf(HostOpKind::Softmax, 2), {1000, 0});
  CHECK(p == Row{1, 0});
  HostOp clip = opOf(HostOpKind::ClipFloor, 1);
  clip.thresholds = {2};
  clip.levels = 4;
  for (const auto &[x, y] : {std::pair(-1.0, 0.0), std::pair(0.25, 0.5), std::pair(0.24, 0.0),
                             std::pair(1.7, 1.5), std::pair(9.0, 2.0)})
    CHECK(evaluate(clip, {x}) == Row{y});
  CHECK(evaluate(clip, {std::nan("")}) == Row{0});
}

TEST_CASE("neurons give SpikingJelly's trains for constant input") {
  HostOp lif = opOf(HostOpKind::Neuron, 1, 4);
  lif.neuron.decay = lif.neuron.gain = 0.5;
  lif.thresholds = {1};
  const auto train = [&](double x) { return evaluate(lif, Row(4, x)); };
  CHECK(train(1) == Row{0, 0, 0, 0});
  CHECK(train(16.0 / 15) == Row{0, 0, 0, 1});
  CHECK(train(1.5) == Row{0, 1, 0, 1});
  CHECK(train(2) == Row{1, 1, 1, 1});
  lif.neuron.strict = true;
  CHECK(train(2) == Row{0, 1, 0, 1}); // 1, 1.5 > 1 and reset, 1, 1.5
  // IF, soft reset, half a threshold to begin with: floor(x T / threshold + 1/2) spikes.
  HostOp fire = opOf(HostOpKind::Neuron, 1, 4);
  fire.thresholds = {1};
  fire.neuron.reset = HostReset::Soft;
  fire.neuron.vInit = 0.5;
  CHECK(evaluate(fire, Row(4, 0.375)) == Row{0, 1, 0, 1});
  fire.neuron.reset = HostReset::None;
  fire.neuron.vInit = 0;
  fire.neuron.bias = 0.25;
  CHECK(evaluate(fire, Row(4, 0.25)) == Row{0, 1, 1, 1});
  // A filter: i = 1, 1.5, 1.75, 1.875 of a constant 1.
  HostOp cuba = opOf(HostOpKind::Neuron, 1, 4);
  cuba.neuron.filters = true;
  cuba.neuron.currentDecay = 0.5;
  cuba.neuron.decay = 0;
  cuba.thresholds = {1.75};
  CHECK(evaluate(cuba, Row(4, 1)) == Row{0, 0, 1, 1});
}

TEST_CASE("time steps become one row") {
  HostOp op = opOf(HostOpKind::Recombine, 2);
  const Row steps = {1, 2, 3, 4, 5, 7};
  op.recombination = HostRecombination::Sum;
  CHECK(evaluate(op, steps, 3, 2) == Row{9, 13});
  op.recombination = HostRecombination::Mean;
  CHECK(evaluate(op, steps, 3, 2) == Row{3, 13.0 / 3});
  op.recombination = HostRecombination::Last;
  CHECK(evaluate(op, steps, 3, 2) == Row{5, 7});
  op.recombination = HostRecombination::Concatenate;
  CHECK(evaluate(op, steps, 3, 6) == steps);
}

TEST_CASE("a dense layer sums in ascending input, then scales and adds") {
  HostOp op = opOf(HostOpKind::Linear, 2);
  op.factor = {2, 1};
  op.offset = {0.5, 0};
  const std::vector<float> weights = {1, -1, 10, 3}; // [inputs, columns]
  Row result(2);
  evaluateLinear(op, weights, Row{3, 0.5}, result);
  CHECK(result == Row{2 * 8 + 0.5, -1.5});
  // 2^53 + 1 + 1: ascending, each 1 is lost; added first they would not be.
  op.factor = {1, 1};
  op.offset = {0, 0};
  evaluateLinear(op, std::vector<float>{1, 0, 1, 0, 1, 0}, Row{0x1p53, 1, 1}, result);
  CHECK(result[0] == 0x1p53);
}

TEST_CASE("softmax attention: one key is its value, equal keys their mean, heads share groups") {
  HostOp op = opOf(HostOpKind::SoftmaxAttention, 4);
  op.heads = 4;
  op.kvHeads = 2;
  const Row query = {1, 2, 3, 4}, key = {1, 1}, first = {8, 20}, second = {4, 10};
  Row result(4);
  const HostRows oneKey[] = {key}, oneValue[] = {first};
  attendSoftly(op, query, oneKey, oneValue, result);
  CHECK(result == Row{8, 8, 20, 20}); // heads 0, 1 read 0; 2, 3 read 1
  const HostRows keys[] = {key, key}, values[] = {first, second};
  attendSoftly(op, query, keys, values, result);
  CHECK(result == Row{6, 6, 15, 15});
  // Scores of 0 and -1 before the scale.
  op.attentionScale = 2;
  const Row far = {0, 0};
  const HostRows unequal[] = {far, key};
  attendSoftly(op, Row{-1, 0, 0, 0}, unequal, values, result);
  const double e = hostExp(-2);
  CHECK(result[0] == 1 / (1 + e) * 8 + e / (1 + e) * 4);
}

TEST_CASE("codes of an index") {
  const auto codeOf = [](HostCode code, int32_t width, int64_t index) {
    HostOp op = opOf(HostOpKind::Code, width);
    op.code = code;
    Row result(static_cast<size_t>(width));
    codeIndex(op, index, result);
    return result;
  };
  CHECK(codeOf(HostCode::OneHot, 3, 2) == Row{0, 0, 1});
  CHECK(codeOf(HostCode::Binary, 4, 6) == Row{0, 1, 1, 0});
  CHECK(codeOf(HostCode::BinaryLeft, 4, 6) == Row{1, 1, 0, 0});
  CHECK(codeOf(HostCode::BinaryLeft, 4, 0) == Row{0, 0, 0, 0});
  CHECK(codeOf(HostCode::BinaryLeft, 4, 1) == codeOf(HostCode::BinaryLeft, 4, 4));
}
