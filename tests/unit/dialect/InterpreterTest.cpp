// InterpreterTest: whole functions, what is recorded, what is refused.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/dialect/SpikeTestModule.h"

#include <doctest/doctest.h>

using namespace mlir;
using namespace synfire::spike;
using namespace synfire::spike::test;

/// Two tokens ids, two channels, T = 2: token 0 is 1.5 everywhere, so its IF
/// neuron of threshold 2 fires in step 1 with v = 3; token 1 is never enough.
static constexpr const char *kNetwork = R"(
func.func @main(%tokens: tensor<?xi32>) -> tensor<?x1xf32> attributes {spike.model =
    #spike.model<name = "tiny", time_steps = 2, context_length = 3, vocabulary = 2,
                 alphabet = "ab", cleaning = "none">} {
  %e = spike.lookup %tokens, dense<[[1.0, 1.0], [-1.0, 1.0]]> : tensor<2x2xf32>
      : tensor<?xi32> -> tensor<?x2xf32> loc("embed.token")
  %b = spike.binarize %e : tensor<?x2xf32> -> tensor<?x2xi1> loc("embed.token_code")
  %r = spike.repeat %b : tensor<?x2xi1> -> tensor<2x?x2xi1> loc("embed.repeat")
  %l = spike.linear %r, dense<0.75> : tensor<2x2xf32> : tensor<2x?x2xi1> -> tensor<2x?x2xf32>
      loc("fc")
  %n = spike.neuron #spike.if<threshold = [2.0]>, %l : tensor<2x?x2xf32> -> tensor<2x?x2xi1>
      loc("lif")
  %s = spike.add %r, %n : tensor<2x?x2xi1>, tensor<2x?x2xi1> -> tensor<2x?x2xui2> loc("add")
  %m = spike.recombine sum %s : tensor<2x?x2xui2> -> tensor<?x2xf32> loc("head.recombine")
  %h = spike.linear %m, dense<1.0> : tensor<1x2xf32> bias dense<0.5> : tensor<1xf32>
      : tensor<?x2xf32> -> tensor<?x1xf32> loc("head.fc")
  return %h : tensor<?x1xf32>
}
)";

TEST_CASE("a small network gives the spikes and logits that a hand gives") {
  SpikeTestModule test;
  auto module = test.parse(kNetwork);
  REQUIRE(module);
  FailureOr<InterpretResult> result = interpret(mainOf(*module), {0, 1}, {.keepCurrents = true});
  REQUIRE(succeeded(result));
  using Values = std::vector<uint32_t>;

  const SpikeRecord *neuron = result->findSpikes("lif");
  REQUIRE(neuron);
  CHECK(neuron->isNeuron);
  CHECK(neuron->timeSteps == 2);
  CHECK(neuron->tokens == 2);
  CHECK(neuron->features == 2);
  CHECK(neuron->values == Values{0, 0, 0, 0, 1, 1, 0, 0});

  const SpikeRecord *repeat = result->findSpikes("embed.repeat");
  REQUIRE(repeat);
  CHECK_FALSE(repeat->isNeuron);
  CHECK(repeat->values == Values{1, 1, 0, 1, 1, 1, 0, 1});
  REQUIRE(result->findSpikes("add"));
  CHECK(result->findSpikes("add")->values == Values{1, 1, 0, 1, 2, 2, 0, 1});
  CHECK(result->findSpikes("nothing") == nullptr);

  REQUIRE(result->currents.size() == 1);
  CHECK(result->currents[0].name == "fc");
  CHECK(result->currents[0].values ==
        std::vector<double>{1.5, 1.5, 0.75, 0.75, 1.5, 1.5, 0.75, 0.75});
  CHECK(result->tokens == 2);
  CHECK(result->vocabulary == 1);
  CHECK(result->logits == std::vector<double>{6.5, 2.5});
}

