// Neurons: drawn neuron models.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/random/Neurons.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::test;
using spike::Compare;
using spike::Reset;

namespace {

enum class Model { If, Lif, Plif, CubaLif };

/// What all models have, drawn.
struct Constants {
  DenseF64ArrayAttr threshold;
  Reset reset;
  Compare compare;
  DenseF64ArrayAttr vReset, vInit, bias;
};

class ModelDraw {
public:
  ModelDraw(GraphBuilder &graph, NeuronUse use, double step)
      : graph(graph), choices(graph.choices), use(use), step(step) {}

  Attribute draw() {
    MLIRContext *context = graph.builder.getContext();
    // Exactly: no leak where the steps of all tokens are more than there are guard bits for.
    bool ideal = step > 0 && use.overTokens;
    bool filtered = !ideal && !use.ofScores && choices.rarely(use.integers ? 8 : 4);
    Model model = filtered ? Model::CubaLif
                  : ideal  ? Model::If
                           : choices.pick({Model::If, Model::Lif, Model::Plif});
    switch (model) {
    case Model::If: {
      Constants c = constants({1});
      return spike::IfAttr::get(context, c.threshold, c.reset, c.compare, c.vReset, c.vInit,
                                c.bias);
    }
    case Model::Lif: {
      Numbers tau = perChannel([&] { return drawTau(); });
      Constants c = constants(llvm::map_to_vector(tau, [](double t) { return 1 / t; }));
      return spike::LifAttr::get(context, list(tau), c.threshold, c.reset, c.compare, c.vReset,
                                 c.vInit, c.bias);
    }
    case Model::Plif: {
      // w = 0 is tau = 2
      Numbers w = perChannel([&] { return step > 0 ? 0.0 : graph.numbers.number(-4, 4); });
      Constants c = constants({0.5});
      return spike::PlifAttr::get(context, list(w), c.threshold, c.reset, c.compare, c.vReset,
                                  c.vInit, c.bias);
    }
    case Model::CubaLif:
      break;
    }
    Numbers currentDecay = perChannel([&] { return drawDecay(); });
    Numbers currentGain = perChannel([&] { return drawGain(); });
    Numbers decay = perChannel([&] { return drawDecay(); });
    Numbers gain = perChannel([&] { return drawGain(); });
    Numbers units;
    for (size_t c = 0; c < std::max(gain.size(), currentGain.size()); ++c)
      units.push_back(of(gain, c) * of(currentGain, c));
    Constants c = constants(step > 0 ? units : Numbers{1});
    return spike::CubaLifAttr::get(context, list(currentDecay), list(currentGain), list(decay),
                                   list(gain), c.threshold, c.reset, c.compare, c.vReset, c.vInit,
                                   c.bias);
  }

private:
  /// One number, or one per channel.
  using Numbers = SmallVector<double>;

  static double of(ArrayRef<double> numbers, size_t channel) {
    return numbers[numbers.size() == 1 ? 0 : channel];
  }

  DenseF64ArrayAttr list(ArrayRef<double> numbers) {
    return graph.builder.getDenseF64ArrayAttr(numbers);
  }

  /// What `draw` gives, for all channels alike or, now and then, for each of them.
  template <typename Draw> Numbers perChannel(Draw draw) {
    Numbers numbers{draw()};
    if (use.channels > 1 && choices.rarely(4))
      while (static_cast<int64_t>(numbers.size()) < use.channels)
        numbers.push_back(draw());
    return numbers;
  }

  /// Exact: a decay of at most 2 binary places.
  double drawTau() {
    if (step > 0)
      return choices.pick({2.0, 1.0, 4.0});
    return choices.flip() ? graph.numbers.number(1, 8) : 2.0;
  }

  double drawDecay() {
    return step > 0 ? choices.pick({0.5, 0.0, 0.25, 0.75, 1.0}) : graph.numbers.number(0, 1);
  }

  /// Integers need a gain above 0.
  double drawGain() {
    if (step > 0)
      return choices.pick({1.0, 0.5, 2.0});
    return graph.numbers.number(use.integers ? 0.125 : -2, 2);
  }

  /// Up to `most` of what membranes with these gains count in, below 0 now and then. Channels with
  /// gains of their own have as many of their own.
  Numbers exactPotentials(ArrayRef<double> gains, int64_t most) {
    auto steps = static_cast<double>(choices.between(1, most));
    steps = choices.rarely(6) ? -steps : steps;
    Numbers potentials = llvm::map_to_vector(gains, [&](double g) { return steps * step * g; });
    if (use.channels == 1 || !choices.rarely(3))
      return potentials;
    SplitMix64 random(choices.below(1 << 16));
    potentials.resize(static_cast<size_t>(use.channels));
    for (int64_t c = 1; c < use.channels; ++c)
      potentials[c] = static_cast<double>(random.next() % most) * step * of(gains, c);
    return potentials;
  }

  DenseF64ArrayAttr thresholds(ArrayRef<double> gains, Reset reset) {
    if (step == 0)
      return graph.numbers.numbers(use.channels, choices.rarely(8) ? -1 : 0, 2);
    // A hard reset takes no part in the arithmetic: any threshold is exact.
    if (reset != Reset::Soft && choices.flip())
      return graph.numbers.numbers(use.channels, -0.25, 2);
    return list(exactPotentials(gains, 192));
  }

  DenseF64ArrayAttr potential(ArrayRef<double> gains) {
    if (!choices.rarely(3))
      return nullptr;
    return step > 0 ? list(exactPotentials(gains, 32)) : graph.numbers.numbers(use.channels, -1, 1);
  }

  Constants constants(const Numbers &gains) {
    Constants c;
    c.reset = choices.rarely(3) ? Reset::None : choices.pick({Reset::Hard, Reset::Soft});
    c.compare = choices.flip() ? Compare::Greater : Compare::GreaterEqual;
    c.threshold = thresholds(gains, c.reset);
    c.vReset = potential(gains);
    c.vInit = potential(gains);
    if (!use.integers && choices.rarely(4))
      c.bias = graph.numbers.numbers(use.channels, -0.5, 0.5);
    return c;
  }

  GraphBuilder &graph;
  Choices &choices;
  NeuronUse use;
  double step;
};

} // namespace

Attribute synfire::test::drawNeuronModel(GraphBuilder &graph, NeuronUse use, double exactStep) {
  return ModelDraw(graph, use, exactStep).draw();
}

double synfire::test::exactStep(Value current) {
  Operation *writer = current.getDefiningOp();
  if (auto attention = dyn_cast_or_null<spike::AttentionLike>(writer))
    return attention.getAttentionScale();
  if (isa_and_nonnull<spike::InjectOp>(writer))
    return 1.0;
  // A writer that is added makes the scale finer, never coarser.
  if (auto add = dyn_cast_or_null<spike::AddOp>(writer))
    return std::min(exactStep(add.getLhs()), exactStep(add.getRhs()));
  return 1.0 / 64;
}
