// ChipPathTest: what compiles runs on the chip as in the interpreter.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/property/ChipPath.h"
#include "tests/system/SystemFixture.h"

#include "dialect/chip/Chip.h"
#include "dialect/spike/FixedPoint.h"
#include "passes/Pipeline.h"
#include "support/Limits.h"

#include "mlir/Transforms/Passes.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

namespace {

const GraphOptions kSpiking = {.profile = Profile::Spiking};

/// Host ops among the rest: hybrids.
const GraphOptions kAny = {.profile = Profile::Any};

/// Puts a filter before the membrane of every neuron that will run in integers; every other channel
/// has a faster one.
void filterCurrents(Subject &subject) {
  subject.graph.module->walk([](spike::NeuronOp op) {
    const spike::NeuronModel model = op.getNeuronModel();
    if (!spike::hasIntegerForm(model))
      return;
    std::vector<double> currentDecay, decay, gain, vReset, vInit, bias;
    for (int64_t c = 0; c < op.getNeuronCount(); ++c) {
      const NeuronEquation equation = model.getEquation(std::min(c, model.getListedChannels() - 1));
      currentDecay.push_back(c % 2 == 0 ? 0.625 : 0.5);
      decay.push_back(equation.decay);
      gain.push_back(2 * equation.gain * equation.currentGain);
      vReset.push_back(equation.vReset);
      vInit.push_back(equation.vInit);
      bias.push_back(equation.bias);
    }
    Builder builder(op.getContext());
    auto list = [&](ArrayRef<double> numbers) { return builder.getDenseF64ArrayAttr(numbers); };
    op.setModelAttr(spike::CubaLifAttr::get(op.getContext(), list(currentDecay), list({0.5}),
                                            list(decay), list(gain), list(model.getThresholds()),
                                            model.getResetRule(), model.getCompareRule(),
                                            list(vReset), list(vInit), list(bias)));
  });
}

/// A chip file like one of ours, with any weights, states of any width that the schema allows,
/// which saturate or not, and with any rule for the leak. One with filtered currents may keep these
/// in a width of their own.
std::string drawChip(Choices &choices, const std::string &path) {
  const int64_t bits = choices.between(kMinStateBits, kMaxStateBits);
  const bool saturates = choices.flip();
  const std::string base = choices.pick({"mesh-16x16", "loihi2", "tiny-2x2"}),
                    rounding = choices.pick({"toward_zero", "floor", "nearest"});
  std::string currents;
  if (base == "loihi2" && choices.flip()) {
    const int64_t currentBits = choices.between(kMinStateBits, kMaxStateBits);
    currents = ", current_bits: " + std::to_string(currentBits) + ", current_fraction_bits: " +
               std::to_string(choices.between(0, std::min<int64_t>(8, currentBits - 1)));
  }
  test::writeFile(path, "extends: " + base + "\nname: drawn\ndescription: drawn\ncore: {" +
                            everyWeight() + ", state_bits: " + std::to_string(bits) +
                            ", score_neurons: true, leak_rounding: " + rounding +
                            ", saturates: " + (saturates ? "true" : "false") + currents + "}\n");
  return path;
}

/// A chip file with weights of any width and format, in rows without zeros or not.
std::string drawWeightsChip(Choices &choices, const std::string &path) {
  const std::string base = choices.pick({"mesh-16x16", "loihi2", "tiny-2x2"});
  const std::string formats = choices.pick({"[signed, binary, sign, ternary]", "[ternary, signed]",
                                            "[binary, signed]", "[sign, signed]", "[signed]"});
  const std::string widths =
      formats == "[signed]" ? choices.pick({"[32]", "[17]", "[8]"}) : "[1, 2, 8, 17]";
  const std::string index = choices.pick({"", ", sparse_index_bits: 2", ", sparse_index_bits: 8"});
  test::writeFile(path, "extends: " + base +
                            "\nname: drawn\ndescription: drawn\ncore: {state_bits: 48, "
                            "weight_bits: " +
                            widths + ", weight_formats: " + formats + ", sparse_weights: " +
                            (choices.flip() ? "true" : "false") + index + "}\n");
  return path;
}

/// The compiler refuses, with a reason, or the chip gives every spike and logit
/// of the quantised interpreter. `change` happens to the program: nothing, or a
/// defect.
std::string chipAgrees(Subject &subject, const std::function<void(sim::Program &)> &change,
                       ChipTally &tally) {
  return chipAgreesOn(
      subject,
      subject.choices->pick({"mesh-16x16", "loihi2", "tiny-2x2", "mesh-16x16", "loihi2", "loihi"}),
      change, tally);
}

/// The same on a chip that `draw` draws.
std::string agreesOnDrawn(
    Subject &subject, std::string (*draw)(Choices &, const std::string &), ChipTally &tally,
    const std::function<void(sim::Program &)> &change = [](sim::Program &) {}) {
  TemporaryFolder folder;
  return chipAgreesOn(subject, draw(*subject.choices, folder / "drawn.yaml"), change, tally);
}

/// Gives every score of spiking attention on reals a neuron.
void addScoreNeurons(Subject &subject) {
  Choices &choices = *subject.choices;
  subject.graph.module->walk([&](spike::SelfAttentionOp attention) {
    if (spike::getFixedEncoding(attention.getResult().getType()))
      return;
    Builder builder(attention.getContext());
    const auto pick = [&](std::initializer_list<double> numbers) {
      return builder.getDenseF64ArrayAttr(choices.pick(numbers));
    };
    const auto tau = pick({1.0, 2.0, 1.75}), threshold = pick({0.5, 1.0, 1.25}),
               start = pick({0.0, 0.25});
    const auto reset =
        choices.pick<spike::Reset>({spike::Reset::Hard, spike::Reset::Soft, spike::Reset::None});
    attention.setScoreNeuronAttr(spike::LifAttr::get(attention.getContext(), tau, threshold, reset,
                                                     spike::Compare::GreaterEqual, {}, start, {}));
  });
}

/// Every attribute of every op, in no syntax of ours.
std::string genericText(const Subject &subject) {
  std::string text;
  llvm::raw_string_ostream os(text);
  subject.graph.module.get()->print(os, OpPrintingFlags().printGenericOpForm());
  return text;
}

/// The text of a mapped program, read again, is that program. `change` happens to
/// what was read: nothing, or a defect.
std::string textAgrees(Subject &subject, const std::function<void(ModuleOp)> &change,
                       ChipTally &tally) {
  makeMappable(subject);
  CompileOptions options;
  options.target = subject.choices->pick({"mesh-16x16", "loihi2", "tiny-2x2"});
  options.targetsFolder = kTargets;
  if (!runPasses(subject, [&](OpPassManager &m) { buildCompilePipeline(m, options); })) {
    ++tally.refused;
    return "";
  }
  Subject read(subject.text(), subject.graph.input);
  if (!read.graph.module)
    return "the text is refused: " + read.errors;
  change(*read.graph.module);
  if (read.text() != subject.text())
    return "gives another text:\n" + read.text();
  if (genericText(read) != genericText(subject))
    return "gives other attributes:\n" + genericText(read);
  ++tally.equal;
  return "";
}

} // namespace

