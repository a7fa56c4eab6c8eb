// RatesTest: where rates come from, which of them wins, and what is said when none is there.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/count/CountTestModule.h"

using namespace synfire::spike;
using namespace synfire::spike::test;

namespace {

/// Two neurons a and b (T 4, 10 tokens, 5 features) whose spikes `body` uses to make %v.
std::string network(const std::string &body, const std::string &rateOfA = "") {
  return R"(func.func @main(%tokens: tensor<10xi32>) -> tensor<10x5xf32> {
  %e = spike.lookup %tokens, dense<0.5> : tensor<8x5xf32> : tensor<10xi32> -> tensor<10x5xf32> loc("table")
  %r = spike.repeat %e : tensor<10x5xf32> -> tensor<4x10x5xf32> loc("repeat")
  %a = spike.neuron #spike.if<threshold = [1.0]>, %r )" +
         rateOfA + R"( : tensor<4x10x5xf32> -> tensor<4x10x5xi1> loc("block0.a")
  %b = spike.neuron #spike.if<threshold = [2.0]>, %r : tensor<4x10x5xf32> -> tensor<4x10x5xi1> loc("block0.b")
)" + body +
         R"(
  %y = spike.recombine sum %v : tensor<4x10x5xf32> -> tensor<10x5xf32> loc("sum")
  return %y : tensor<10x5xf32>
}
)";
}

std::string linearOn(const std::string &value, const std::string &type) {
  const std::string inputs = type.substr(5, 1); // 4x10xD...
  return "  %v = spike.linear " + value + ", dense<0.5> : tensor<5x" + inputs + "xf32> : tensor<" +
         type + "> -> tensor<4x10x5xf32> loc(\"fc\")\n";
}

ModelCount countWith(const std::string &text, const std::vector<GivenRate> &rates) {
  CountTestModule test(text);
  CountOptions options;
  options.rates = rates;
  return test.count(options);
}

std::string refusalWith(const std::string &text, const std::vector<GivenRate> &rates) {
  CountTestModule test(text);
  CountOptions options;
  options.rates = rates;
  return test.refusal(options);
}

const RateUse &rateOf(const ModelCount &count, const std::string &op) {
  for (const RateUse &use : count.rates)
    if (use.op == op)
      return use;
  FAIL("no rate of " << op);
  return count.rates.front();
}

constexpr double kEntries = 4 * 10 * 5;

} // namespace

TEST_CASE("a name beats a pattern, a longer pattern a shorter one, any of them the model's own") {
  const std::string text = network(linearOn("%a", "4x10x5xi1"), "{spike.firing_rate = 0.25 : f64}");
  const std::vector<GivenRate> longer = {{"*", 0.5}, {"block*.a", 0.125}, {"*.a", 0.5}};
  std::vector<GivenRate> named = longer;
  named.push_back({"block0.a", 0.75});
  CHECK(opNamed(countWith(text, {}), "fc").acs == 0.25 * kEntries * 5);
  CHECK(rateOf(countWith(text, {}), "block0.a").source == RateSource::Default);
  CHECK(opNamed(countWith(text, longer), "fc").acs == 0.125 * kEntries * 5);
  CHECK(rateOf(countWith(text, longer), "block0.a").source == RateSource::Given);
  CHECK(opNamed(countWith(text, named), "fc").acs == 0.75 * kEntries * 5);
}

TEST_CASE("expectations are rounded op by op and totals sum the rounded") {
  const ModelCount count = countWith(network(linearOn("%a", "4x10x5xi1")), {{"*", 0.0333}});
  CHECK(opNamed(count, "fc").acs == 33); // 0.0333 x 200 x 5 = 33.3
  CHECK(opNamed(count, "block0.a").spikes == 7);
  CHECK(count.totals.acs == 33);
  CHECK(count.totals.spikes == 14);
  // 0.0337 x 200 = 6.74, x 5 = 33.7: to the nearest, not down.
  const ModelCount up = countWith(network(linearOn("%a", "4x10x5xi1")), {{"*", 0.0337}});
  CHECK(opNamed(up, "fc").acs == 34);
  CHECK(opNamed(up, "fc").synops == 34);
  CHECK(opNamed(up, "block0.a").spikes == 7);
}

