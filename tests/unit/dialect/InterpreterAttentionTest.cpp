// InterpreterAttentionTest: self-attention against its definition, element-wise.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/dialect/SpikeTestModule.h"

#include "llvm/Support/FormatVariadic.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>
#include <random>

using namespace mlir;
using namespace synfire::spike;
using namespace synfire::spike::test;

TEST_CASE("y[t,n,c] is the sum over visible m and the head's columns e of q k v") {
  std::mt19937 random(5);
  for (bool causal : {true, false})
    for (auto [tokens, columns, heads] :
         {std::tuple<int64_t, int64_t, int64_t>(1, 2, 1), {5, 6, 3}, {7, 8, 1}, {6, 4, 4}}) {
      SpikeTestModule test;
      std::vector<int64_t> shape{3, tokens, columns};
      Tensor q = randomSpikes(shape, 0.5, random), k = randomSpikes(shape, 0.4, random),
             v = randomSpikes(shape, 0.6, random);
      auto build = [&](Type result) {
        Type in = test.spikes(shape);
        return SelfAttentionOp::create(
            test.builder, test.builder.getUnknownLoc(), result, test.argument(in),
            test.argument(in), test.argument(in), test.builder.getI64IntegerAttr(heads),
            test.builder.getF64FloatAttr(0.125), causal ? test.builder.getUnitAttr() : UnitAttr(),
            IntegerAttr(), Attribute(), nullptr, nullptr);
      };
      FailureOr<Tensor> real = evaluate(build(test.real(shape)), {&q, &k, &v});
      FailureOr<Tensor> fixed =
          evaluate(build(test.fixed(shape, test.encoding({0.125}, 3))), {&q, &k, &v});
      REQUIRE(succeeded(real));
      REQUIRE(succeeded(fixed));
      int64_t width = columns / heads;
      for (int64_t t = 0; t < 3; ++t)
        for (int64_t n = 0; n < tokens; ++n)
          for (int64_t c = 0; c < columns; ++c) {
            auto at = [&](const Tensor &x, int64_t m, int64_t e) {
              return x.integers()[(t * tokens + m) * columns + e];
            };
            int64_t sum = 0;
            for (int64_t m = 0; m < tokens; ++m)
              for (int64_t e = c / width * width; e < (c / width + 1) * width; ++e)
                if (!causal || m <= n)
                  sum += at(q, n, e) * at(k, m, e) * at(v, m, c);
            CHECK(at(*fixed, n, c) == sum * 8);
            CHECK(real->reals()[(t * tokens + n) * columns + c] ==
                  0.125 * static_cast<double>(sum));
          }
    }
}

/// Self-attention of heads x width columns, keys and values of keyHeads x width.
static Tensor attend(const Tensor &q, const Tensor &k, const Tensor &v, int64_t heads,
                     int64_t keyHeads, bool causal, const std::string &neuron = "",
                     const std::string &op = "self_attention") {
  SpikeTestModule test;
  auto type = [&](const Tensor &x) {
    return llvm::formatv("tensor<{0}x{1}x{2}x{3}>", x.dim(0), x.dim(1), x.dim(2),
                         x.isReal() ? "f32" : "i1")
        .str();
  };
  std::string out = llvm::formatv("tensor<{0}x{1}x{2}xf32>", q.dim(0), q.dim(1), q.dim(2));
  std::string line = llvm::formatv(
      "%y = spike.{0} %a, %b, %c heads {1} scale 0.5 {2} kv_heads {3} {4} : {5}, {6}, {6} -> {7}",
      op, heads, causal ? "causal" : "", keyHeads, neuron, type(q), type(k), out);
  auto result = test.evaluateLine(line, {type(q), type(k), type(v)}, {&q, &k, &v});
  INFO(test.messages);
  REQUIRE(succeeded(result));
  return std::move(*result);
}

/// Keys or values with every head repeated for the query heads that read it.
static Tensor repeatHeads(const Tensor &x, int64_t heads, int64_t keyHeads) {
  int64_t width = x.columns() / keyHeads, columns = heads * width;
  return x.rearranged({x.dim(0), x.dim(1), columns}, [&](int64_t i) {
    int64_t head = i % columns / width;
    return i / columns * x.columns() + head * keyHeads / heads * width + i % width;
  });
}