TEST_CASE("the text of a mapped program gives every attribute back") {
  ChipTally tally;
  const int64_t count = seedCount(200);
  auto property = [&](Subject &subject) { return textAgrees(subject, [](ModuleOp) {}, tally); };
  for (const GraphOptions &options : {kSpiking, kAny})
    CHECK(counterexample(options, count, property) == "");
  MESSAGE(tally.equal << " programs equal, " << tally.refused << " graphs refused");
  CHECK((replaying() || tally.equal > count / 4));
}

TEST_CASE("a core that changes on the way through text is seen") {
  ChipTally tally;
  auto move = [](ModuleOp module) {
    module.walk([](chip::SliceOp slice) {
      slice.setCoreAttr(chip::CoreAttr::get(slice.getContext(), 0, 1, 1, 0));
    });
  };
  auto property = [&](Subject &subject) { return textAgrees(subject, move, tally); };
  CHECK(counterexample(kSpiking, 50, property, false) != "");
}

TEST_CASE("the compiler refuses, or the chip gives the interpreter's spikes") {
  ChipTally tally;
  int64_t count = seedCount(300);
  auto property = [&](Subject &subject) {
    return chipAgrees(subject, [](sim::Program &) {}, tally);
  };
  CHECK(counterexample(kSpiking, count, property) == "");
  MESSAGE(count << " graphs: " << tally.equal << " equal, with " << tally.filters
                << " populations that filter their current, " << tally.refused << " refused");
  CHECK((replaying() || tally.equal > count / 4));
}

