// GridTest: networks on grids run on chips with small cores as in the interpreter, and their
// synapses are counted as a plain loop over the grid counts them. SPDX-License-Identifier:
// Apache-2.0 WITH LLVM-exception

#include "tests/property/Outcome.h"
#include "tests/system/SystemFixture.h"

#include "passes/Pipeline.h"
#include "passes/ProgramWriter.h"
#include "simulator/functional/FunctionalEngine.h"
#include "simulator/loader/Loader.h"
#include "simulator/timing/TimingEngine.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <set>
#include <string>
#include <vector>

using namespace mlir;
using namespace synfire;
using namespace synfire::test;

namespace {

/// Spikes of a grid in a module that is being written.
struct Spikes {
  std::string op; ///< "n3"; its value is %n3
  int64_t height, width, channels;
  int64_t bits = 1;

  int64_t points() const { return height * width; }
  std::string element() const { return bits == 1 ? "i1" : "ui" + std::to_string(bits); }
};

/// A window as a text of attributes, and the places of the window that cover a point.
struct Window {
  int64_t k, stride, padding;

  int64_t places(int64_t size) const { return (size + 2 * padding - k) / stride + 1; }
  int64_t over(int64_t at, int64_t size) const {
    int64_t count = 0;
    for (int64_t place = 0; place < places(size); ++place)
      count += at >= place * stride - padding && at < place * stride - padding + k;
    return count;
  }
};

/// What one spike of `input` at a point reads: `perPlace` weights for each place of the window.
struct Synapses {
  std::string op, input;
  Window window;
  int64_t height, width, channels, perPlace;
};

/// Writes a network: layers of any kind on a grid that shrinks, then a readout.
class NetworkText {
public:
  explicit NetworkText(Choices &choices) : choices(choices) {
    steps = choices.between(1, 3);
    Spikes input{"x", choices.between(1, 6), choices.between(1, 6), choices.between(1, 4)};
    argument = type(input);
    this->input.shape = {steps, input.points(), input.channels};
    for (int64_t i = 0; i < steps * input.points() * input.channels; ++i)
      this->input.values.push_back(static_cast<double>(choices.below(2)));
    known = {input};
    for (int64_t layers = choices.between(1, 5); layers > 0; --layers)
      addLayer();
    finish(input.points());
  }

  std::string text;
  GraphInput input;
  std::vector<Synapses> synapses;

private:
  std::string type(const Spikes &s, bool real = false) const {
    return "tensor<" + std::to_string(steps) + "x" + std::to_string(s.points()) + "x" +
           std::to_string(s.channels) + "x" + (real ? "f32" : s.element()) + ">";
  }

  std::string name(const char *kind) { return kind + std::to_string(++ops); }

  /// `%NAME = spike.WHAT`, with the location NAME.
  void add(const std::string &name, const std::string &what) {
    body += "    %" + name + " = spike." + what + " loc(\"" + name + "\")\n";
  }

  std::string weights(const std::vector<int64_t> &shape) {
    static const char *kDigits = "0123456789ABCDEF";
    int64_t count = 1;
    std::string extents;
    for (int64_t size : shape) {
      count *= size;
      extents += std::to_string(size) + "x";
    }
    std::string hex;
    for (int64_t i = 0; i < count; ++i) {
      const float value = static_cast<float>(choices.between(-8, 8)) / 8;
      unsigned char bytes[sizeof value];
      std::memcpy(bytes, &value, sizeof value);
      for (unsigned char byte : bytes)
        hex += {kDigits[byte >> 4], kDigits[byte & 15]};
    }
    return "dense<\"0x" + hex + "\"> : tensor<" + extents + "f32>";
  }

  /// Neurons on the current of an op.
  void addNeurons(const std::string &current, Spikes spikes) {
    spikes.op = name("n");
    spikes.bits = 1;
    add(spikes.op, "neuron #spike.lif<tau = 2.0 : f64, threshold = [0." +
                       std::to_string(choices.between(1, 9)) + "]>, %" + current + " : " +
                       type(spikes, true) + " -> " + type(spikes));
    known.push_back(spikes);
  }

