// OpCountRulesTest: counts of small nets against loops over their interpreted spikes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/count/CountTestModule.h"

#include <functional>

using namespace synfire::spike;
using namespace synfire::spike::test;

namespace {

/// Six tokens (a grid of 2 x 3), four features, three steps; spikes that differ everywhere.
constexpr int64_t kSteps = 3, kHeight = 2, kWidth = 3, kTokens = 6, kFeatures = 4;

/// A function whose spikes %s stand on `body`, which defines %y: tensor<6xOxf32>.
std::string network(const std::string &body, int64_t outputs) {
  std::string table;
  uint32_t state = 12345;
  for (int64_t i = 0; i < 7 * kFeatures; ++i) {
    state = state * 1664525u + 1013904223u;
    table += (i == 0               ? "[["
              : i % kFeatures == 0 ? "], ["
                                   : ", ") +
             std::to_string(static_cast<double>(state >> 8) / (1 << 24) * 2 - 0.3);
  }
  const std::string out = "tensor<6x" + std::to_string(outputs) + "xf32>";
  return "func.func @main(%tokens: tensor<6xi32>) -> " + out + R"( {
  %e = spike.lookup %tokens, dense<)" +
         table + R"(]]> : tensor<7x4xf32> : tensor<6xi32> -> tensor<6x4xf32> loc("table")
  %r = spike.repeat %e : tensor<6x4xf32> -> tensor<3x6x4xf32> loc("repeat")
  %s = spike.neuron #spike.if<threshold = [1.0]>, %r : tensor<3x6x4xf32> -> tensor<3x6x4xi1> loc("s")
)" + body +
         "  return %y : " + out + "\n}\n";
}

const std::vector<int32_t> kInput = {3, 0, 6, 2, 5, 1};

/// Calls `visit` for all (step, token, feature) where op `name` fired.
void forEachSpike(const InterpretResult &run, const std::string &name,
                  const std::function<void(int64_t, int64_t, int64_t)> &visit) {
  const SpikeRecord *record = run.findSpikes(name);
  REQUIRE(record != nullptr);
  for (int64_t t = 0, i = 0; t < record->timeSteps; ++t)
    for (int64_t n = 0; n < record->tokens; ++n)
      for (int64_t c = 0; c < record->features; ++c, ++i)
        if (record->values[static_cast<size_t>(i)] != 0)
          visit(t, n, c);
}

bool fired(const InterpretResult &run, const std::string &name, int64_t t, int64_t n, int64_t c) {
  const SpikeRecord *record = run.findSpikes(name);
  return record->values[static_cast<size_t>((t * record->tokens + n) * record->features + c)] != 0;
}

InterpretResult interpreted(CountTestModule &test) {
  auto run = interpret(test.main(), kInput);
  REQUIRE_MESSAGE(mlir::succeeded(run), test.messages);
  return *run;
}

} // namespace

TEST_CASE("a linear on spikes accumulates spikes x outputs, the one behind it multiplies") {
  CountTestModule test(network(R"(
  %a = spike.linear %s, dense<0.5> : tensor<5x4xf32> bias dense<0.1> : tensor<5xf32>
      : tensor<3x6x4xi1> -> tensor<3x6x5xf32> loc("on_spikes")
  %b = spike.linear %a, dense<0.5> : tensor<2x5xf32> : tensor<3x6x5xf32> -> tensor<3x6x2xf32> loc("on_reals")
  %y = spike.recombine sum %b : tensor<3x6x2xf32> -> tensor<6x2xf32> loc("sum")
)",
                               2));
  const InterpretResult run = interpreted(test);
  const ModelCount count = test.countRun(kInput);
  int64_t acs = 0, spikes = 0;
  forEachSpike(run, "s", [&](int64_t, int64_t, int64_t) {
    ++spikes;
    for (int output = 0; output < 5; ++output)
      ++acs;
  });
  REQUIRE(spikes > 10);
  CHECK(spikes < kSteps * kTokens * kFeatures);
  CHECK(opNamed(count, "s").spikes == spikes);
  CHECK(opNamed(count, "s").neuronUpdates == kSteps * kTokens * kFeatures);
  CHECK(opNamed(count, "on_spikes").acs == acs);
  CHECK(opNamed(count, "on_spikes").synops == acs);
  CHECK(opNamed(count, "on_spikes").macs == 0);
  CHECK(unpriced(opNamed(count, "on_spikes"), "bias_additions") == 3 * 6 * 5);
  CHECK(opNamed(count, "on_reals").macs == 3 * 6 * 5 * 2);
  CHECK(opNamed(count, "on_reals").acs == 0);
  CHECK(unpriced(opNamed(count, "sum"), "recombination_additions") == 3 * 6 * 2);
  CHECK(count.totals.acs == acs);
  CHECK(count.totals.spikes == spikes);
  CHECK(count.totals.energyUj == doctest::Approx(1e-6 * (4.6 * 180 + 0.9 * double(acs))));
}