TEST_CASE("an observer sees every op with its operands, in program order") {
  SpikeTestModule test;
  auto module = test.parse(kNetwork);
  REQUIRE(module);
  std::vector<std::string> seen;
  InterpretOptions options;
  options.observe = [&](Operation *op, ArrayRef<const Tensor *> operands, const Tensor &value) {
    seen.push_back(sourceName(op));
    if (seen.back() == "add") {
      REQUIRE(operands.size() == 2);
      CHECK(operands[1]->integers() == Tensor::Integers{0, 0, 0, 0, 1, 1, 0, 0});
      CHECK(value.integers() == Tensor::Integers{1, 1, 0, 1, 2, 2, 0, 1});
    }
  };
  REQUIRE(succeeded(interpret(mainOf(*module), {0, 1}, options)));
  CHECK(seen == std::vector<std::string>{"embed.token", "embed.token_code", "embed.repeat", "fc",
                                         "lif", "add", "head.recombine", "head.fc"});
}

TEST_CASE("the same network in integers fires alike") {
  SpikeTestModule test;
  auto module = test.parse(R"(
#fine = #spike.fixed<scale = [0.25, 0.125], fraction_bits = 3>
func.func @main(%tokens: tensor<?xi32>) -> tensor<?x1xf32> {
  %e = spike.lookup %tokens, dense<[[1.0, 1.0], [-1.0, 1.0]]> : tensor<2x2xf32>
      : tensor<?xi32> -> tensor<?x2xf32>
  %b = spike.binarize %e : tensor<?x2xf32> -> tensor<?x2xi1>
  %r = spike.repeat %b : tensor<?x2xi1> -> tensor<2x?x2xi1>
  %l = spike.linear %r, dense<0.75> : tensor<2x2xf32> {weight_bits = 8 : i64}
      : tensor<2x?x2xi1> -> tensor<2x?x2xsi32, #fine> loc("fc")
  %n = spike.neuron #spike.if<threshold = [2.0]>, %l state(#spike.state<bits = 16>)
      : tensor<2x?x2xsi32, #fine> -> tensor<2x?x2xi1> loc("lif")
  %m = spike.recombine mean %n : tensor<2x?x2xi1>
      -> tensor<?x2xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>>
  %h = spike.linear %m, dense<1.0> : tensor<1x2xf32> bias dense<0.5> : tensor<1xf32>
      {weight_bits = 8 : i64} : tensor<?x2xsi32, #spike.fixed<scale = [0.5], fraction_bits = 0>>
      -> tensor<?x1xsi32, #spike.fixed<scale = [0.25], fraction_bits = 0>>
  %d = spike.dequantize %h : tensor<?x1xsi32, #spike.fixed<scale = [0.25], fraction_bits = 0>>
      -> tensor<?x1xf32>
  return %d : tensor<?x1xf32>
}
)");
  REQUIRE(module);
  FailureOr<InterpretResult> result = interpret(mainOf(*module), {0, 1}, {.keepCurrents = true});
  REQUIRE(succeeded(result));
  CHECK(result->findSpikes("lif")->values == std::vector<uint32_t>{0, 0, 0, 0, 1, 1, 0, 0});
  CHECK(result->currents[0].values ==
        std::vector<double>{1.5, 1.5, 0.75, 0.75, 1.5, 1.5, 0.75, 0.75});
  CHECK(result->logits == std::vector<double>{1.5, 0.5});
}

static std::string refusal(std::vector<int32_t> tokens, llvm::StringRef text = kNetwork) {
  SpikeTestModule test;
  auto module = test.parse(text);
  REQUIRE(module);
  CHECK(failed(interpret(mainOf(*module), tokens)));
  return test.messages;
}

TEST_CASE("tokens that do not fit are refused with place, value and limit") {
  CHECK(refusal({0, 2}) == "'embed.token': token 1: needs an id in 0..1, has 2\n");
  CHECK(refusal({-1}) == "'embed.token': token 0: needs an id in 0..1, has -1\n");
  CHECK(refusal({0, 0, 0, 0}) == "'tiny': needs at most 3 tokens (its context), has 4\n");
  CHECK(refusal({}) == "'tiny': needs at least 1 token, has 0\n");
}