  /// A window; that of a pool is wider than its padding.
  Window drawWindow(const Spikes &from, bool pools) {
    Window window{choices.between(1, 3), choices.between(1, 2), choices.between(0, 1)};
    window.k =
        std::min({window.k, from.height + 2 * window.padding, from.width + 2 * window.padding});
    if (pools)
      window.k = std::max(window.k, window.padding + 1);
    return window;
  }

  static std::string pair(int64_t a, int64_t b) {
    return "[" + std::to_string(a) + ", " + std::to_string(b) + "]";
  }
  static std::string gridOf(const Spikes &from) { return " grid " + pair(from.height, from.width); }
  static std::string strideOf(const Window &w) {
    return " stride " + pair(w.stride, w.stride) + " padding " + pair(w.padding, w.padding);
  }

  void addLayer() {
    const Spikes from = choices.flip() ? known.back() : known[choices.below(known.size())];
    switch (choices.below(from.bits == 1 ? 8 : 2)) {
    case 0:
      return addConv(from);
    case 1:
      return addLinear(from);
    case 2:
      return addPool(from, "max");
    case 3:
      return addPool(from, "average");
    case 4:
      return addGate(from);
    case 5:
      return addAttention(from);
    case 6:
      return addProducts(from);
    default:
      return addSum(from);
    }
  }

  void addConv(const Spikes &from) {
    const Window w = drawWindow(from, false);
    const int64_t groups = from.channels % 2 == 0 ? choices.between(1, 2) : 1;
    Spikes to{name("c"), w.places(from.height), w.places(from.width),
              groups * choices.between(1, 5)};
    add(to.op, "conv %" + from.op + ", " +
                   weights({to.channels, from.channels / groups, w.k, w.k}) + gridOf(from) +
                   strideOf(w) + (groups > 1 ? " {groups = 2 : i64}" : "") + " : " + type(from) +
                   " -> " + type(to, true));
    synapses.push_back(
        {to.op, from.op, w, from.height, from.width, from.channels, to.channels / groups});
    addNeurons(to.op, to);
  }

  void addLinear(const Spikes &from) {
    Spikes to = from;
    to.op = name("l");
    to.channels = choices.between(1, 6);
    add(to.op, "linear %" + from.op + ", " + weights({to.channels, from.channels}) + " : " +
                   type(from) + " -> " + type(to, true));
    synapses.push_back(
        {to.op, from.op, {1, 1, 0}, from.height, from.width, from.channels, to.channels});
    addNeurons(to.op, to);
  }

  void addPool(const Spikes &from, const std::string &mode) {
    const Window w = drawWindow(from, true);
    Spikes to{name("p"), w.places(from.height), w.places(from.width), from.channels};
    const bool real = mode == "average";
    add(to.op, "pool " + mode + " %" + from.op + gridOf(from) + " window " + pair(w.k, w.k) +
                   strideOf(w) + " : " + type(from) + " -> " + type(to, real));
    synapses.push_back({to.op, from.op, w, from.height, from.width, from.channels, 1});
    if (real)
      addNeurons(to.op, to);
    else
      known.push_back(to);
  }

  /// Another value of the same type, or the same one.
  Spikes partner(const Spikes &one) {
    std::vector<Spikes> same;
    for (const Spikes &other : known)
      if (type(other) == type(one) && other.height == one.height)
        same.push_back(other);
    return same[choices.below(same.size())];
  }

  void addGate(const Spikes &from) {
    Spikes to = from;
    to.op = name("g");
    const std::string mode = choices.pick({"or", "and", "iand"});
    add(to.op, "logic " + mode + " %" + from.op + ", %" + partner(from).op + " : " + type(to));
    known.push_back(to);
  }

  void addSum(const Spikes &from) {
    Spikes to = from;
    to.op = name("s");
    to.bits = 2;
    add(to.op, "add %" + from.op + ", %" + partner(from).op + " : " + type(from) + ", " +
                   type(from) + " -> " + type(to));
    known.push_back(to);
  }