TEST_CASE("causal attention by running sums of k v^T gives the same integers") {
  std::mt19937 random(6);
  int64_t largest = 0;
  for (int64_t heads = 1; heads <= 12; ++heads)
    for (int64_t keyHeads : {heads, heads % 2 == 0 ? heads / 2 : int64_t{1}}) {
      int64_t tokens = heads == 3 ? 256 : 1 + static_cast<int64_t>(random() % 64);
      int64_t width = 1 + static_cast<int64_t>(random() % 8), steps = 2;
      int64_t columns = heads * width, keyColumns = keyHeads * width;
      Tensor q = randomSpikes({steps, tokens, columns}, 0.3, random);
      Tensor k = randomSpikes({steps, tokens, keyColumns}, 0.3, random);
      Tensor v = randomSpikes({steps, tokens, keyColumns}, 0.4, random);
      Tensor y = attend(q, k, v, heads, keyHeads, /*causal=*/true);
      for (int64_t t = 0; t < steps; ++t)
        for (int64_t h = 0; h < heads; ++h) {
          // H[e][c]: the sum of k[e] v[c] over the tokens so far.
          std::vector<int64_t> hebbian(width * width, 0);
          for (int64_t n = 0; n < tokens; ++n) {
            int64_t row = t * tokens + n, read = row * keyColumns + h * keyHeads / heads * width;
            for (int64_t e = 0; e < width; ++e)
              for (int64_t c = 0; c < width; ++c)
                hebbian[e * width + c] += k.integers()[read + e] * v.integers()[read + c];
            for (int64_t c = 0; c < width; ++c) {
              int64_t sum = 0, at = row * columns + h * width;
              for (int64_t e = 0; e < width; ++e)
                sum += q.integers()[at + e] * hebbian[e * width + c];
              REQUIRE(y.reals()[at + c] == 0.5 * static_cast<double>(sum));
              largest = std::max(largest, sum);
            }
          }
        }
    }
  CHECK(largest > 50);
}

TEST_CASE("grouped heads are repeated heads") {
  std::mt19937 random(7);
  for (auto [heads, keyHeads] : {std::pair<int64_t, int64_t>(4, 1), {6, 3}, {6, 2}, {5, 5}})
    for (bool causal : {true, false}) {
      std::vector<int64_t> wide{2, 6, heads * 3}, narrow{2, 6, keyHeads * 3};
      Tensor q = randomSpikes(wide, 0.5, random), k = randomSpikes(narrow, 0.5, random),
             v = randomSpikes(narrow, 0.5, random);
      Tensor kk = repeatHeads(k, heads, keyHeads), vv = repeatHeads(v, heads, keyHeads);
      CHECK(attend(q, k, v, heads, keyHeads, causal).reals() ==
            attend(q, kk, vv, heads, heads, causal).reals());
      Tensor rq = randomReals(wide, random), rk = randomReals(narrow, random),
             rv = randomReals(narrow, random);
      Tensor rkk = repeatHeads(rk, heads, keyHeads), rvv = repeatHeads(rv, heads, keyHeads);
      CHECK(attend(rq, rk, rv, heads, keyHeads, causal, "", "softmax_attention").reals() ==
            attend(rq, rkk, rvv, heads, heads, causal, "", "softmax_attention").reals());
    }
}

TEST_CASE("a score neuron's spikes take the place of the scores") {
  std::mt19937 random(8);
  int64_t fired = 0, silent = 0;
  for (bool causal : {true, false})
    for (int64_t heads : {1, 2}) {
      int64_t steps = 4, tokens = 5, width = 4, columns = heads * width;
      std::vector<int64_t> shape{steps, tokens, columns};
      Tensor q = randomSpikes(shape, 0.5, random), k = randomSpikes(shape, 0.5, random),
             v = randomSpikes(shape, 0.5, random);
      Tensor y = attend(q, k, v, heads, heads, causal,
                        "score_neuron(#spike.lif<tau = 2.0, threshold = [1.5], v_init = 0.5>)");
      auto at = [&](const Tensor &x, int64_t t, int64_t n, int64_t c) {
        return x.at((t * tokens + n) * columns + c);
      };
      std::vector<double> wanted(steps * tokens * columns, 0.0);
      for (int64_t h = 0; h < heads; ++h)
        for (int64_t n = 0; n < tokens; ++n)
          for (int64_t m = 0; m < tokens; ++m) {
            double membrane = 0.5;
            for (int64_t t = 0; t < steps && (m <= n || !causal); ++t) {
              double score = 0;
              for (int64_t e = h * width; e < (h + 1) * width; ++e)
                score += at(q, t, n, e) * at(k, t, m, e);
              membrane = membrane / 2 + score / 2;
              if (membrane < 1.5) {
                ++silent;
                continue;
              }
              membrane = 0;
              ++fired;
              for (int64_t c = h * width; c < (h + 1) * width; ++c)
                wanted[(t * tokens + n) * columns + c] += 0.5 * at(v, t, m, c);
            }
          }
      CHECK(y.reals() == wanted);
    }
  CHECK(fired > 10);
  CHECK(silent > 10);
}

