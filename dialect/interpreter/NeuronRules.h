// NeuronRules: one neuron of RATIONALE.md while it is scanned, over reals (section 3) and as
// integers (section 4). SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_INTERPRETER_NEURONRULES_H
#define SYNFIRE_DIALECT_INTERPRETER_NEURONRULES_H

#include "dialect/spike/FixedPoint.h"

#include <algorithm>
#include <utility>

namespace synfire::spike {

/// A neuron in float64; every product and sum is rounded on its own.
class RealNeuron {
public:
  /// What it keeps from one step to the next: its membrane and its filtered current.
  struct State {
    double v = 0.0, i = 0.0;
  };

  explicit RealNeuron(NeuronModel model)
      : thresholds(model.getThresholds().vec()), reset(model.getResetRule()),
        strictly(model.getCompareRule() == Compare::Greater) {
    for (int64_t c = 0; c < model.getListedChannels(); ++c)
      equations.push_back(model.getEquation(c));
  }

  /// Before the first step of a neuron of this channel.
  void start(int64_t channel) {
    equation = equations[equations.size() == 1 ? 0 : channel];
    threshold = thresholds[thresholds.size() == 1 ? 0 : channel];
    state = {equation.vInit, 0.0};
  }

  /// Whether it fires at the next step, this being its current.
  bool step(double current) {
    auto &[v, i] = state;
    i = equation.currentDecay * i + equation.currentGain * current;
    v = equation.decay * v + equation.gain * i + equation.bias;
    bool fires = strictly ? v > threshold : v >= threshold;
    if (fires && reset == Reset::Hard)
      v = equation.vReset;
    else if (fires && reset == Reset::Soft)
      v -= threshold;
    return fires;
  }

  State state;

private:
  std::vector<NeuronEquation> equations; ///< one, or one per channel
  std::vector<double> thresholds;        ///< likewise
  Reset reset;
  bool strictly;
  NeuronEquation equation;
  double threshold = 0.0;
};

/// A neuron in integers, of channel c of its population.
class FixedNeuronState {
public:
  /// What it keeps from one step to the next: its membrane and its filtered current.
  struct State {
    int64_t v = 0, i = 0;
  };
  /// A state that left its bits.
  struct Overflow {
    const char *what;
    int64_t value, bits;

    int64_t largest() const { return largestOf(bits); }
    int64_t smallest() const { return -largest() - 1; }
  };

  /// `state` says how leaks are rounded and whether states saturate; without it they are rounded
  /// toward zero and do not.
  FixedNeuronState(FixedNeuron constants, StateAttr state)
      : neuron(std::move(constants)), saturates(state && state.getSaturates()),
        rounding(state ? state.getLeakRounding() : LeakRounding::TowardZero) {}

  /// Before the first step.
  void start(int64_t c) { state = {neuron.vInit[c], 0}; }

  /// Sets `fires` to whether it does at the next step, this being its current.
  std::optional<Overflow> step(int64_t c, int64_t current, bool &fires) {
    auto &[v, i] = state;
    __int128 input = static_cast<__int128>(current) + neuron.bias[c];
    if (neuron.filters()) {
      __int128 places = static_cast<__int128>(1)
                        << (neuron.fractionBits - neuron.currentFractionBits);
      __int128 filtered = leak(i, neuron.currentDecay[c], neuron.currentShift[c]);
      if (!hold(i, filtered + nearest(input, places), neuron.currentBits))
        return Overflow{"filtered current", i, neuron.currentBits};
      input = i * places + neuron.membraneBias[c];
    }
    if (!hold(v, leak(v, neuron.decay[c], neuron.shift[c]) + input, neuron.stateBits))
      return Overflow{"membrane", v, neuron.stateBits};
    fires = v >= neuron.threshold[c];
    if (fires && neuron.reset == Reset::Hard)
      v = neuron.vReset[c];
    else if (fires && neuron.reset == Reset::Soft)
      v -= neuron.decrement[c];
    return std::nullopt;
  }

  State state;

private:
  static int64_t largestOf(int64_t bits) { return (int64_t{1} << (bits - 1)) - 1; }

  /// number / divisor to the nearest integer, halves upwards: the floor of the quotient plus 1/2.
  static __int128 nearest(__int128 number, __int128 divisor) {
    __int128 doubled = 2 * number + divisor, quotient = doubled / (2 * divisor);
    return doubled % (2 * divisor) < 0 ? quotient - 1 : quotient;
  }

  /// numerator * old / 2^shift, rounded by the chip's rule.
  int64_t leak(int64_t old, int64_t numerator, int64_t shift) const {
    __int128 product = static_cast<__int128>(numerator) * old;
    __int128 unit = static_cast<__int128>(1) << shift;
    __int128 quotient = product / unit, rest = product % unit; // toward zero
    if (rounding == LeakRounding::Floor && rest < 0)
      --quotient;
    if (rounding == LeakRounding::Nearest) {
      __int128 doubled = 2 * (rest < 0 ? -rest : rest);
      if (doubled > unit || (doubled == unit && quotient % 2 != 0))
        quotient += product < 0 ? -1 : 1;
    }
    return static_cast<int64_t>(quotient);
  }

  /// Sets a state of so many bits; false where they do not hold the number.
  bool hold(int64_t &stateWord, __int128 number, int64_t bits) const {
    int64_t largest = largestOf(bits), smallest = -largest - 1;
    // Constants reach kIntegerLimit, which is outside every state.
    stateWord = static_cast<int64_t>(std::clamp<__int128>(number, -kIntegerLimit, kIntegerLimit));
    if (saturates)
      stateWord = std::clamp(stateWord, smallest, largest);
    return stateWord >= smallest && stateWord <= largest;
  }

  FixedNeuron neuron;
  bool saturates;
  LeakRounding rounding;
};

/// The neuron that an attention has for each of its scores, over reals or, of quantised attention,
/// in integers.
class ScoreNeuron {
public:
  explicit ScoreNeuron(AttentionLike attention) {
    NeuronModel model = attention.getScoreModel();
    FixedAttr encoding = attention.getScoresAsIntegers();
    if (encoding)
      fixed.emplace(makeFixedNeuron(model, encoding, 1, attention.getScoreMembranes()),
                    attention.getScoreMembranes());
    else if (model)
      real.emplace(model);
    fractionBits = encoding ? encoding.getFractionBits() : 0;
  }

  /// Before the first step of a pair of tokens.
  void start() {
    if (real)
      real->start(0);
    if (fixed)
      fixed->start(0);
  }

  /// Replaces a score by the neuron's spike, or leaves it where there is no neuron. Returns the
  /// overflow of a state, in which case the score is as before.
  std::optional<FixedNeuronState::Overflow> step(int64_t &score) {
    if (real)
      score = real->step(static_cast<double>(score));
    bool fires = false;
    if (fixed) {
      if (auto overflow = fixed->step(0, score << fractionBits, fires))
        return overflow;
      score = fires;
    }
    return std::nullopt;
  }

private:
  std::optional<RealNeuron> real;
  std::optional<FixedNeuronState> fixed;
  int64_t fractionBits = 0;
};

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_INTERPRETER_NEURONRULES_H
