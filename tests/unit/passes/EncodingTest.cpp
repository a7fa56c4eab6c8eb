// EncodingTest: scales, fraction bits and statistics of small groups, worked out by hand.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/passes/PassTestModule.h"

#include "passes/GroupEncoding.h"
#include "passes/WriterRange.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace synfire;
using namespace synfire::test;

namespace {

/// The encoding of the one group of a function, and what is said about it.
struct Chosen : PassTestModule {
  Chosen(const std::string &text, const NumericProfile &profile, int64_t tokens = 1) {
    context.printOpOnDiagnostic(false);
    REQUIRE_MESSAGE(parse(text), messages);
    EncodingPlan plan = planEncodings(main());
    REQUIRE(plan.groups.size() == 1);
    for (spike::SynapseLike synapse : plan.groups[0].synapses)
      synapse.setWeightForm(*profile.formOf(synapse));
    mlir::FailureOr<GroupEncoding> chosen = chooseEncoding(plan.groups[0], profile, tokens);
    REQUIRE(succeeded(chosen));
    encoding = std::move(*chosen);
  }
  GroupEncoding encoding;
};

/// `inputs` wires of spikes, of type i1 or uiK, into one neuron with equal weights.
std::string oneNeuron(int64_t steps, int64_t inputs, const std::string &spike,
                      const std::string &weight, const std::string &model,
                      const std::string &bias = "") {
  const std::string t = "tensor<" + std::to_string(steps) + "x?x", n = std::to_string(inputs);
  return "func.func @main(%x: " + t + n + "x" + spike + ">) -> " + t + "1xi1> {\n" +
         "  %0 = spike.linear %x, dense<" + weight + "> : tensor<1x" + n + "xf32>" +
         (bias.empty() ? "" : " bias dense<" + bias + "> : tensor<1xf32>") + " : " + t + n + "x" +
         spike + "> -> " + t + "1xf32>\n" + "  %1 = spike.neuron #spike." + model + ", %0 : " + t +
         "1xf32> -> " + t + "1xi1>\n  return %1 : " + t + "1xi1>\n}\n";
}

NumericProfile profileOf(int64_t weightBits, int64_t stateBits,
                         std::optional<int64_t> fractionBits = std::nullopt) {
  NumericProfile profile;
  profile.weights.bits = weightBits;
  profile.stateBits = stateBits;
  profile.stateFractionBits = fractionBits;
  return profile;
}

} // namespace

TEST_CASE("a scale is never so fine that the largest constant takes more than half the state") {
  // Weights of no consequence; in units of the current, the largest constant is 4.
  for (const char *model :
       {"if<threshold = [4.0]>", "if<threshold = [1.0], v_reset = -4.0 : f64>",
        "if<threshold = [1.0], v_init = -4.0 : f64>", "if<threshold = [1.0], bias = -4.0 : f64>",
        "cuba_lif<current_decay = 0.0 : f64, current_gain = 0.5 : f64, membrane_decay = 1.0 : f64, "
        "membrane_gain = 0.5 : f64, threshold = [1.0]>"}) {
    CAPTURE(model);
    Chosen chosen(oneNeuron(2, 1, "i1", "1.0e-12", model), profileOf(8, 32));
    CHECK(chosen.encoding.scale[0] == std::ldexp(4, -30));
    CHECK(chosen.encoding.fractionBits == 0);
  }
  Chosen biased(oneNeuron(2, 1, "i1", "1.0e-12", "if<threshold = [1.0]>", "-4.0"),
                profileOf(8, 32));
  CHECK(biased.encoding.scale[0] == std::ldexp(4, -30));
}

TEST_CASE("fractions get a quarter of the state, or what the chip says, but no more than needed") {
  // tau 2: a threshold of 1 is a current of 2, and a leak without rounding needs a bit per step.
  const auto scale = [](int64_t steps, const NumericProfile &profile) {
    return Chosen(oneNeuron(steps, 1, "i1", "1.0e-12", "lif<tau = 2.0 : f64, threshold = [1.0]>"),
                  profile)
        .encoding.scale[0];
  };
  CHECK(scale(16, profileOf(8, 32)) == std::ldexp(2, 8 - 30));
  CHECK(scale(16, profileOf(8, 24)) == std::ldexp(2, 6 - 22));
  CHECK(scale(16, profileOf(8, 24, 10)) == std::ldexp(2, 10 - 22));
  CHECK(scale(4, profileOf(8, 24, 10)) == std::ldexp(2, 4 - 22));
}