TEST_CASE("views, sums and gates of spikes derive their rate, spikes taken as independent") {
  struct Case {
    std::string op, type;
    double rate;
    double value = rate; ///< the mean of an entry
  };
  const std::string i1 = "tensor<4x10x5xi1>", two = i1 + ", " + i1;
  for (const Case &c : {
           Case{"spike.add %a, %b : " + two + " -> tensor<4x10x5xui2>", "4x10x5xui2",
                1 - 0.5 * 0.75, 0.5 + 0.25},
           Case{"spike.pool sum %a grid [10] window [3] stride [1] padding [1] : " + i1 +
                    " -> tensor<4x10x5xui2>",
                "4x10x5xui2", 1 - 0.5 * 0.5 * 0.5, 3 * 0.5},
           Case{"spike.logic or %a, %b : " + i1, "4x10x5xi1", 1 - 0.5 * 0.75},
           Case{"spike.logic and %a, %b : " + i1, "4x10x5xi1", 0.5 * 0.25},
           Case{"spike.logic iand %a, %b : " + i1, "4x10x5xi1", 0.5 * 0.25},
           Case{"spike.slice %b from 2 : " + i1 + " -> tensor<4x10x3xi1>", "4x10x3xi1", 0.25},
           Case{"spike.delay %a steps [1] : " + i1 + " -> " + i1, "4x10x5xi1", 0.5 * 0.75},
           Case{"spike.delay %a steps [0, 1, 2, 3, 4] : " + i1 + " -> " + i1, "4x10x5xi1",
                0.5 * (4 + 3 + 2 + 1 + 0) / 20},
           Case{"spike.pool max %a grid [10] window [3] stride [1] padding [1] : " + i1 + " -> " +
                    i1,
                "4x10x5xi1", 1 - 0.5 * 0.5 * 0.5},
       }) {
    CAPTURE(c.op);
    const ModelCount count =
        countWith(network("  %d = " + c.op + " loc(\"derived\")\n" + linearOn("%d", c.type)),
                  {{"*.a", 0.5}, {"*.b", 0.25}});
    CHECK(rateOf(count, "derived").rate == doctest::Approx(c.rate));
    CHECK(rateOf(count, "derived").source == RateSource::Derived);
    const double inputs = c.type[5] - '0';
    CHECK(opNamed(count, "fc").acs == std::llround(c.value * 40 * inputs * 5));
  }
}

TEST_CASE("codes: one bit of a one-hot code, half of the bits that only a run can tell") {
  const std::string text = R"(func.func @main(%tokens: tensor<10xi32>) -> tensor<10x2xf32> {
  %o = spike.code one_hot token %tokens size 8 : tensor<10xi32> -> tensor<10x8xi1> loc("one_hot")
  %b = spike.code binary token %tokens size 4 : tensor<10xi32> -> tensor<10x2xi1> loc("binary")
  %c = spike.concat %o, %b : tensor<10x8xi1>, tensor<10x2xi1> -> tensor<10x10xi1> loc("concat")
  %y = spike.linear %c, dense<0.5> : tensor<2x10xf32> : tensor<10x10xi1> -> tensor<10x2xf32> loc("fc")
  return %y : tensor<10x2xf32>
}
)";
  const ModelCount count = countWith(text, {});
  CHECK(rateOf(count, "one_hot").rate == 0.125);
  CHECK(rateOf(count, "one_hot").source == RateSource::Derived);
  CHECK(rateOf(count, "binary").source == RateSource::Assumed);
  CHECK(rateOf(count, "concat").source == RateSource::Assumed);
  CHECK(opNamed(count, "fc").acs == (1 + 1) * 10 * 2);
  const ModelCount given = countWith(text, {{"binary", 0.25}});
  CHECK(rateOf(given, "concat").source == RateSource::Derived);
  CHECK(opNamed(given, "fc").acs == 30);
}

