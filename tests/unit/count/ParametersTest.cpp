// ParametersTest: what counts as a parameter.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/count/CountTestModule.h"
#include "tests/unit/count/SpikeDecoderText.h"

using namespace synfire::spike;
using namespace synfire::spike::test;

TEST_CASE(
    "tables, weights, biases and learned time constants are parameters; fixed tables are not") {
  CountTestModule test(R"(func.func @main(%tokens: tensor<4xi32>) -> tensor<4x2xf32> {
  %a = spike.lookup %tokens, dense<0.5> : tensor<8x5xf32> : tensor<4xi32> -> tensor<4x5xf32> loc("token")
  %b = spike.position %tokens, dense<0.5> : tensor<4x5xf32> : tensor<4xi32> -> tensor<4x5xf32> loc("learned")
  %c = spike.position %tokens, dense<0.5> : tensor<4x5xf32> {spike.fixed_table} : tensor<4xi32> -> tensor<4x5xf32> loc("sinusoid")
  %d = spike.add %a, %b : tensor<4x5xf32>, tensor<4x5xf32> -> tensor<4x5xf32>
  %e = spike.add %d, %c : tensor<4x5xf32>, tensor<4x5xf32> -> tensor<4x5xf32>
  %r = spike.repeat %e : tensor<4x5xf32> -> tensor<2x4x5xf32>
  %p = spike.neuron #spike.plif<w = 0.5, threshold = [1.0, 2.0, 1.0, 1.0, 1.0]>, %r : tensor<2x4x5xf32> -> tensor<2x4x5xi1> loc("plif")
  %l = spike.neuron #spike.lif<tau = 2.0, threshold = [1.0]>, %r : tensor<2x4x5xf32> -> tensor<2x4x5xi1> loc("lif")
  %v = spike.conv %r, dense<0.5> : tensor<3x5x2xf32> bias dense<0.5> : tensor<3xf32> grid [4] stride [1] padding [0] : tensor<2x4x5xf32> -> tensor<2x3x3xf32> loc("conv")
  %m = spike.recombine mean %r : tensor<2x4x5xf32> -> tensor<4x5xf32>
  %y = spike.linear %m, dense<0.5> : tensor<2x5xf32> bias dense<0.5> : tensor<2xf32> : tensor<4x5xf32> -> tensor<4x2xf32> loc("fc")
  return %y : tensor<4x2xf32>
}
)");
  CountOptions options;
  options.rates = {{"*lif", 0.5}};
  const ModelCount count = test.count(options);
  CHECK(opNamed(count, "token").parameters == 40);
  CHECK(opNamed(count, "learned").parameters == 20);
  CHECK(opNamed(count, "sinusoid").parameters == 0);
  CHECK(opNamed(count, "plif").parameters == 1);
  CHECK(opNamed(count, "lif").parameters == 0);
  CHECK(opNamed(count, "conv").parameters == 3 * 5 * 2 + 3);
  CHECK(opNamed(count, "fc").parameters == 12);
  CHECK(count.totals.parameters == 40 + 20 + 1 + 33 + 12);
}

TEST_CASE("a tied weight counts once, equal numbers at two places twice") {
  const std::string head = R"(
  %h = spike.linear %e, KEY : tensor<8x5xf32> : tensor<4x5xf32> -> tensor<4x8xf32> loc("head")
  return %h : tensor<4x8xf32>
}
)";
  auto count = [&](std::string first, std::string second) {
    std::string text = "func.func @main(%tokens: tensor<4xi32>) -> tensor<4x8xf32> {\n"
                       "  %e = spike.lookup %tokens, " +
                       first +
                       " : tensor<8x5xf32> : tensor<4xi32> -> tensor<4x5xf32> loc(\"table\")";
    std::string rest = head;
    rest.replace(rest.find("KEY"), 3, second);
    CountTestModule test(text + rest);
    return test.count().totals.parameters;
  };
  CHECK(count("dense_resource<tied>", "dense_resource<tied>") == 40);
  CHECK(count("dense_resource<one>", "dense_resource<two>") == 80);
  CHECK(count("dense<0.5>", "dense<0.5>") == 80);
}

// or a LIF.
TEST_CASE("parameters of SpikeDecoder's shapes in closed form") {
  const int64_t E = 80, L = 12, V = 30, T = 4, h = 16;
  SpikeDecoderShape shape;
  CountTestModule test(SpikeDecoderText(shape).text());
  CountOptions options;
  options.rates = {{"*", 0.2}};
  const int64_t block = 4 * (E * E + E) + E * h * E + h * E + h * E * E + E // linears
                        + 2 * (5 * E + h * E);                              // norms
  CHECK(test.count(options).totals.parameters == V * E + L * block + T * E * V + V);
}