TEST_CASE("a head on recombined spikes accumulates the spikes of the steps that it reads") {
  for (const std::string mode : {"mean", "sum", "last", "concatenate"}) {
    CAPTURE(mode);
    const std::string width = mode == "concatenate" ? "12" : "4";
    CountTestModule test(
        network("  %m = spike.recombine " + mode + " %s : tensor<3x6x4xi1> -> tensor<6x" + width +
                    "xf32> loc(\"join\")\n  %y = spike.linear %m, dense<0.5> : tensor<7x" + width +
                    "xf32> : tensor<6x" + width + "xf32> -> tensor<6x7xf32> loc(\"head\")\n",
                7));
    const InterpretResult run = interpreted(test);
    const ModelCount count = test.countRun(kInput);
    int64_t acs = 0;
    forEachSpike(run, "s", [&](int64_t t, int64_t, int64_t) {
      if (mode != "last" || t == kSteps - 1)
        acs += 7;
    });
    REQUIRE(acs > 0);
    CHECK(opNamed(count, "head").acs == acs);
    CHECK(opNamed(count, "head").macs == 0);
    CHECK(opNamed(count, "join").unpriced.empty());
  }
}

TEST_CASE("a convolution on spikes adds a weight per output that a spike reaches") {
  struct Shape {
    int64_t kernel, stride, padding, dilation, groups;
  };
  for (const Shape &s : {Shape{1, 1, 0, 1, 1}, Shape{3, 1, 1, 1, 1}, Shape{2, 2, 1, 1, 2},
                         Shape{3, 2, 2, 2, 1}, Shape{2, 1, 0, 1, 4}}) {
    const int64_t outputs = 8, inputs = kFeatures / s.groups;
    auto points = [&](int64_t size) {
      return (size + 2 * s.padding - s.dilation * (s.kernel - 1) - 1) / s.stride + 1;
    };
    const int64_t outHeight = points(kHeight), outWidth = points(kWidth);
    auto pair = [](int64_t x) { return "[" + std::to_string(x) + ", " + std::to_string(x) + "]"; };
    const std::string k = std::to_string(s.kernel), n = std::to_string(outHeight * outWidth);
    auto conv = [&](const std::string &value, const std::string &element, const std::string &name) {
      return "  %" + name + " = spike.conv %" + value + ", dense<0.5> : tensor<8x" +
             std::to_string(inputs) + "x" + k + "x" + k + "xf32> grid [2, 3] stride " +
             pair(s.stride) + " padding " + pair(s.padding) + " dilation " + pair(s.dilation) +
             " {groups = " + std::to_string(s.groups) + " : i64} : tensor<3x6x4x" + element +
             "> -> tensor<3x" + n + "x8xf32> loc(\"" + name + "\")\n";
    };
    CountTestModule test(network(conv("s", "i1", "spiking") + conv("r", "f32", "real") + R"(
  %y = spike.recombine sum %r : tensor<3x6x4xf32> -> tensor<6x4xf32>
)",
                                 4));
    const InterpretResult run = interpreted(test);
    const ModelCount count = test.countRun(kInput);
    int64_t acs = 0, macs = 0;
    for (int64_t t = 0; t < kSteps; ++t)
      for (int64_t py = 0; py < outHeight; ++py)
        for (int64_t px = 0; px < outWidth; ++px)
          for (int64_t o = 0; o < outputs; ++o)
            for (int64_t ky = 0; ky < s.kernel; ++ky)
              for (int64_t kx = 0; kx < s.kernel; ++kx)
                for (int64_t i = 0; i < inputs; ++i) {
                  ++macs;
                  const int64_t y = py * s.stride + ky * s.dilation - s.padding;
                  const int64_t x = px * s.stride + kx * s.dilation - s.padding;
                  if (y >= 0 && y < kHeight && x >= 0 && x < kWidth)
                    acs +=
                        fired(run, "s", t, y * kWidth + x, o / (outputs / s.groups) * inputs + i);
                }
    REQUIRE(acs > 0);
    CHECK(opNamed(count, "spiking").acs == acs);
    CHECK(opNamed(count, "spiking").macs == 0);
    CHECK(opNamed(count, "real").macs == macs);
    CHECK(opNamed(count, "real").acs == 0);
  }
}