TEST_CASE("as many fraction bits are kept as the state holds with every input firing") {
  // A token attends to 32 tokens of 4 columns: 128, in the end twice that with tau 2. In 16 bits
  // 7 of the 8 fraction bits fit; with two heads of 2 columns all of them.
  const auto chosen = [](int64_t heads) {
    const std::string spikes = "tensor<8x32x4xi1>", reals = "tensor<8x32x4xf32>";
    return Chosen(
        "func.func @main(%x: " + spikes + ") -> " + spikes + " {\n" +
            "  %0 = spike.self_attention %x, %x, %x heads " + std::to_string(heads) +
            " scale 1.0 : " + spikes + ", " + spikes + ", " + spikes + " -> " + reals +
            "\n  %1 = spike.neuron #spike.lif<tau = 2.0 : f64, threshold = [1.0]>, %0 : " + reals +
            " -> " + spikes + " loc(\"att\")\n  return %1 : " + spikes + "\n}\n",
        profileOf(8, 16), 32);
  };
  const Chosen one = chosen(1), two = chosen(2);
  CHECK(one.encoding.fractionBits == 7);
  CHECK(one.messages == "'att': a leak without rounding needs 8 fraction bits in membranes of 17 "
                        "bits, has 16 (the default); 7 fraction bits are kept and the leak is "
                        "rounded toward_zero\n");
  CHECK(two.encoding.fractionBits == 8);
  CHECK(two.messages == "");
}

TEST_CASE("fraction bits leave room for the inputs that a program can have") {
  // 2^7 or 2^8 sources of 8 bits over weights of 16 bits are 30 or 31 bits of 60.
  const auto fraction = [](int64_t inputs, const std::string &spike) {
    return Chosen(
               oneNeuron(30, inputs, spike, "1.0e-12", "lif<tau = 2.0 : f64, threshold = [1.0]>"),
               profileOf(16, 48, 30))
        .encoding.fractionBits;
  };
  CHECK(fraction(256, "i1") == 30);
  CHECK(fraction(128, "ui8") == 30);
  CHECK(fraction(256, "ui8") == 29);
}

TEST_CASE("a membrane that can overflow is told, its biases counted in") {
  // The bias is 2^30 units: two steps of it exceed 31 bits, one does not.
  const auto said = [](int64_t steps, NumericProfile profile) {
    return Chosen(oneNeuron(steps, 1, "i1", "1.0e-12", "if<threshold = [0.5]>", "1.0"), profile)
        .messages;
  };
  NumericProfile profile = profileOf(8, 32);
  const std::string needs =
      "'spike.neuron': with every input firing a membrane needs 33 bits, has ";
  CHECK(said(1, profile) == "");
  CHECK(said(2, profile) == needs + "32 (the default); an overflow ends the simulation\n");
  profile.saturates = true;
  profile.target = "chip";
  CHECK(said(2, profile) == needs + "32 (core.state_bits of 'chip'); it would saturate\n");
}

TEST_CASE("what the host reads can overflow, too: every step's spikes in one integrator") {
  // 3 inputs of up to 3 and 4 steps, over the weight 127: 4572, which 13 bits do not hold.
  const auto said = [](const std::string &mode, int64_t stateBits) {
    return Chosen("func.func @main(%x: tensor<4x?x3xui2>) -> tensor<?x1xf32> {\n"
                  "  %0 = spike.recombine " +
                      mode +
                      " %x : tensor<4x?x3xui2> -> tensor<?x3xf32>\n"
                      "  %1 = spike.linear %0, dense<1.0> : tensor<1x3xf32> : tensor<?x3xf32> -> "
                      "tensor<?x1xf32> loc(\"head\")\n  return %1 : tensor<?x1xf32>\n}\n",
                  profileOf(8, stateBits))
        .messages;
  };
  const std::string needs = "'head': with every input firing its integrator needs ";
  CHECK(said("sum", 14) == "");
  CHECK(said("sum", 13) == needs + "14 bits, has 13 (the default)\n");
  CHECK(said("last", 12) == ""); // 1143
  CHECK(said("last", 11) == needs + "12 bits, has 11 (the default)\n");
}