  void addAttention(const Spikes &from) {
    const std::string op = name("a"), one = type(from);
    add(op, "self_attention %" + from.op + ", %" + partner(from).op + ", %" + partner(from).op +
                " heads " + std::to_string(from.channels % 2 == 0 ? choices.between(1, 2) : 1) +
                " scale 0.25 : " + one + ", " + one + ", " + one + " -> " + type(from, true));
    addNeurons(op, from);
  }

  void addProducts(const Spikes &from) {
    const std::string op = name("k");
    add(op, "key_value_sum %" + from.op + ", %" + partner(from).op +
                (choices.flip() ? " causal" : "") + " : " + type(from) + " -> " + type(from, true));
    addNeurons(op, from);
  }

  /// The logits of the whole grid, or of each of its points.
  void finish(int64_t context) {
    const Spikes from = known.back();
    const bool whole = choices.flip();
    Spikes flat = from;
    if (whole) {
      flat = {"flat", 1, 1, from.points() * from.channels, from.bits};
      add(flat.op, "flatten %" + from.op + " : " + type(from) + " -> " + type(flat));
    }
    Spikes out{"fc", flat.height, flat.width, 3};
    add("fc", "linear %" + flat.op + ", " + weights({3, flat.channels}) + " : " + type(flat) +
                  " -> " + type(out, true));
    const std::string logits = "tensor<" + std::to_string(out.points()) + "x3xf32>";
    add("mean", "recombine mean %fc : " + type(out, true) + " -> " + logits);
    text = "module {\n  func.func @main(%x: " + argument + ") -> " + logits +
           " attributes {spike.model = #spike.model<name = \"grid\", time_steps = " +
           std::to_string(steps) + ", context_length = " + std::to_string(context) +
           ", vocabulary = 3, alphabet = \"\", cleaning = \"none\">} {\n" + body +
           "    return %mean : " + logits + "\n  }\n}\n";
  }

  Choices &choices;
  int64_t steps = 1, ops = 0;
  std::string argument, body;
  std::vector<Spikes> known;
};

/// A chip whose cores hold few neurons and little memory, so that grids are cut into many slices.
/// It stores zeros, so that a spike reads as many weights as its windows have.
std::string drawSmallChip(Choices &choices, const std::string &path) {
  writeFile(path, "extends: " + choices.pick<std::string>({"mesh-16x16", "tiny-2x2", "loihi2"}) +
                      "\nname: drawn\ndescription: drawn\nmesh: {width: 16, height: 16, "
                      "cores_per_tile: " +
                      choices.pick<std::string>({"1", "2"}) +
                      "}\ncore: {neurons: " + choices.pick<std::string>({"32", "8", "12", "100"}) +
                      ", synapse_memory_kib: " + choices.pick<std::string>({"64", "1"}) +
                      ", sparse_weights: false}\n");
  return path;
}

/// The weights that the spikes of an op's input read, each as often as its value says, by a loop
/// over the grid.
int64_t weightsRead(const Synapses &s, const spike::SpikeRecord &spikes) {
  int64_t sum = 0;
  for (int64_t t = 0, i = 0; t < spikes.timeSteps; ++t)
    for (int64_t y = 0; y < s.height; ++y)
      for (int64_t x = 0; x < s.width; ++x)
        for (int64_t c = 0; c < s.channels; ++c, ++i)
          sum += int64_t{spikes.values[static_cast<size_t>(i)]} * s.window.over(y, s.height) *
                 s.window.over(x, s.width) * s.perPlace;
  return sum;
}

/// What the simulated chip counts for the synapses of the network, against that loop.
std::string countsDiffer(const sim::Program &program, const sim::ActivityTrace &trace,
                         const NetworkText &network, const spike::InterpretResult &expected) {
  const sim::Counters counters = sim::simulateTiming(program, trace, trace.tokens(), {});
  if (std::string error = sim::checkConservation(counters); !error.empty())
    return "the counts disagree: " + error;
  sim::TimingOptions threads;
  threads.threads = 3;
  const sim::Counters twice = sim::simulateTiming(program, trace, trace.tokens(), threads);
  if (twice.timePs != counters.timePs || twice.total.actions != counters.total.actions)
    return "three threads count otherwise than one";
  for (const Synapses &s : network.synapses)
    for (size_t op = 0; op < program.ops.size(); ++op) {
      const spike::SpikeRecord *spikes = expected.findSpikes(s.input);
      if (program.ops[op].name != s.op || !spikes || program.ops[op].where != sim::Where::Chip)
        continue;
      const sim::ActionCounts &actions = counters.ops[op].actions;
      const int64_t read = actions[sim::index(Action::SynopConv)] +
                           actions[sim::index(Action::SynopDense)] +
                           actions[sim::index(Action::SynopSparse)];
      if (const int64_t wanted = weightsRead(s, *spikes); read != wanted)
        return s.op + ": reads " + std::to_string(read) + " weights, needs " +
               std::to_string(wanted);
    }
  return "";
}

} // namespace