TEST_CASE("an attention takes the share of its scores, a sum of keys and values that of products") {
  const std::string i1 = "tensor<4x10x5xi1>";
  const std::string text =
      network("  %s = spike.self_attention %a, %b, %b heads 5 scale 1.0 causal : " + i1 + ", " +
              i1 + ", " + i1 + " -> tensor<4x10x5xf32> loc(\"ssa\")\n" +
              "  %k = spike.key_value_sum %a, %b : " + i1 + " -> tensor<4x10x5xf32> loc(\"kv\")\n" +
              "  %v = spike.add %s, %k : tensor<4x10x5xf32>, tensor<4x10x5xf32> -> "
              "tensor<4x10x5xf32> loc(\"add\")\n");
  const ModelCount count = countWith(text, {{"*.a", 0.5}, {"*.b", 0.25}, {"ssa", 0.1}});
  // Of 4 x 5 heads x 55 pairs one score in ten; a query spike meets 5.5 tokens on average.
  CHECK(opNamed(count, "ssa").acs == std::llround(0.5 * 4 * 5 * 55 + 0.1 * 4 * 5 * 55));
  CHECK(rateOf(count, "ssa").of == "scores");
  CHECK(opNamed(count, "kv").acs == 0.125 * kEntries);
  CHECK(rateOf(count, "kv").source == RateSource::Derived);
  CHECK(opNamed(countWith(text, {{"*", 0.5}, {"kv", 0.04}}), "kv").acs == 0.04 * kEntries);
}

TEST_CASE("all ops that lack a rate are named; the ones that nobody reads stay unknown") {
  const std::string i1 = "tensor<4x10x5xi1>";
  const std::string gate =
      "  %g = spike.logic or %a, %b : " + i1 + " loc(\"gate\")\n" + linearOn("%g", "4x10x5xi1");
  CHECK(refusalWith(network(gate), {}) ==
        "ops without a rate: 'block0.a', 'block0.b'; give "
        "--rates FILE, or --text, --tokens or --input to measure them\n");
  CHECK(refusalWith(network(gate), {{"block0.a", 0.5}}) ==
        "ops without a rate: 'block0.b'; give --rates FILE, or --text, --tokens or --input to "
        "measure them\n");
  const ModelCount count = countWith(network(linearOn("%a", "4x10x5xi1")), {{"*.a", 0.5}});
  CHECK(count.unknownSpikes == std::vector<std::string>{"block0.b"});
  CHECK_FALSE(opNamed(count, "block0.b").spikes.has_value());
  CHECK(count.totals.spikes == 100);
}

TEST_CASE("a feedback that feeds itself alone is silent; through an op it needs that op's rate") {
  auto recurrent = [](const std::string &body) {
    return network("  %o = spike.recurrent -> tensor<4x10x5xi1> {\n"
                   "  ^bb0(%back: tensor<4x10x5xi1>):\n" +
                   body + "  }\n" + linearOn("%o", "4x10x5xi1"));
  };
  const ModelCount silent = countWith(recurrent("    spike.yield %back : tensor<4x10x5xi1>\n"), {});
  CHECK(opNamed(silent, "fc").acs == 0);
  const std::string latch = recurrent("    %l = spike.logic or %back, %a : tensor<4x10x5xi1> "
                                      "loc(\"latch\")\n    spike.yield %l : tensor<4x10x5xi1>\n");
  CHECK(contains(refusalWith(latch, {{"*.a", 0.5}}), "ops without a rate: 'latch';"));
  CHECK(opNamed(countWith(latch, {{"*.a", 0.5}, {"latch", 0.75}}), "fc").acs ==
        0.75 * kEntries * 5);
}

TEST_CASE("a rate of what has none is refused: no such op, no spikes, no pattern but a star") {
  const std::string model = network(linearOn("%a", "4x10x5xi1"));
  for (const char *pattern : {"blok*.a", "fc", "input", "block?.a", "[ab]*", "block0.a*x", "*b*c"})
    CHECK(refusalWith(model, {{"*", 0.5}, {pattern, 0.5}}) ==
          "rates are given for what has none: '" + std::string(pattern) +
              "'; ops that emit spikes and attentions have one (a neuron's name, such as "
              "'block0.attn.q_lif'); `synfire import` lists the model's ops\n");
  for (const char *pattern : {"*", "block0.a", "*a", "b*", "*ock*.a", "b*k*.*a", "**"})
    CHECK(opNamed(countWith(model, {{pattern, 0.5}}), "fc").acs ==
          opNamed(countWith(model, {{"block0.a", 0.5}}), "fc").acs);
  // Of equally long patterns the first holds.
  CHECK(opNamed(countWith(model, {{"b*.a", 0.5}, {"*0.a", 0.25}}), "fc").acs ==
        opNamed(countWith(model, {{"block0.a", 0.5}}), "fc").acs);
}

