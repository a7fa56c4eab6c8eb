// WiringTest: slices and joins of spikes that became wiring compute what they computed before, and
// run on chips.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/property/ChipPath.h"
#include "tests/property/Outcome.h"
#include "tests/system/SystemFixture.h"

#include "dialect/spike/Spike.h"
#include "passes/Passes.h"

#include <doctest/doctest.h>

#include <sstream>

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

namespace {

/// Attention whose queries, keys and values are slices of the neurons of one projection, behind a
/// norm; its neurons are joined with others. All numbers are multiples of 1/8, so that sums of
/// reals are exact in any order.
class JoinedAttention {
public:
  explicit JoinedAttention(Choices &choices) : choices(choices) {
    heads = choices.between(1, 2);
    width = heads * choices.between(1, 4);
    const int64_t inputs = choices.between(1, 5), gate = choices.between(1, 4),
                  joined = width + gate, behind = choices.between(1, 5);
    input.shape = {kSteps, kTokens, inputs};
    for (int64_t i = 0; i < kSteps * kTokens * inputs; ++i)
      input.values.push_back(static_cast<double>(choices.below(2)));
    // Wider than its slices, which leave out the neurons between them.
    const int64_t gap = choices.below(3), all = 3 * width + 2 * gap;
    firstKey = width + gap;
    firstValue = firstKey + width + gap;
    out << "module {\n  func.func @main(%x: " << type(inputs, "i1") << ") -> tensor<" << kTokens
        << "x2xf32> attributes {spike.model = #spike.model<name = \"joined\", time_steps = "
        << kSteps << ", context_length = " << kTokens
        << ", vocabulary = 2, alphabet = \"\", cleaning = \"none\">} {\n";
    linear("qkv", "x", inputs, all, choices.flip());
    out << "    %norm = spike.batch_norm %qkv, weight " << vector(all, 1, 8) << " bias "
        << vector(all, -8, 8) << " mean " << vector(all, -8, 8) << " variance dense<3.0> : tensor<"
        << all << "xf32> {eps = 1.0 : f64} : " << type(all, "f32") << " -> " << type(all, "f32")
        << " loc(\"norm\")\n";
    neurons("if", "norm", all);
    slice("q", 0, all);
    slice("k", firstKey, all);
    slice("v", firstValue, all);
    const std::string spikes = type(width, "i1");
    out << "    %ssa = spike.self_attention %q, %k, %v heads " << heads
        << " scale 0.25 causal : " << spikes << ", " << spikes << ", " << spikes << " -> "
        << type(width, "f32") << " loc(\"ssa\")\n";
    neurons("att_if", "ssa", width);
    linear("gate", "x", inputs, gate, false);
    neurons("gate_if", "gate", gate);
    out << "    %all = spike.concat %att_if, %gate_if : " << type(width, "i1") << ", "
        << type(gate, "i1") << " -> " << type(joined, "i1") << " loc(\"all\")\n";
    linear("mix", "all", joined, behind, choices.flip());
    neurons("mix_if", "mix", behind);
    out << "    %mean = spike.recombine mean %mix_if : " << type(behind, "i1") << " -> tensor<"
        << kTokens << "x" << behind << "xf32> loc(\"mean\")\n    %head = spike.linear %mean, "
        << matrix(2, behind) << " : tensor<" << kTokens << "x" << behind << "xf32> -> tensor<"
        << kTokens << "x2xf32> loc(\"head\")\n    return %head : tensor<" << kTokens
        << "x2xf32>\n  }\n}\n";
  }

  std::string text() const { return out.str(); }

  GraphInput input;
  int64_t heads = 0, width = 0, firstKey = 0, firstValue = 0;

private:
  static constexpr int64_t kSteps = 3, kTokens = 4;

  static std::string type(int64_t features, const char *element) {
    return "tensor<" + std::to_string(kSteps) + "x" + std::to_string(kTokens) + "x" +
           std::to_string(features) + "x" + element + ">";
  }