TEST_CASE("sums over windows add what they read, a maximum only compares") {
  CountTestModule test(network(R"(
  %a = spike.pool sum %s grid [2, 3] window [2, 2] stride [1, 1] padding [1, 1] : tensor<3x6x4xi1> -> tensor<3x12x4xui3> loc("sum")
  %b = spike.pool average %r grid [2, 3] window [2, 2] stride [1, 1] padding [0, 0] : tensor<3x6x4xf32> -> tensor<3x2x4xf32> loc("average")
  %c = spike.pool max %s grid [2, 3] window [2, 2] stride [1, 1] padding [0, 0] : tensor<3x6x4xi1> -> tensor<3x2x4xi1> loc("max")
  %y = spike.recombine sum %r : tensor<3x6x4xf32> -> tensor<6x4xf32>
)",
                               4));
  const InterpretResult run = interpreted(test);
  const ModelCount count = test.countRun(kInput);
  // With padding 1 every point lies in the four windows around it.
  int64_t spikes = 0;
  forEachSpike(run, "s", [&](int64_t, int64_t, int64_t) { ++spikes; });
  CHECK(opNamed(count, "sum").acs == 4 * spikes);
  CHECK(opNamed(count, "average").acs == 3 * 2 * 4 * 4);
  CHECK(opNamed(count, "max").acs == 0);
  CHECK(unpriced(opNamed(count, "max"), "comparisons") == 3 * 2 * 4 * 4);
  int64_t sums = 0;
  forEachSpike(run, "sum", [&](int64_t, int64_t, int64_t) { ++sums; });
  CHECK(opNamed(count, "sum").spikes == sums);
}