TEST_CASE("a group has one unit; what no chip computes is in none") {
  // How many groups of currents a function has whose spikes are %x: tensor<4x8x4xi1>.
  const auto groups = [](const std::string &body, const std::string &type = "tensor<4x8x4xi1>") {
    PassTestModule test;
    REQUIRE_MESSAGE(
        test.parse(
            "func.func @main(%x: " + type +
            ") attributes {spike.model = #spike.model<name = \"m\", time_steps = 4, "
            "context_length = 8, vocabulary = 3, alphabet = \"\", cleaning = \"none\">} {\n" +
            body + "  return\n}\n"),
        test.messages);
    return planEncodings(test.main()).groups.size();
  };
  const std::string spikes = "tensor<4x8x4xi1>", reals = "tensor<4x8x4xf32>";
  const auto attention = [&](const std::string &name, const std::string &options,
                             const std::string &keys = "%x",
                             const std::string &type = "tensor<4x8x4xi1>") {
    return "  " + name + " = spike.self_attention %x, " + keys + ", " + keys + " heads 2 " +
           options + " : " + spikes + ", " + type + ", " + type + " -> " + reals + "\n";
  };
  const std::string add =
      "  %s = spike.add %a, %b : " + reals + ", " + reals + " -> " + reals + "\n";
  CHECK(groups(attention("%a", "scale 0.5") + attention("%b", "scale 0.5") + add) == 1);
  CHECK(groups(attention("%a", "scale 0.5") + attention("%b", "scale 0.25") + add) == 2);
  // The sum of both is real: spikes of the chip enter it as integers, those of the input as reals.
  const auto inject = [&](const std::string &from) {
    return "  %b = spike.inject " + from + " : " + spikes + " -> " + reals + "\n";
  };
  CHECK(groups(attention("%a", "scale 0.5") + inject("%x") + add) == 1);
  CHECK(groups(attention("%k", "scale 0.5") + "  %n = spike.neuron #spike.if<threshold = [1.0]>, " +
               "%k : " + reals + " -> " + spikes + "\n" + attention("%a", "scale 0.5") +
               inject("%n") + add) == 3);
  CHECK(groups(attention("%a", "scale 0.5 score_neuron(#spike.if<threshold = [1.0]>)")) == 1);
  const std::string narrow = "  %k = spike.slice %x from 0 : " + spikes + " -> tensor<4x8x2xi1>\n";
  CHECK(groups(narrow + attention("%a", "scale 0.5 kv_heads 1", "%k", "tensor<4x8x2xi1>")) == 1);
  CHECK(groups("  %a = spike.inject %x : " + spikes + " -> " + reals + "\n") == 1);
  // Spikes of another number of steps than the model's are the host's.
  CHECK(groups("  %m = spike.recombine last %x : " + spikes + " -> tensor<8x4xf32>\n" +
               "  %r = spike.repeat %m : tensor<8x4xf32> -> tensor<1x8x4xf32>\n" +
               "  %n = spike.neuron #spike.if<threshold = [1.0]>, %r : tensor<1x8x4xf32> -> "
               "tensor<1x8x4xi1>\n"
               "  %a = spike.inject %n : tensor<1x8x4xi1> -> tensor<1x8x4xf32>\n") == 0);
}

namespace {

/// The synapses of a function.
struct Writer : PassTestModule {
  explicit Writer(const std::string &body) {
    REQUIRE_MESSAGE(
        parse("func.func @main(%x: tensor<4x?x3xi1>, %g: tensor<4x?x3xui2>) {\n  %y = " + body +
              "\n  return\n}\n"),
        messages);
  }
  spike::SynapseLike synapse() {
    spike::SynapseLike found;
    module->walk([&](spike::SynapseLike op) { found = op; });
    return found;
  }
};

using Numbers = llvm::SmallVector<double>;

} // namespace

