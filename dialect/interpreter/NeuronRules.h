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
      : equation(model.getEquation()), reset(model.getResetRule()),
        strictly(model.getCompareRule() == Compare::Greater) {}

  /// Before the first step of a neuron with this threshold.
  void start(double neuronThreshold) {
    threshold = neuronThreshold;
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
  NeuronEquation equation;
  Reset reset;
  bool strictly;
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
    int64_t value;
  };

  /// Without a `state` nothing bounds a membrane but the arithmetic here.
  FixedNeuronState(FixedNeuron constants, StateAttr state)
      : neuron(std::move(constants)), bits(state ? state.getBits() : 62),
        saturates(state && state.getSaturates()),
        rounding(state ? state.getLeakRounding() : LeakRounding::TowardZero) {}

  int64_t stateBits() const { return bits; }
  int64_t largest() const { return (int64_t{1} << (bits - 1)) - 1; }
  int64_t smallest() const { return -largest() - 1; }

  /// Before the first step.
  void start(int64_t c) { state = {neuron.vInit[c], 0}; }

  /// Sets `fires` to whether it does at the next step, this being its current.
  std::optional<Overflow> step(int64_t c, int64_t current, bool &fires) {
    auto &[v, i] = state;
    __int128 input = static_cast<__int128>(current) + neuron.bias[c];
    if (neuron.currentDecay != 0) {
      if (!hold(i, leak(i, neuron.currentDecay, neuron.currentShift) + input))
        return Overflow{"filtered current", i};
      input = static_cast<__int128>(i) + neuron.membraneBias[c];
    }
    if (!hold(v, leak(v, neuron.decay, neuron.shift) + input))
      return Overflow{"membrane", v};
    fires = v >= neuron.threshold[c];
    if (fires && neuron.reset == Reset::Hard)
      v = neuron.vResets[c];
    else if (fires && neuron.reset == Reset::Soft)
      v -= neuron.decrement[c];
    return std::nullopt;
  }

  State state;

private:
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

  /// Sets a state; false where its bits do not hold the number.
  bool hold(int64_t &stateWord, __int128 number) const {
    // Constants reach kIntegerLimit, which is outside every state.
    stateWord = static_cast<int64_t>(std::clamp<__int128>(number, -kIntegerLimit, kIntegerLimit));
    if (saturates)
      stateWord = std::clamp(stateWord, smallest(), largest());
    return stateWord >= smallest() && stateWord <= largest();
  }

  FixedNeuron neuron;
  int64_t bits;
  bool saturates;
  LeakRounding rounding;
};

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_INTERPRETER_NEURONRULES_H