TEST_CASE("a graded spike costs accumulates as its value says, or one multiplication") {
  CountTestModule test(network(R"(
  %a = spike.pool sum %s grid [2, 3] window [2, 2] stride [2, 2] padding [0, 1] : tensor<3x6x4xi1> -> tensor<3x2x4xui3> loc("sum")
  %b = spike.linear %a, dense<0.5> : tensor<5x4xf32> : tensor<3x2x4xui3> -> tensor<3x2x5xf32> loc("linear")
  %c = spike.conv %a, dense<0.5> : tensor<7x4x1x1xf32> grid [1, 2] stride [1, 1] padding [0, 0] : tensor<3x2x4xui3> -> tensor<3x2x7xf32> loc("conv")
  %d = spike.pool sum %a grid [1, 2] window [1, 2] stride [1, 2] padding [0, 0] : tensor<3x2x4xui3> -> tensor<3x1x4xui4> loc("pool")
  %y = spike.recombine sum %r : tensor<3x6x4xf32> -> tensor<6x4xf32>
)",
                               4));
  const InterpretResult run = interpreted(test);
  int64_t spikes = 0, values = 0;
  const SpikeRecord *sums = run.findSpikes("sum");
  REQUIRE(sums != nullptr);
  for (auto value : sums->values) {
    spikes += value != 0;
    values += value;
  }
  REQUIRE(values > spikes);
  const ModelCount accumulates = test.countRun(kInput);
  CHECK(opNamed(accumulates, "linear").acs == 5 * values);
  CHECK(opNamed(accumulates, "linear").macs == 0);
  CHECK(opNamed(accumulates, "linear").synops == 5 * values);
  CHECK(opNamed(accumulates, "conv").acs == 7 * values);
  CHECK(opNamed(accumulates, "pool").acs == values);
  CountOptions options;
  options.gradedSynop = synfire::GradedSynop::Multiply;
  const ModelCount multiplies = test.countRun(kInput, options);
  CHECK(opNamed(multiplies, "linear").macs == 5 * spikes);
  CHECK(opNamed(multiplies, "linear").acs == 0);
  CHECK(opNamed(multiplies, "linear").synops == 5 * spikes);
  CHECK(opNamed(multiplies, "conv").macs == 7 * spikes);
  CHECK(opNamed(multiplies, "pool").macs == spikes);
  // Spikes of one bit are added, whatever the chip does with others.
  CHECK(opNamed(multiplies, "sum").acs == opNamed(accumulates, "sum").acs);
}

TEST_CASE("spiking attention counts coincidences: query spikes and scores that are not zero") {
  for (const bool causal : {false, true})
    for (const std::string keyHeads : {"", " kv_heads 1"})
      for (const std::string scoreNeuron : {"", " score_neuron(#spike.if<threshold = [2.0]>)"}) {
        CAPTURE(causal);
        CAPTURE(keyHeads);
        CAPTURE(scoreNeuron);
        const std::string kv = keyHeads.empty() ? "%s" : "%k";
        const std::string type = keyHeads.empty() ? "tensor<3x6x4xi1>" : "tensor<3x6x2xi1>";
        CountTestModule test(network(
            "  %k = spike.slice %s from 1 : tensor<3x6x4xi1> -> tensor<3x6x2xi1> loc(\"k\")\n"
            "  %a = spike.self_attention %s, " +
                kv + ", " + kv + " heads 2 scale 0.5" + (causal ? " causal" : "") + keyHeads +
                scoreNeuron + " : tensor<3x6x4xi1>, " + type + ", " + type +
                " -> tensor<3x6x4xf32> loc(\"ssa\")\n"
                "  %y = spike.recombine sum %a : tensor<3x6x4xf32> -> tensor<6x4xf32>\n",
            4));
        const InterpretResult run = interpreted(test);
        const ModelCount count = test.countRun(kInput);
        int64_t scoring = 0, values = 0, all = 0, firings = 0;
        for (int64_t h = 0; h < 2; ++h)
          for (int64_t n = 0; n < kTokens; ++n)
            for (int64_t m = 0; m < (causal ? n + 1 : kTokens); ++m) {
              int64_t membrane = 0; // of the score neuron
              for (int64_t t = 0; t < kSteps; ++t) {
                ++all;
                int64_t score = 0;
                for (int64_t e = 0; e < 2; ++e) {
                  const bool q = fired(run, "s", t, n, 2 * h + e);
                  const bool k = keyHeads.empty() ? fired(run, "s", t, m, 2 * h + e)
                                                  : fired(run, "s", t, m, 1 + e);
                  scoring += q;
                  score += q && k;
                }
                membrane += score;
                const bool fires = membrane >= 2;
                membrane = fires ? 0 : membrane;
                firings += fires;
                const bool adds = scoreNeuron.empty() ? score != 0 : fires;
                values += adds ? 2 : 0;
              }
            }
        REQUIRE(values > 0);
        CHECK(opNamed(count, "ssa").acs == scoring + values);
        CHECK(opNamed(count, "ssa").macs == 0);
        CHECK(opNamed(count, "ssa").neuronUpdates == (scoreNeuron.empty() ? 0 : all));
        CHECK(opNamed(count, "ssa").spikes == (scoreNeuron.empty() ? 0 : firings));
      }
}

