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
  FloatAttr vReset, vInit, bias;
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
      Constants c = constants(1);
      return spike::IfAttr::get(context, c.threshold, c.reset, c.compare, c.vReset, c.vInit,
                                c.bias);
    }
    case Model::Lif: {
      double tau = drawTau();
      Constants c = constants(1 / tau);
      return spike::LifAttr::get(context, number(tau), c.threshold, c.reset, c.compare, c.vReset,
                                 c.vInit, c.bias);
    }
    case Model::Plif: {
      double w = step > 0 ? 0.0 : graph.numbers.number(-4, 4); // w = 0 is tau = 2
      Constants c = constants(0.5);
      return spike::PlifAttr::get(context, number(w), c.threshold, c.reset, c.compare, c.vReset,
                                  c.vInit, c.bias);
    }
    case Model::CubaLif:
      break;
    }
    double currentDecay = drawDecay(), currentGain = drawGain();
    double decay = drawDecay(), gain = drawGain();
    Constants c = constants(step > 0 ? currentGain * gain : 1);
    return spike::CubaLifAttr::get(context, number(currentDecay), number(currentGain),
                                   number(decay), number(gain), c.threshold, c.reset, c.compare,
                                   c.vReset, c.vInit, c.bias);
  }

private:
  FloatAttr number(double value) { return graph.numbers.attribute(value); }

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

  /// Up to `most` of what the membrane counts in, below 0 now and then.
  double exactPotential(double gain, int64_t most) {
    auto steps = static_cast<double>(choices.between(1, most));
    return (choices.rarely(6) ? -steps : steps) * step * gain;
  }

  DenseF64ArrayAttr thresholds(double gain, Reset reset) {
    if (step == 0)
      return graph.numbers.numbers(use.channels, choices.rarely(8) ? -1 : 0, 2);
    // A hard reset takes no part in the arithmetic: any threshold is exact.
    if (reset != Reset::Soft && choices.flip())
      return graph.numbers.numbers(use.channels, -0.25, 2);
    SmallVector<double> values{exactPotential(gain, 192)};
    if (use.channels > 1 && choices.flip()) {
      SplitMix64 random(choices.below(1 << 16));
      for (int64_t c = 1; c < use.channels; ++c)
        values.push_back(static_cast<double>(random.next() % 192) * step * gain);
    }
    return graph.builder.getDenseF64ArrayAttr(values);
  }

  FloatAttr potential(double gain) {
    if (!choices.rarely(3))
      return nullptr;
    return number(step > 0 ? exactPotential(gain, 32) : graph.numbers.number(-1, 1));
  }

  Constants constants(double gain) {
    Constants c;
    // Chips refuse neurons without a reset, and a soft one behind `gt`.
    bool onChip = graph.spiking() && !graph.exact();
    bool never = choices.rarely(onChip ? 16 : 3);
    c.reset = never ? Reset::None : choices.pick({Reset::Hard, Reset::Soft});
    bool strictly = choices.rarely(onChip && c.reset == Reset::Soft ? 16 : 2);
    c.compare = strictly ? Compare::Greater : Compare::GreaterEqual;
    c.threshold = thresholds(gain, c.reset);
    c.vReset = potential(gain);
    c.vInit = potential(gain);
    if (!use.integers && choices.rarely(4))
      c.bias = number(graph.numbers.number(-0.5, 0.5));
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