TEST_CASE("SDSA: the query gates what the neuron of the key-value sum says") {
  std::mt19937 random(9);
  SpikeTestModule test;
  int64_t steps = 3, tokens = 6, columns = 4, passed = 0;
  std::vector<int64_t> shape{steps, tokens, columns};
  std::string spikes = "tensor<3x6x4xi1>", real = "tensor<3x6x4xf32>";
  for (bool causal : {true, false}) {
    Tensor q = randomSpikes(shape, 0.5, random), k = randomSpikes(shape, 0.5, random),
           v = randomSpikes(shape, 0.5, random);
    Tensor sums = *test.evaluateLine(std::string("%y = spike.key_value_sum %a, %b ") +
                                         (causal ? "causal" : "") + " : " + spikes + " -> " + real,
                                     {spikes, spikes}, {&k, &v});
    Tensor fired = *test.evaluateLine(
        "%y = spike.neuron #spike.if<threshold = [2.0]>, %a : " + real + " -> " + spikes, {real},
        {&sums});
    Tensor y = *test.evaluateLine("%y = spike.logic and %a, %b : " + spikes, {spikes, spikes},
                                  {&q, &fired});
    for (int64_t n = 0; n < tokens; ++n)
      for (int64_t c = 0; c < columns; ++c) {
        double membrane = 0;
        for (int64_t t = 0; t < steps; ++t) {
          int64_t seen = 0;
          for (int64_t m = 0; m < tokens; ++m)
            if (m <= n || !causal)
              seen += k.integers()[(t * tokens + m) * columns + c] &
                      v.integers()[(t * tokens + m) * columns + c];
          membrane += static_cast<double>(seen);
          bool spike = membrane >= 2;
          if (spike)
            membrane = 0;
          int64_t at = (t * tokens + n) * columns + c;
          CHECK(sums.reals()[at] == static_cast<double>(seen));
          CHECK(y.integers()[at] == (spike && q.integers()[at] == 1));
          passed += y.integers()[at];
        }
      }
  }
  CHECK(passed > 10);
}

TEST_CASE("softmax attention is the weighted mean of the values a query sees") {
  std::mt19937 random(10);
  for (bool causal : {true, false})
    for (int64_t heads : {1, 3}) {
      int64_t steps = 2, tokens = 5, width = 4, columns = heads * width;
      std::vector<int64_t> shape{steps, tokens, columns};
      Tensor q = randomReals(shape, random), k = randomReals(shape, random),
             v = randomReals(shape, random), ones = Tensor::ofReals(shape);
      llvm::fill(ones.reals(), 1.0);
      Tensor y = attend(q, k, v, heads, heads, causal, "", "softmax_attention");
      auto at = [&](const Tensor &x, int64_t t, int64_t n, int64_t c) {
        return x.at((t * tokens + n) * columns + c);
      };
      for (int64_t t = 0; t < steps; ++t)
        for (int64_t n = 0; n < tokens; ++n)
          for (int64_t c = 0; c < columns; ++c) {
            long double total = 0, sum = 0; // the C library's exp, without a maximum taken off
            for (int64_t m = 0; m < (causal ? n + 1 : tokens); ++m) {
              long double score = 0;
              for (int64_t e = c / width * width; e < (c / width + 1) * width; ++e)
                score += at(q, t, n, e) * at(k, t, m, e);
              long double weight = std::exp(0.5L * score);
              total += weight;
              sum += weight * at(v, t, m, c);
            }
            CHECK(std::abs(at(y, t, n, c) - static_cast<double>(sum / total)) < 1e-14);
          }
      // The weights sum to 1: values of 1 come back.
      Tensor all = attend(q, k, ones, heads, heads, causal, "", "softmax_attention");
      for (double one : all.reals())
        CHECK(one == doctest::Approx(1).epsilon(1e-14));
    }
}