TEST_CASE("spikes that are the function's input have a rate under the name input") {
  const std::string text = R"(func.func @main(%x: tensor<4x10x5xi1>) -> tensor<4x10x2xf32> {
  %y = spike.linear %x, dense<0.5> : tensor<2x5xf32> : tensor<4x10x5xi1> -> tensor<4x10x2xf32> loc("fc")
  return %y : tensor<4x10x2xf32>
}
)";
  CHECK(opNamed(countWith(text, {{"input", 0.25}}), "fc").acs == 50 * 2);
  CHECK(contains(refusalWith(text, {}), "ops without a rate: 'input'"));
}

TEST_CASE("an open number of tokens is the context, or as asked; a fixed one is kept") {
  const std::string body = R"(
  %y = spike.lookup %tokens, dense<0.5> : tensor<8x5xf32> : tensor<?xi32> -> tensor<?x5xf32> loc("table")
  %z = spike.linear %y, dense<0.5> : tensor<2x5xf32> : tensor<?x5xf32> -> tensor<?x2xf32> loc("fc")
  return %z : tensor<?x2xf32>
}
)";
  const std::string open = "func.func @main(%tokens: tensor<?xi32>) -> tensor<?x2xf32>";
  CountTestModule model(
      open +
      " attributes {spike.model = #spike.model<name = \"m\", time_steps = 1, "
      "context_length = 16, vocabulary = 8, alphabet = \"\", cleaning = \"none\">} {" +
      body);
  CHECK(opNamed(model.count(), "fc").macs == 16 * 5 * 2);
  CHECK(model.count().tokens == 16);
  CountOptions three;
  three.tokens = 3;
  CHECK(opNamed(model.count(three), "fc").macs == 3 * 5 * 2);
  CountTestModule bare(open + " {" + body);
  CHECK(bare.refusal() == "cannot be counted: its number of tokens is open, and it has no "
                          "spike.model with a context\n");
  CHECK(bare.count(three).tokens == 3);
  CountTestModule fixed(network(linearOn("%a", "4x10x5xi1")));
  CHECK(fixed.refusal(three) == "takes another number of tokens: needs 10, has 3\n");
  CountTestModule two("func.func @main(%a: tensor<3xi32>, %b: tensor<3xi32>) { return }\n");
  CHECK(two.refusal() == "cannot be counted: needs one tensor as its argument, has type "
                         "'(tensor<3xi32>, tensor<3xi32>) -> ()'\n");
}

TEST_CASE("counts up to 2^53 are exact, larger ones are refused, with the op") {
  // 2^17 inputs and 2^18 outputs.
  const auto linear = [](int64_t tokens) {
    const std::string n = std::to_string(tokens);
    return CountTestModule("func.func @main(%x: tensor<" + n + "x131072xf32>) -> tensor<" + n +
                           "x262144xf32> {\n  %y = spike.linear %x, dense<0.5> : "
                           "tensor<262144x131072xf32> : tensor<" +
                           n + "x131072xf32> -> tensor<" + n + "x262144xf32> loc(\"fc\")\n" +
                           "  return %y : tensor<" + n + "x262144xf32>\n}\n");
  };
  CHECK(linear(1 << 18).count().totals.macs == int64_t{1} << 53);
  CHECK(linear((1 << 18) + 1).refusal() ==
        "'fc': too many operations: needs at most 2^53, has 9.007234e+15; give fewer tokens or "
        "steps\n");
}

