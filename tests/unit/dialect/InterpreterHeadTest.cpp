// InterpreterHeadTest: recombination and the largest features.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/dialect/SpikeTestModule.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace mlir;
using namespace synfire::spike;
using namespace synfire::spike::test;
using Reals = std::vector<double>;

TEST_CASE("recombination of spikes and of reals, one mode each") {
  SpikeTestModule test;
  Tensor spikes = integers({2, 1, 3}, {1, 0, 1, /*step 1*/ 1, 1, 0});
  Tensor currents = reals({2, 1, 3}, {1, 0, 1, /*step 1*/ 1, 1, 0});
  for (auto [element, x] : {std::pair("i1", &spikes), {"f32", &currents}}) {
    std::string type = "tensor<2x1x3x" + std::string(element) + ">";
    auto run = [&](const std::string &mode, int64_t width) {
      auto y = test.evaluateLine("%y = spike.recombine " + mode + " %a : " + type +
                                     " -> tensor<1x" + std::to_string(width) + "xf32>",
                                 {type}, {x});
      INFO(test.messages);
      REQUIRE(succeeded(y));
      return y->reals();
    };
    CHECK(run("mean", 3) == Reals{1, 0.5, 0.5});
    CHECK(run("sum", 3) == Reals{2, 1, 1});
    CHECK(run("last", 3) == Reals{1, 1, 0});
    CHECK(run("concatenate", 6) == Reals{1, 0, 1, 1, 1, 0});
  }
}

TEST_CASE("reals are summed in ascending steps") {
  SpikeTestModule test;
  // (2^60 + 1) - 2^60 = 0 in float64.
  Tensor x = reals({3, 1, 1}, {std::ldexp(1.0, 60), 1, -std::ldexp(1.0, 60)});
  auto y = test.evaluateLine("%y = spike.recombine sum %a : tensor<3x1x1xf32> -> tensor<1x1xf32>",
                             {"tensor<3x1x1xf32>"}, {&x});
  REQUIRE(succeeded(y));
  CHECK(y->reals() == Reals{0});
}

TEST_CASE("a readout is held to its state, and to nothing without one") {
  SpikeTestModule test;
  const std::string type = "tensor<1x3xsi32, #spike.fixed<scale = [0.5], fraction_bits = 1>>";
  const int64_t wide = int64_t{1} << 40;
  Tensor sums = integers({1, 3}, {127, -129, wide});
  auto read = [&](const std::string &state) {
    return test.evaluateLine("%y = spike.dequantize %a" + state + " : " + type +
                                 " -> tensor<1x3xf32> loc(\"head\")",
                             {type}, {&sums});
  };
  CHECK(read("")->reals() == Reals{31.75, -32.25, static_cast<double>(wide) / 4});
  CHECK(read(" state(<bits = 48>)")->reals() ==
        Reals{31.75, -32.25, static_cast<double>(wide) / 4});
  CHECK(read(" state(<bits = 8, saturates = true>)")->reals() == Reals{31.75, -32, 31.75});
  CHECK(failed(read(" state(<bits = 8>)")));
  CHECK(test.messages == "'head': column 1, token 0: the readout: needs -128..127 (a state of 8 "
                         "bits), has -129\n");
}

TEST_CASE("top_k lists the largest features; ties go to the lower index, NaN comes last") {
  SpikeTestModule test;
  double nan = std::nan("");
  Tensor x = reals({2, 4}, {1, 3, 3, 2, /*token 1*/ nan, -0.0, 0.0, -5});
  auto y = test.evaluateLine("%y = spike.top_k %a : tensor<2x4xf32> -> tensor<2x4xi32>",
                             {"tensor<2x4xf32>"}, {&x});
  REQUIRE(succeeded(y));
  CHECK(y->integers() == Tensor::Integers{1, 2, 3, 0, 1, 2, 3, 0});
  auto first = test.evaluateLine("%y = spike.top_k %a : tensor<2x4xf32> -> tensor<2x1xi32>",
                                 {"tensor<2x4xf32>"}, {&x});
  REQUIRE(succeeded(first));
  CHECK(first->integers() == Tensor::Integers{1, 1});
}