TEST_CASE("a sum of keys and values adds once for every product that is not zero") {
  CountTestModule test(network(R"(
  %v = spike.delay %s steps [1] : tensor<3x6x4xi1> -> tensor<3x6x4xi1> loc("v")
  %a = spike.key_value_sum %s, %v causal : tensor<3x6x4xi1> -> tensor<3x6x4xf32> loc("kv")
  %y = spike.recombine sum %a : tensor<3x6x4xf32> -> tensor<6x4xf32>
)",
                               4));
  const InterpretResult run = interpreted(test);
  int64_t products = 0;
  forEachSpike(run, "s", [&](int64_t t, int64_t n, int64_t c) {
    products += t > 0 && fired(run, "s", t - 1, n, c);
  });
  REQUIRE(products > 0);
  CHECK(opNamed(test.countRun(kInput), "kv").acs == products);
}

TEST_CASE("softmax attention multiplies for both products over the pairs that see each other") {
  for (const bool causal : {false, true}) {
    CountTestModule test(network(std::string(R"(
  %a = spike.softmax_attention %r, %r, %r heads 2 scale 0.5)") +
                                     (causal ? " causal" : "") + R"(
      : tensor<3x6x4xf32>, tensor<3x6x4xf32>, tensor<3x6x4xf32> -> tensor<3x6x4xf32> loc("attention")
  %y = spike.recombine sum %a : tensor<3x6x4xf32> -> tensor<6x4xf32>
)",
                                 4));
    const OpCounts attention = opNamed(test.countRun(kInput), "attention");
    int64_t macs = 0, softmax = 0;
    for (int64_t t = 0; t < kSteps; ++t)
      for (int64_t h = 0; h < 2; ++h)
        for (int64_t n = 0; n < kTokens; ++n)
          for (int64_t m = 0; m < (causal ? n + 1 : kTokens); ++m) {
            macs += 2 + 2; // a score over 2 features, and its share of 2 outputs
            ++softmax;
          }
    CHECK(attention.macs == macs);
    CHECK(unpriced(attention, "softmax_elements") == softmax);
  }
}

TEST_CASE("ops inside a recurrent region count over all steps, the feedback a step later") {
  CountTestModule test(network(R"(
  %o = spike.recurrent -> tensor<3x6x4xi1> {
  ^bb0(%back: tensor<3x6x4xi1>):
    %i = spike.linear %back, dense<0.25> : tensor<4x4xf32> : tensor<3x6x4xi1> -> tensor<3x6x4xf32> loc("feedback")
    %sum = spike.add %i, %r : tensor<3x6x4xf32>, tensor<3x6x4xf32> -> tensor<3x6x4xf32> loc("add")
    %n = spike.neuron #spike.if<threshold = [1.0]>, %sum : tensor<3x6x4xf32> -> tensor<3x6x4xi1> loc("inner")
    spike.yield %n : tensor<3x6x4xi1>
  }
  %f = spike.linear %o, dense<0.25> : tensor<2x4xf32> : tensor<3x6x4xi1> -> tensor<3x6x2xf32> loc("behind")
  %y = spike.recombine sum %f : tensor<3x6x2xf32> -> tensor<6x2xf32>
)",
                               2));
  const InterpretResult run = interpreted(test);
  const ModelCount count = test.countRun(kInput);
  int64_t all = 0, fedBack = 0;
  forEachSpike(run, "inner", [&](int64_t t, int64_t, int64_t) {
    ++all;
    fedBack += t < kSteps - 1;
  });
  REQUIRE(fedBack > 0);
  REQUIRE(fedBack < all);
  CHECK(opNamed(count, "feedback").acs == fedBack * 4);
  CHECK(opNamed(count, "behind").acs == all * 2);
  CHECK(opNamed(count, "inner").spikes == all);
  CHECK(unpriced(opNamed(count, "add"), "residual_additions") == 3 * 6 * 4);
}