TEST_CASE("totals above 2^53 are refused, with the op at which they exceed it") {
  // Each linear has 2^52 multiply-accumulates.
  const std::string rows = "tensor<4096x1048576xf32>";
  std::string text = "func.func @main(%x0: " + rows + ") -> " + rows + " {\n";
  for (int i = 0; i < 3; ++i) {
    const std::string from = std::to_string(i), to = std::to_string(i + 1);
    text += "  %x" + to + " = spike.linear %x" + from +
            ", dense<0.5> : tensor<1048576x1048576xf32> : " + rows + " -> " + rows + " loc(\"fc" +
            to + "\")\n";
  }
  CountTestModule test(text + "  return %x3 : " + rows + "\n}\n");
  CHECK(test.refusal() == "'fc3': too many operations up to here: needs at most 2^53, has "
                          "1.351080e+16; give fewer tokens or steps\n");
}

TEST_CASE("absurd numbers of tokens and windows are refused, with the op") {
  CountTestModule tokens(
      "func.func @main(%x: tensor<1x33554432x1xi1>) -> tensor<1x33554432x1xf32> {\n"
      "  %y = spike.self_attention %x, %x, %x heads 1 scale 1.0 : tensor<1x33554432x1xi1>, "
      "tensor<1x33554432x1xi1>, tensor<1x33554432x1xi1> -> tensor<1x33554432x1xf32> loc(\"ssa\")\n"
      "  return %y : tensor<1x33554432x1xf32>\n}\n");
  CHECK(
      contains(tokens.refusal(), "'ssa': too large to count: the number of tokens needs at most "));
  CountTestModule window(
      "func.func @main(%x: tensor<1048576x1xf32>) -> tensor<1x1xf32> {\n"
      "  %y = spike.pool max %x grid [1048576] window [1048576] stride [1] padding [0] : "
      "tensor<1048576x1xf32> -> tensor<1x1xf32> loc(\"pool\")\n"
      "  return %y : tensor<1x1xf32>\n}\n");
  CHECK(contains(window.refusal(), "'pool': too large to count: points x window of one dimension"));
}

TEST_CASE("rates are derived through long and wide graphs at once") {
  const std::string i1 = "tensor<4x10x5xi1>";
  std::string chain;
  for (int i = 0; i < 20000; ++i) {
    const std::string before = i == 0 ? "%a" : "%c" + std::to_string(i - 1);
    chain += "  %c" + std::to_string(i) + " = spike.logic or " + before + ", " + before + " : " +
             i1 + " loc(\"c" + std::to_string(i) + "\")\n";
  }
  const std::string text = network(chain + linearOn("%c19999", "4x10x5xi1"));
  CHECK(opNamed(countWith(text, {{"*.a", 0.5}}), "fc").acs == std::llround(kEntries * 5));
  CHECK(contains(refusalWith(text, {}), "ops without a rate: 'block0.a';"));
}

TEST_CASE("a run measures another module's ops by name, unless two ops share one") {
  const std::string text = network(linearOn("%a", "4x10x5xi1"));
  CountTestModule run(text), counted(text);
  Measurement measurement;
  InterpretOptions watch;
  watch.observe = [&](mlir::Operation *op, llvm::ArrayRef<const Tensor *> operands,
                      const Tensor &value) { measurement.observe(op, operands, value); };
  REQUIRE(mlir::succeeded(interpret(run.main(), {0, 1, 2, 3, 4, 5, 6, 7, 0, 1}, watch)));
  auto named = measurement.forFunction(counted.main());
  REQUIRE(mlir::succeeded(named));
  CountOptions options;
  options.measured = &*named;
  const ModelCount count = counted.count(options);
  CHECK(opNamed(count, "block0.a").spikes == 100); // 0.5 a step reaches 1.0 at every second
  CHECK(rateOf(count, "block0.a").source == RateSource::Measured);

  std::string twice = text;
  twice.replace(twice.find("block0.b"), 8, "block0.a");
  CountTestModule doubled(twice);
  Measurement ambiguous;
  watch.observe = [&](mlir::Operation *op, llvm::ArrayRef<const Tensor *> operands,
                      const Tensor &value) { ambiguous.observe(op, operands, value); };
  REQUIRE(mlir::succeeded(interpret(doubled.main(), {0, 1, 2, 3, 4, 5, 6, 7, 0, 1}, watch)));
  CHECK(mlir::failed(ambiguous.forFunction(counted.main())));
  CHECK(contains(doubled.messages, "'block0.a': 2 ops with spikes have this name"));
}
