// InterpreterAttentionTest: self-attention against its definition, element-wise.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/dialect/SpikeTestModule.h"

#include <doctest/doctest.h>

#include <random>

using namespace mlir;
using namespace synfire::spike;
using namespace synfire::spike::test;

static Tensor randomSpikes(std::vector<int64_t> shape, double rate, std::mt19937 &random) {
  Tensor tensor = Tensor::ofIntegers(std::move(shape));
  std::bernoulli_distribution spike(rate);
  for (int64_t &s : tensor.integers())
    s = spike(random);
  return tensor;
}

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
            test.builder.getF64FloatAttr(0.125), causal ? test.builder.getUnitAttr() : UnitAttr(), IntegerAttr(), Attribute());
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
