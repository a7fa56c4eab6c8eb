// InterpreterRecurrentTest: networks with cycles against the same network by hand.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/dialect/SpikeTestModule.h"

#include "llvm/Support/FormatVariadic.h"

#include <doctest/doctest.h>

using namespace mlir;
using namespace synfire::spike;
using namespace synfire::spike::test;

static std::string dense(const std::vector<float> &numbers, int64_t rows) {
  std::string text = "dense<[";
  auto columns = static_cast<int64_t>(numbers.size()) / rows;
  for (int64_t r = 0; r < rows; ++r) {
    text += r == 0 ? "[" : ", [";
    for (int64_t c = 0; c < columns; ++c)
      text += (c == 0 ? "" : ", ") + llvm::formatv("{0:e9}", numbers[r * columns + c]).str();
    text += "]";
  }
  return text + llvm::formatv("]> : tensor<{0}x{1}xf32>", rows, columns).str();
}

/// T steps of two layers that excite and inhibit each other and themselves, the
/// second one's spikes two steps late and its membrane read back as a real.
static std::string network(int64_t steps, int64_t tokens, const std::vector<float> &own,
                           const std::vector<float> &back) {
  std::string shape = llvm::formatv("{0}x{1}x3", steps, tokens);
  return llvm::formatv(R"(
func.func @main(%x: tensor<{0}xf32>) -> tensor<{1}x3xf32> {{
  %s, %v = spike.recurrent -> tensor<{0}xi1>, tensor<{0}xf32> {{
  ^bb0(%spikes: tensor<{0}xi1>, %membrane: tensor<{0}xf32>):
    %i = spike.linear %spikes, {2} : tensor<{0}xi1> -> tensor<{0}xf32>
    %sum = spike.add %i, %x : tensor<{0}xf32>, tensor<{0}xf32> -> tensor<{0}xf32>
    %all = spike.add %sum, %membrane : tensor<{0}xf32>, tensor<{0}xf32> -> tensor<{0}xf32>
    %a = spike.neuron #spike.lif<tau = 2.0, threshold = [0.5]>, %all
        : tensor<{0}xf32> -> tensor<{0}xi1> loc("a")
    %late = spike.delay %a steps [2] : tensor<{0}xi1> -> tensor<{0}xi1>
    %j = spike.linear %late, {3} : tensor<{0}xi1> -> tensor<{0}xf32> loc("j")
    %w = spike.integrator %j {{decay = 0.5 : f64} : tensor<{0}xf32> -> tensor<{0}xf32>
    spike.yield %a, %w : tensor<{0}xi1>, tensor<{0}xf32>
  }
  %m = spike.recombine sum %v : tensor<{0}xf32> -> tensor<{1}x3xf32>
  return %m : tensor<{1}x3xf32>
})",
                       shape, tokens, dense(own, 3), dense(back, 3))
      .str();
}

TEST_CASE("a recurrent region is the network that a loop over the steps computes") {
  std::mt19937 random(12);
  int64_t fired = 0;
  for (auto [steps, tokens] : {std::pair<int64_t, int64_t>(1, 1), {2, 1}, {9, 2}, {16, 1}}) {
    SpikeTestModule test;
    std::vector<float> own = randomFloats(9, random), back = randomFloats(9, random);
    auto module = test.parse(network(steps, tokens, own, back));
    INFO(test.messages);
    REQUIRE(module);
    Tensor x = randomReals({steps, tokens, 3}, random, 1.5);
    FailureOr<InterpretResult> result =
        interpret(mainOf(*module), InputTensor{x.shape(), x.reals()}, {.keepCurrents = true});
    REQUIRE(succeeded(result));

    // By hand, step by step.
    int64_t width = tokens * 3;
    std::vector<std::vector<double>> spikes(steps, std::vector<double>(width));
    std::vector<double> v(width, 0.0), membrane(width, 0.0), sum(width, 0.0);
    for (int64_t t = 0; t < steps; ++t) {
      std::vector<double> before = membrane;
      for (int64_t n = 0; n < tokens; ++n)
        for (int64_t o = 0; o < 3; ++o) {
          int64_t at = n * 3 + o;
          double i = 0, j = 0;
          for (int64_t c = 0; c < 3; ++c) {
            i += (t >= 1 ? spikes[t - 1][n * 3 + c] : 0.0) * own[o * 3 + c];
            j += (t >= 2 ? spikes[t - 2][n * 3 + c] : 0.0) * back[o * 3 + c];
          }
          double current = (i + x.reals()[t * width + at]) + before[at];
          v[at] = 0.5 * v[at] + 0.5 * current;
          if (v[at] >= 0.5) {
            spikes[t][at] = 1;
            v[at] = 0;
            ++fired;
          }
          membrane[at] = 0.5 * membrane[at] + j;
          sum[at] += membrane[at];
        }
    }
    const SpikeRecord *a = result->findSpikes("a");
    REQUIRE(a);
    for (int64_t t = 0; t < steps; ++t)
      for (int64_t at = 0; at < width; ++at)
        REQUIRE(a->values[t * width + at] == spikes[t][at]);
    CHECK(result->logits == sum);
    // Each op of the region is recorded once, over all steps.
    CHECK(llvm::count_if(result->spikes, [](const SpikeRecord &r) { return r.name == "a"; }) == 1);
    auto isJ = [](const CurrentRecord &r) { return r.name == "j"; };
    CHECK(llvm::count_if(result->currents, isJ) == 1);
    CHECK(llvm::find_if(result->currents, isJ)->timeSteps == steps);
  }
  CHECK(fired > 20);
}

TEST_CASE("a region reads values without time, and may hold another region") {
  SpikeTestModule test;
  // The inner region counts steps, 1, 2, 3, 4; the outer one sums what it gives.
  auto module = test.parse(R"(
func.func @main(%x: tensor<1x1xf32>) -> tensor<1x1xf32> {
  %sums = spike.recurrent -> tensor<4x1x1xf32> {
  ^bb0(%sum: tensor<4x1x1xf32>):
    %counts = spike.recurrent -> tensor<4x1x1xf32> {
    ^bb0(%count: tensor<4x1x1xf32>):
      %one = spike.repeat %x : tensor<1x1xf32> -> tensor<4x1x1xf32>
      %next = spike.add %count, %one
          : tensor<4x1x1xf32>, tensor<4x1x1xf32> -> tensor<4x1x1xf32> loc("count")
      spike.yield %next : tensor<4x1x1xf32>
    }
    %more = spike.add %sum, %counts
        : tensor<4x1x1xf32>, tensor<4x1x1xf32> -> tensor<4x1x1xf32> loc("sum")
    spike.yield %more : tensor<4x1x1xf32>
  }
  %last = spike.recombine last %sums : tensor<4x1x1xf32> -> tensor<1x1xf32>
  return %last : tensor<1x1xf32>
})");
  INFO(test.messages);
  REQUIRE(module);
  auto result = interpret(mainOf(*module), InputTensor{{1, 1}, {1.0}}, {.keepCurrents = true});
  REQUIRE(succeeded(result));
  CHECK(result->logits == std::vector<double>{10});
  REQUIRE(result->currents.size() == 3);
  CHECK(result->currents[1].values == std::vector<double>{1, 2, 3, 4});
  CHECK(result->currents[2].values == std::vector<double>{1, 3, 6, 10});
}

TEST_CASE("only what the solution overflows is an error") {
  // Inhibition keeps the membrane at 90 of 127; without feedback it would pass it.
  auto run = [](int64_t inhibition) {
    SpikeTestModule test;
    auto module = test.parse(llvm::formatv(R"(
#e = #spike.fixed<scale = [1.0], fraction_bits = 0>
func.func @main(%x: tensor<4x1x1xi1>) -> tensor<1x1xf32> {{
  %s = spike.recurrent -> tensor<4x1x1xi1> {{
  ^bb0(%back: tensor<4x1x1xi1>):
    %i = spike.linear %x, dense<90.0> : tensor<1x1xf32> {{weight_bits = 8 : i64}
        : tensor<4x1x1xi1> -> tensor<4x1x1xsi32, #e>
    %j = spike.linear %back, dense<{0}.0> : tensor<1x1xf32> {{weight_bits = 8 : i64}
        : tensor<4x1x1xi1> -> tensor<4x1x1xsi32, #e>
    %k = spike.add %i, %j : tensor<4x1x1xsi32, #e>, tensor<4x1x1xsi32, #e> -> tensor<4x1x1xsi32, #e>
    %o = spike.neuron #spike.if<threshold = [50.0], reset = none>, %k
        state(#spike.state<bits = 8>) : tensor<4x1x1xsi32, #e> -> tensor<4x1x1xi1> loc("lif")
    spike.yield %o : tensor<4x1x1xi1>
  }
  %m = spike.recombine sum %s : tensor<4x1x1xi1> -> tensor<1x1xf32>
  return %m : tensor<1x1xf32>
})",
                                           inhibition)
                                 .str());
    INFO(test.messages);
    REQUIRE(module);
    auto result = interpret(mainOf(*module), InputTensor{{4, 1, 1}, {1, 1, 1, 1}});
    return succeeded(result) ? std::to_string(static_cast<int>(result->logits[0])) : test.messages;
  };
  CHECK(run(-90) == "4");
  CHECK(run(-45) ==
        "'lif': column 0, token 0, time step 1: membrane: needs -128..127 (a state of 8 bits), has "
        "135\n");
}

TEST_CASE("a region of many steps takes time that grows with the steps") {
  // Were every step to compute all steps before it, these would take hours.
  SpikeTestModule test;
  const int64_t steps = 200000;
  auto module = test.parse(llvm::formatv(R"(
func.func @main(%x: tensor<{0}x1x1xi1>) -> tensor<1x1xf32> {{
  %sums = spike.recurrent -> tensor<{0}x1x1xf32> {{
  ^bb0(%sum: tensor<{0}x1x1xf32>):
    %late = spike.delay %x steps [7] : tensor<{0}x1x1xi1> -> tensor<{0}x1x1xi1>
    %i = spike.inject %late : tensor<{0}x1x1xi1> -> tensor<{0}x1x1xf32>
    %next = spike.add %sum, %i : tensor<{0}x1x1xf32>, tensor<{0}x1x1xf32> -> tensor<{0}x1x1xf32>
    spike.yield %next : tensor<{0}x1x1xf32>
  }
  %last = spike.recombine last %sums : tensor<{0}x1x1xf32> -> tensor<1x1xf32>
  return %last : tensor<1x1xf32>
})",
                                         steps)
                               .str());
  INFO(test.messages);
  REQUIRE(module);
  auto result =
      interpret(mainOf(*module), InputTensor{{steps, 1, 1}, std::vector<double>(steps, 1.0)});
  REQUIRE(succeeded(result));
  CHECK(result->logits == std::vector<double>{steps - 7});
}

TEST_CASE("an error in a region within a region names the step of the solution") {
  // The inner region doubles its value at every step: 2^1024 is not finite.
  SpikeTestModule test;
  auto module = test.parse(R"(
func.func @main(%x: tensor<1100x1x1xf32>) -> tensor<1x1xf32> {
  %sums = spike.recurrent -> tensor<1100x1x1xf32> {
  ^bb0(%sum: tensor<1100x1x1xf32>):
    %powers = spike.recurrent -> tensor<1100x1x1xf32> {
    ^bb0(%power: tensor<1100x1x1xf32>):
      %twice = spike.add %power, %power
          : tensor<1100x1x1xf32>, tensor<1100x1x1xf32> -> tensor<1100x1x1xf32>
      %next = spike.add %twice, %x
          : tensor<1100x1x1xf32>, tensor<1100x1x1xf32> -> tensor<1100x1x1xf32> loc("next")
      spike.yield %next : tensor<1100x1x1xf32>
    }
    spike.yield %powers : tensor<1100x1x1xf32>
  }
  %last = spike.recombine last %sums : tensor<1100x1x1xf32> -> tensor<1x1xf32>
  return %last : tensor<1x1xf32>
})");
  INFO(test.messages);
  REQUIRE(module);
  std::vector<double> once(1100, 0.0);
  once[3] = 1.0; // 2^(t - 3) at step t; the addition before overflows at 2^1024
  auto result = interpret(mainOf(*module), InputTensor{{1100, 1, 1}, once});
  REQUIRE(failed(result));
  CHECK(test.messages.find("column 0, token 0, time step 1027: needs a finite value, has inf") !=
        std::string::npos);
}