TEST_CASE("neurons that filter their current give the interpreter's spikes where chips have them") {
  ChipTally tally;
  int64_t count = seedCount(300);
  auto property = [&](Subject &subject) {
    filterCurrents(subject);
    return chipAgrees(subject, [](sim::Program &) {}, tally);
  };
  CHECK(counterexample(kSpiking, count, property) == "");
  MESSAGE(count << " graphs: " << tally.equal << " equal, with " << tally.filters
                << " populations that filter their current, " << tally.refused << " refused");
  CHECK((replaying() || tally.filters > count / 20));
}

TEST_CASE("states of every width, saturating or not, are the interpreter's") {
  ChipTally tally;
  const int64_t count = seedCount(600);
  auto property = [&](Subject &subject) {
    makeMappable(subject);
    return agreesOnDrawn(subject, drawChip, tally);
  };
  for (const GraphOptions &options : {kSpiking, kAny})
    CHECK(counterexample(options, count, property) == "");
  MESSAGE(tally.equal << " programs equal and " << tally.overflows << " fail alike, of "
                      << tally.widths.size() << " widths, " << tally.refused << " graphs refused; "
                      << countsText(tally.parts));
  for (const auto &[part, programs] : tally.parts) {
    if (StringRef(part).starts_with("currents") || part == "score neurons")
      continue; // few here: tests of their own have more
    CAPTURE(part);
    CHECK((replaying() || programs > count / 200));
  }
  CHECK((replaying() || tally.equal > count / 4));
  CHECK((replaying() || tally.overflows > count / 100));
  CHECK((replaying() || tally.widths.size() == kMaxStateBits - kMinStateBits + 1));
}

TEST_CASE("score neurons give the interpreter's spikes") {
  ChipTally tally;
  const int64_t count = seedCount(300);
  auto property = [&](Subject &subject) {
    makeMappable(subject);
    addScoreNeurons(subject);
    return agreesOnDrawn(subject, drawChip, tally);
  };
  for (const GraphOptions &options : {kSpiking, kAny})
    CHECK(counterexample(options, count, property) == "");
  MESSAGE(tally.equal << " programs equal and " << tally.overflows << " fail alike, "
                      << tally.refused << " graphs refused; " << countsText(tally.parts));
  CHECK((replaying() || tally.parts["score neurons"] > count / 30));
}

TEST_CASE("weights of every format and width, with zeros or without, are the interpreter's") {
  ChipTally tally;
  const int64_t count = seedCount(400);
  auto property = [&](Subject &subject) {
    makeMappable(subject);
    return agreesOnDrawn(subject, drawWeightsChip, tally);
  };
  for (const GraphOptions &options : {kSpiking, kAny})
    CHECK(counterexample(options, count, property) == "");
  MESSAGE(tally.equal << " programs equal, " << tally.refused << " graphs refused; "
                      << countsText(tally.weights));
  for (const auto &[kind, programs] : tally.weights) {
    CAPTURE(kind);
    CHECK((replaying() || programs > count / 100));
  }
  CHECK((replaying() || tally.equal > count / 4));
}