TEST_CASE("more tokens than the position table has rows are refused") {
  CHECK(refusal({0, 0, 0}, R"(
func.func @main(%tokens: tensor<?xi32>) -> tensor<?x1xf32> {
  %p = spike.position %tokens, dense<1.0> : tensor<2x1xf32> : tensor<?xi32> -> tensor<?x1xf32>
      loc("embed.position")
  return %p : tensor<?x1xf32>
})") == "'embed.position': needs at most 2 tokens (the rows of its table), has 3\n");
}

TEST_CASE("weights that are not in the file are refused") {
  CHECK(refusal({0}, R"(
func.func @main(%tokens: tensor<?xi32>) -> tensor<?x1xf32> {
  %p = spike.lookup %tokens, dense_resource<token_table> : tensor<2x1xf32>
      : tensor<?xi32> -> tensor<?x1xf32>
  return %p : tensor<?x1xf32>
})") == "'spike.lookup': weights 'token_table' are not in the file (a description without "
        "weights); give them with --weights\n");
}

TEST_CASE("a weight that is no number is refused") {
  CHECK(refusal({0}, R"(
func.func @main(%tokens: tensor<?xi32>) -> tensor<?x1xf32> {
  %p = spike.lookup %tokens, dense<1.0> : tensor<2x2xf32> : tensor<?xi32> -> tensor<?x2xf32>
  %l = spike.linear %p, dense<[[1.0, 0x7FC00000]]> : tensor<1x2xf32>
      : tensor<?x2xf32> -> tensor<?x1xf32> loc("head.fc")
  return %l : tensor<?x1xf32>
})") == "'head.fc': weight [0, 1]: needs a finite number, has nan\n");
}

TEST_CASE("a current of 2^62 is refused") {
  CHECK(refusal({0}, R"(
#fine = #spike.fixed<scale = [1.0e-9], fraction_bits = 30>
func.func @main(%tokens: tensor<?xi32>) -> tensor<?x1xsi32, #fine> {
  %p = spike.lookup %tokens, dense<1.0> : tensor<2x2xf32> : tensor<?xi32> -> tensor<?x2xf32>
  %b = spike.binarize %p : tensor<?x2xf32> -> tensor<?x2xi1>
  %l = spike.linear %b, dense<1.0> : tensor<1x2xf32> bias dense<5.0> : tensor<1xf32> {weight_bits = 8 : i64}
      : tensor<?x2xi1> -> tensor<?x1xsi32, #fine> loc("fc")
  return %l : tensor<?x1xsi32, #fine>
})") == "'fc': column 0, token 0: needs a current of a magnitude below 4611686018427387904, has "
        "4611686018427387904 or beyond\n");
}

TEST_CASE("a result that is not finite is refused where it comes up") {
  CHECK(refusal({0, 0}, R"(
func.func @main(%tokens: tensor<?xi32>) -> tensor<?x2xf32> {
  %p = spike.position %tokens, dense<[[0.0, 1.0], [2.0, 2.0]]> : tensor<2x2xf32>
      : tensor<?xi32> -> tensor<?x2xf32>
  %n = spike.layer_norm %p, weight dense<1.0> : tensor<2xf32> bias dense<0.0> : tensor<2xf32>
      {eps = 0.0 : f64} : tensor<?x2xf32> -> tensor<?x2xf32> loc("norm")
  return %n : tensor<?x2xf32>
})") == "'norm': column 0, token 1: needs a finite value, has nan\n");
}

TEST_CASE("operations of other dialects are refused by name") {
  CHECK(refusal({0}, R"(
func.func @helper(%tokens: tensor<?xi32>) -> tensor<?x1xf32> {
  %p = spike.position %tokens, dense<1.0> : tensor<2x1xf32> : tensor<?xi32> -> tensor<?x1xf32>
  return %p : tensor<?x1xf32>
}
func.func @main(%tokens: tensor<?xi32>) -> tensor<?x1xf32> {
  %p = call @helper(%tokens) : (tensor<?xi32>) -> tensor<?x1xf32>
  return %p : tensor<?x1xf32>
})") == "'func.call': only operations of the spike dialect and func.return can be interpreted\n");
}