TEST_CASE("networks on grids give the interpreter's spikes, logits and counts on small cores") {
  const int64_t count = seedCount(250);
  int64_t equal = 0, cut = 0;
  std::set<std::string> refusals;
  for (uint64_t seed = 1; seed <= static_cast<uint64_t>(count); ++seed) {
    Choices choices = Choices::fromSeed(seed);
    const NetworkText network(choices);
    TemporaryFolder folder;
    const std::string chip = drawSmallChip(choices, folder / "drawn.yaml");
    CAPTURE(seed);
    CAPTURE(network.text);
    CAPTURE(readFile(chip));
    CompileOptions options;
    options.target = chip;
    options.targetsFolder = kTargets;
    Subject compiled(network.text, network.input), model(network.text, network.input);
    REQUIRE_MESSAGE(compiled.graph.module, compiled.errors);
    const std::string path = folder / "program.mlirbc";
    if (!runPasses(compiled, [&](OpPassManager &m) { buildCompilePipeline(m, options); }) ||
        failed(writeProgram(*compiled.graph.module, path))) {
      CHECK(compiled.errors != "");
      refusals.insert(compiled.errors.substr(0, 200));
      continue;
    }
    auto loaded = sim::loadProgram(path, chipNamed(chip));
    REQUIRE_MESSAGE(loaded.index() == 0, std::get<std::string>(loaded));
    const sim::Program &program = std::get<0>(loaded);
    REQUIRE(runPasses(model, [&](OpPassManager &m) { buildQuantizePipeline(m, options); }));
    const Outcome expected = interpret(model);
    REQUIRE(expected.error == "");
    sim::FunctionalEngine engine(program, 2);
    sim::ActivityTrace trace(program);
    const auto rows = static_cast<int32_t>(network.input.shape[1]);
    REQUIRE(engine.run(network.input.values, rows, trace) == "");
    const std::string where = firstDifference(program, trace, expected.result);
    CHECK((where == "" || where == "nothing was compared"));
    std::vector<double> logits;
    for (int32_t row = 0; row < engine.logitRows(trace); ++row)
      for (double logit : engine.logits(trace, row))
        logits.push_back(logit);
    CHECK(logits ==
          std::vector<double>(expected.result.logits.begin(), expected.result.logits.end()));
    CHECK(countsDiffer(program, trace, network, expected.result) == "");
    ++equal;
    for (const sim::Slice &slice : program.slices)
      if (slice.firstPoint > 0) {
        ++cut;
        break;
      }
  }
  std::string reasons;
  for (const std::string &reason : refusals)
    reasons += "\n" + reason;
  MESSAGE(equal << " of " << count << " networks equal, " << cut
                << " of them on grids that are cut; refused:" << reasons);
  CHECK((replaying() || equal > count / 2));
  CHECK((replaying() || cut > count / 4));
}