TEST_CASE("weights count with factor; a column is read the same however it is stored") {
  const std::string type = "tensor<4x?x3xi1> -> tensor<4x?x2xf32>",
                    scale = " channel_scale [2.0, -0.5] : ";
  Writer straight("spike.linear %x, dense<[[1.0, 0.75, -2.0], [0.25, -1.25, 0.0]]> : "
                  "tensor<2x3xf32>" +
                  scale + type);
  Writer turned("spike.linear %x, dense<[[1.0, 0.25], [0.75, -1.25], [-2.0, 0.0]]> : "
                "tensor<3x2xf32> transposed" +
                scale + type);
  for (Writer *writer : {&straight, &turned}) {
    CHECK(*largestWeights(writer->synapse()) == Numbers{4, 0.625});
    auto view = *spike::WeightView::get(writer->synapse().getStoredWeight());
    Numbers column(2);
    loadColumn(writer->synapse(), view, 0, 1, column);
    CHECK(column == Numbers{0.75, -2});
    loadColumn(writer->synapse(), view, 1, 0, column);
    CHECK(column == Numbers{0.25, -1.25});
  }
}

TEST_CASE("statistics of rounded weights, clamping included") {
  Writer writer("spike.linear %x, dense<[[1.0, 0.75, -2.0], [0.25, -1.25, 0.0]]> : "
                "tensor<2x3xf32> : tensor<4x?x3xi1> -> tensor<4x?x2xf32>");
  // 3 bits, so up to 3. Column 0 in halves: 2, 1.5 -> 2, -4 -> -3; column 1: 0.25 -> 0, -1.25 ->
  // -1.
  writer.synapse().setWeightForm(WeightForm::ofBits(3));
  const WriterStatistics statistics = measureWriter(writer.synapse(), {0.5, 1.0});
  CHECK(statistics.rowSum == llvm::SmallVector<int64_t>{2 + 2 + 3, 1});
  CHECK(statistics.largestError == 0.5 / 2.0);
  const double squares = 0.25 * 0.25 + 0.5 * 0.5 + 0.25 * 0.25 + 0.25 * 0.25;
  CHECK(statistics.rmsError == doctest::Approx(std::sqrt(squares / 6) / 2.0).epsilon(1e-12));

  Writer inject("spike.inject %x : tensor<4x?x3xi1> -> tensor<4x?x3xf32>");
  CHECK(*largestWeights(inject.synapse()) == Numbers{1, 1, 1});
  inject.synapse().setWeightForm(WeightForm::ofBits(8));
  CHECK(measureWriter(inject.synapse(), {0.5, 0.25, 1.0}).rowSum ==
        llvm::SmallVector<int64_t>{2, 4, 1});
}

namespace {

/// The scales of one channel of weights, and of spikes that are injected beside them if there is
/// an `inject`, whose attributes it is.
Numbers scalesOf(const std::string &weights, const std::string &attributes,
                 const std::string &inject = "", const NumericProfile &profile = {}) {
  const std::string real = "tensor<4x?x1xf32>", spikes = "tensor<4x?x1xi1>";
  const bool injects = !inject.empty();
  Chosen chosen("func.func @main(%x: tensor<4x?x4xi1>, %s: " + spikes + ") -> " + spikes + " {\n" +
                    "  %0 = spike.linear %x, dense<[[" + weights + "]]> : tensor<1x4xf32> {" +
                    attributes + "} : tensor<4x?x4xi1> -> " + real + "\n" +
                    (injects ? "  %1 = spike.inject %s {" + inject + "} : " + spikes + " -> " +
                                   real + "\n  %2 = spike.add %0, %1 : " + real + ", " + real +
                                   " -> " + real + "\n"
                             : "") +
                    "  %3 = spike.neuron #spike.if<threshold = [1.0]>, %" + (injects ? "2" : "0") +
                    " : " + real + " -> " + spikes + "\n  return %3 : " + spikes + "\n}\n",
                profile);
  return {chosen.encoding.scale.begin(), chosen.encoding.scale.end()};
}

} // namespace