  std::string list(int64_t count, int64_t least, int64_t most) {
    std::string numbers;
    for (int64_t i = 0; i < count; ++i)
      numbers += (i == 0 ? "" : ", ") +
                 std::to_string(static_cast<double>(choices.between(least, most)) / 8);
    return "[" + numbers + "]";
  }
  std::string vector(int64_t count, int64_t least, int64_t most) {
    return "dense<" + list(count, least, most) + "> : tensor<" + std::to_string(count) + "xf32>";
  }
  std::string matrix(int64_t rows, int64_t columns) {
    std::string numbers;
    for (int64_t r = 0; r < rows; ++r)
      numbers += (r == 0 ? "" : ", ") + list(columns, -8, 8);
    return "dense<[" + numbers + "]> : tensor<" + std::to_string(rows) + "x" +
           std::to_string(columns) + "xf32>";
  }

  void linear(const char *name, const char *from, int64_t inputs, int64_t outputs,
              bool transposed) {
    out << "    %" << name << " = spike.linear %" << from << ", "
        << (transposed ? matrix(inputs, outputs) + " transposed" : matrix(outputs, inputs))
        << " bias " << vector(outputs, -8, 8) << " : " << type(inputs, "i1") << " -> "
        << type(outputs, "f32") << " loc(\"" << name << "\")\n";
  }

  /// With a threshold of its own for each channel.
  void neurons(const char *name, const char *from, int64_t columns) {
    out << "    %" << name << " = spike.neuron #spike.if<threshold = " << list(columns, 1, 8)
        << ", v_init = " << list(columns, 0, 4) << ">, %" << from << " : " << type(columns, "f32")
        << " -> " << type(columns, "i1") << " loc(\"" << name << "\")\n";
  }

  void slice(const char *name, int64_t from, int64_t all) {
    out << "    %" << name << " = spike.slice %if from " << from << " : " << type(all, "i1")
        << " -> " << type(width, "i1") << " loc(\"" << name << "\")\n";
  }

  Choices &choices;
  std::ostringstream out;
};

/// Whether the part has the spikes that these features of the whole have.
bool isPart(const spike::SpikeRecord &part, const spike::SpikeRecord &whole, int64_t from) {
  for (size_t i = 0; i < part.values.size(); ++i) {
    const size_t row = i / part.features, column = i % part.features + from;
    if (part.values[i] != whole.values[row * whole.features + column])
      return false;
  }
  return part.features > 0;
}

} // namespace

TEST_CASE("slices and joins of spikes become wiring that computes the same, on chips, too") {
  ChipTally tally;
  int64_t spikes = 0;
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    Choices choices = Choices::fromSeed(seed);
    const JoinedAttention model(choices);
    CAPTURE(model.text());
    Subject built(model.text(), model.input), wired(model.text(), model.input);
    REQUIRE_MESSAGE(built.graph.module, built.errors);
    REQUIRE(runPasses(wired, [](OpPassManager &m) { m.addPass(createWireSlices()); }));
    wired.graph.module->walk(
        [](Operation *op) { CHECK_FALSE(isa<spike::SliceOp, spike::ConcatOp>(op)); });
    const Outcome expected = interpret(built), found = interpret(wired);
    REQUIRE(expected.error == "");
    CHECK(difference(expected, found) == "");
    const spike::SpikeRecord *whole = expected.result.findSpikes("if");
    REQUIRE(whole);
    CHECK_FALSE(found.result.findSpikes("if"));
    for (const int64_t from : {int64_t{0}, model.firstKey, model.firstValue}) {
      const spike::SpikeRecord *part = found.result.findSpikes(
          "if[" + std::to_string(from) + ":" + std::to_string(from + model.width) + "]");
      REQUIRE(part);
      CHECK(isPart(*part, *whole, from));
      spikes += std::ranges::count(part->values, 1u);
    }
    Subject mapped(model.text(), model.input);
    CHECK(chipAgreesOn(mapped, "mesh-16x16", [](sim::Program &) {}, tally) == "");
  }
  CHECK(spikes > 1000);
  CHECK(tally.equal == 40);
}