TEST_CASE("norms that fold cost nothing and say so; the others are listed") {
  const std::string c = "dense<1.0> : tensor<4xf32>";
  CountTestModule test(
      network("  %a = spike.linear %s, dense<0.5> : tensor<4x4xf32> : tensor<3x6x4xi1> -> "
              "tensor<3x6x4xf32> loc(\"fc\")\n"
              "  %b = spike.batch_norm %a, weight " +
                  c + " bias " + c + " mean " + c + " variance " + c +
                  " : tensor<3x6x4xf32> -> tensor<3x6x4xf32> loc(\"folds\")\n"
                  "  %c = spike.power_norm %b, weight " +
                  c + " bias " + c + " phi " + c +
                  " : tensor<3x6x4xf32> -> tensor<3x6x4xf32> loc(\"stays\")\n"
                  "  %d = spike.layer_norm %c, weight " +
                  c + " bias " + c + " : tensor<3x6x4xf32> -> tensor<3x6x4xf32> loc(\"layer\")\n" +
                  "  %n = spike.rms_norm %d, weight " + c +
                  " : tensor<3x6x4xf32> -> tensor<3x6x4xf32> loc(\"rms\")\n" +
                  "  %i = spike.silu %n : tensor<3x6x4xf32> -> tensor<3x6x4xf32> loc(\"silu\")\n" +
                  "  %m = spike.multiply %i, %n : tensor<3x6x4xf32>, tensor<3x6x4xf32> -> "
                  "tensor<3x6x4xf32> loc(\"gate\")\n" +
                  "  %g = spike.gelu %m : tensor<3x6x4xf32> -> tensor<3x6x4xf32> loc(\"gelu\")\n" +
                  "  %y = spike.recombine sum %g : tensor<3x6x4xf32> -> tensor<6x4xf32>\n",
              4));
  const ModelCount count = test.countRun(kInput);
  CHECK(opNamed(count, "folds").unpriced.empty());
  CHECK(opNamed(count, "folds").rule == "folds into fc");
  CHECK(unpriced(opNamed(count, "stays"), "norm_elements") == 72);
  CHECK(unpriced(opNamed(count, "layer"), "norm_elements") == 72);
  CHECK(unpriced(opNamed(count, "rms"), "norm_elements") == 72);
  CHECK(unpriced(opNamed(count, "silu"), "activation_elements") == 72);
  CHECK(unpriced(opNamed(count, "gate"), "gate_products") == 72);
  CHECK(unpriced(opNamed(count, "gelu"), "activation_elements") == 72);
  CHECK(unpriced(count.totals, "norm_elements") == 216);
  // Running statistics are no parameters.
  CHECK(opNamed(count, "folds").parameters == 8);
  CHECK(opNamed(count, "layer").parameters == 8);
}

TEST_CASE("a norm does not fold into a layer that another op reads, too") {
  const std::string t = "tensor<3x6x4xf32>", c = "dense<1.0> : tensor<4xf32>";
  CountTestModule test(
      network("  %a = spike.linear %s, dense<0.5> : tensor<4x4xf32> : tensor<3x6x4xi1> -> " + t +
                  " loc(\"fc\")\n  %b = spike.batch_norm %a, weight " + c + " bias " + c +
                  " mean " + c + " variance " + c + " : " + t + " -> " + t +
                  " loc(\"norm\")\n  %d = spike.add %a, %b : " + t + ", " + t + " -> " + t +
                  "\n  %y = spike.recombine sum %d : " + t + " -> tensor<6x4xf32>\n",
              4));
  const ModelCount count = test.countRun(kInput);
  CHECK(unpriced(opNamed(count, "norm"), "norm_elements") == 72);
  CHECK(opNamed(count, "norm").rule.empty());
}