TEST_CASE("a format's scale is the mean of the weights that it keeps") {
  const std::string weights = "0.5, -1.0, 1.25, 0.25";
  CHECK(scalesOf(weights, "weight_format = \"sign\"") == Numbers{0.75});
  CHECK(scalesOf(weights, "weight_bits = 1 : i64") == Numbers{0.75});
  // The mean magnitude is 0.75, of which 0.7 are 0.525.
  CHECK(scalesOf(weights, "weight_format = \"ternary\"") == Numbers{1.125});
  // The mean of 0.5, 1.25 and 0.25 is 2/3, of which half is a third.
  CHECK(scalesOf(weights, "weight_format = \"binary\"") == Numbers{0.875});
  CHECK(scalesOf(weights, "weight_bits = 8 : i64") == Numbers{1.25 / 127});
  // An injected spike is one weight of 1 among those that are kept.
  CHECK(scalesOf(weights, "weight_format = \"ternary\"", "weight_format = \"ternary\"") ==
        Numbers{3.25 / 3});
  CHECK(scalesOf(weights, "weight_format = \"ternary\"", "weight_bits = 8 : i64") ==
        Numbers{1.125});
}

TEST_CASE("signs of zeros, which are 1, are next to nothing") {
  CHECK(scalesOf("0.0, 0.0, 0.0, 0.0", "weight_format = \"sign\"") == Numbers{0x1p-30});
  CHECK(scalesOf("0.0, 0.0, 0.0, 0.0", "weight_format = \"ternary\"") == Numbers{0x1p-30});
}

TEST_CASE("weights of one magnitude have it as their scale, to the bit") {
  const double tenth = 0.1f; // a third of three times as much is another number
  CHECK(scalesOf("0.1, -0.1, 0.1, 0.0", "weight_format = \"ternary\"") == Numbers{tenth});
  CHECK(scalesOf("0.1, 0.0, 0.1, 0.1", "weight_format = \"binary\"") == Numbers{tenth});
  CHECK(scalesOf("0.1, -0.1, 0.1, -0.1", "weight_format = \"sign\"") == Numbers{tenth});
}

TEST_CASE("what an op asks of its weights comes before what is asked of all") {
  NumericProfile ternary;
  ternary.weights = {0, WeightFormat::Ternary};
  const std::string weights = "0.5, -1.0, 1.25, 0.25";
  CHECK(scalesOf(weights, "", "", ternary) == Numbers{1.125});
  CHECK(scalesOf(weights, "weight_bits = 8 : i64", "", ternary) == Numbers{1.25 / 127});
  CHECK(scalesOf(weights, "weight_format = \"sign\"", "", ternary) == Numbers{0.75});
}

TEST_CASE("the largest input is that of a spike, or of all steps' spikes where they are added") {
  const auto largest = [](const std::string &mode, const std::string &columns) {
    Writer writer("spike.recombine " + mode + " %g : tensor<4x?x3xui2> -> tensor<?x" + columns +
                  "xf32>");
    int64_t input = 0;
    writer.module->walk([&](spike::RecombineOp op) { input = largestInput(op.getResult()); });
    return input;
  };
  CHECK(largest("mean", "3") == 4 * 3);
  CHECK(largest("sum", "3") == 4 * 3);
  CHECK(largest("last", "3") == 3);
  CHECK(largest("concatenate", "12") == 3);
  Writer writer("spike.inject %x : tensor<4x?x3xi1> -> tensor<4x?x3xf32>");
  CHECK(largestInput(writer.main().getArgument(0)) == 1);
  CHECK(largestInput(writer.main().getArgument(1)) == 3);
}

TEST_CASE("the mean of equal weights is their magnitude, without rounding") {
  KeptWeights kept;
  for (int i = 0; i < 3; ++i) // 0.1 + 0.1 + 0.1 is above 0.3
    kept.sum += 0.1;
  kept.least = kept.largest = 0.1;
  kept.count = 3;
  CHECK(kept.sum / 3 != 0.1);
  CHECK(kept.scale() == 0.1);
}