TEST_CASE("weights that stand one place off are seen") {
  ChipTally tally;
  std::vector<std::vector<std::byte>> kept;
  auto off = [&](sim::Program &program) {
    kept.clear();
    for (sim::Slice &slice : program.slices)
      for (sim::SynapseBlock &block : slice.synapses) {
        kept.emplace_back(block.weights.begin(), block.weights.end());
        std::vector<std::byte> &bytes = kept.back();
        std::rotate(bytes.begin(), bytes.begin() + block.weightBytes, bytes.end());
        block.weights = bytes;
      }
  };
  auto property = [&](Subject &subject) {
    makeMappable(subject);
    return agreesOnDrawn(subject, drawWeightsChip, tally, off);
  };
  CHECK(counterexample(kSpiking, 100, property, false) != "");
}

TEST_CASE("filtered currents of every width, of few places, are the interpreter's") {
  ChipTally tally;
  const int64_t count = seedCount(300);
  auto property = [&](Subject &subject) {
    filterCurrents(subject);
    return agreesOnDrawn(subject, drawChip, tally);
  };
  CHECK(counterexample(kSpiking, count, property) == "");
  MESSAGE(tally.equal << " programs equal and " << tally.overflows << " fail alike, "
                      << tally.refused << " graphs refused; " << countsText(tally.parts));
  for (const char *part : {"currents of other bits", "currents of fewer places",
                           "states across tokens", "leaks per column"}) {
    CAPTURE(part);
    CHECK((replaying() || tally.parts[part] > count / 100));
  }
}

TEST_CASE("a readout that does not saturate where its chip does is seen") {
  ChipTally tally;
  auto off = [](sim::Program &program) {
    for (sim::Population &population : program.populations)
      if (population.kind == sim::PopulationKind::Readout && population.neuron.saturates)
        population.neuron.stateBits = kMaxStateBits;
  };
  auto property = [&](Subject &subject) {
    makeMappable(subject);
    return agreesOnDrawn(subject, drawChip, tally, off);
  };
  CHECK(counterexample(kSpiking, 600, property, false) != "");
}

TEST_CASE("a chip whose currents fade twice as fast is seen") {
  ChipTally tally;
  auto off = [](sim::Program &program) {
    for (sim::Population &population : program.populations)
      for (int64_t &shift : population.neuron.currentShift)
        ++shift;
  };
  auto property = [&](Subject &subject) {
    filterCurrents(subject);
    return chipAgrees(subject, off, tally);
  };
  CHECK(counterexample(kSpiking, 300, property, false) != "");
}

TEST_CASE("any graph is refused, or chip and host give the interpreter's spikes and logits") {
  ChipTally tally;
  int64_t count = seedCount(600);
  auto property = [&](Subject &subject) {
    makeMappable(subject);
    return chipAgrees(subject, [](sim::Program &) {}, tally);
  };
  CHECK(counterexample(kAny, count, property) == "");
  MESSAGE(count << " graphs: " << tally.equal << " equal, with " << tally.hostOps.size()
                << " kinds of host ops, " << tally.refused << " refused; "
                << countsText(tally.parts));
  CHECK((replaying() || tally.equal > count / 100));
  CHECK((replaying() || tally.hostOps.size() > 10));
  CHECK((replaying() || tally.tensors > 10));
}

TEST_CASE("a chip whose thresholds are twice as high is seen") {
  ChipTally tally;
  auto off = [](sim::Program &program) {
    for (sim::Population &population : program.populations)
      for (int64_t &threshold : population.neuron.threshold)
        threshold *= 2;
  };
  auto property = [&](Subject &subject) { return chipAgrees(subject, off, tally); };
  CHECK(counterexample(kSpiking, 200, property, false) != "");
}
