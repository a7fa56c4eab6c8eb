// FixedPoint: how real weights, biases and neurons become integers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/FixedPoint.h"
#include "support/Limits.h"

#include <algorithm>
#include <cmath>

using namespace synfire;
using namespace synfire::spike;

/// An integral double as an integer within the limit.
static int64_t toInteger(double integral) {
  constexpr double limit = static_cast<double>(kIntegerLimit);
  return static_cast<int64_t>(std::clamp(integral, -limit, limit));
}

/// Written out because std::nearbyint depends on the rounding mode of the process.
int64_t synfire::spike::roundHalfEven(double value) {
  double below = std::floor(value);
  // The difference is exact, except for values in (-1/2, 0): there it may be rounded, but it is
  // never below 1/2, which is all that the comparison needs.
  double rest = value - below;
  bool odd = std::fmod(below, 2.0) != 0.0;
  return toInteger(rest > 0.5 || (rest == 0.5 && odd) ? below + 1.0 : below);
}

int64_t synfire::spike::largestWeight(int64_t bits) { return (int64_t{1} << (bits - 1)) - 1; }

int64_t synfire::spike::quantizeWeight(double weight, double factor, double inputScale,
                                       double scale, int64_t bits) {
  int64_t largest = largestWeight(bits);
  return std::clamp(roundHalfEven(factor * weight * inputScale / scale), -largest, largest);
}

int64_t synfire::spike::quantizeBias(double bias, double scale, int64_t fractionBits) {
  return roundHalfEven(std::ldexp(bias / scale, static_cast<int>(fractionBits)));
}

int64_t synfire::spike::quantizeInject(double scale, int64_t bits) {
  return quantizeWeight(1.0, 1.0, 1.0, scale, bits);
}

FixedDecay synfire::spike::quantizeDecay(double decay) {
  FixedDecay fixed{roundHalfEven(std::ldexp(decay, kMaxDecayShift)), kMaxDecayShift};
  while (fixed.shift > 0 && fixed.numerator % 2 == 0) {
    fixed.numerator /= 2;
    --fixed.shift;
  }
  return fixed;
}

int64_t synfire::spike::requiredFractionBits(NeuronModel model, int64_t timeSteps) {
  return quantizeDecay(model.getDecay()).shift * timeSteps;
}

bool synfire::spike::hasIntegerForm(NeuronModel model) {
  return !model.filtersCurrent() && model.getGain() > 0.0;
}

FixedNeuron synfire::spike::makeFixedNeuron(NeuronModel model, FixedAttr encoding,
                                            int64_t channels) {
  FixedDecay decay = quantizeDecay(model.getDecay());
  FixedNeuron neuron;
  neuron.decayNumerator = decay.numerator;
  neuron.decayShift = decay.shift;
  neuron.fractionBits = static_cast<int32_t>(encoding.getFractionBits());
  neuron.reset = model.getResetRule();
  bool strictly = model.getCompareRule() == Compare::Greater;
  llvm::ArrayRef<double> thresholds = model.getThresholds();
  for (int64_t c = 0; c < channels; ++c) {
    auto inUnits = [&](double real) {
      return std::ldexp(real / (model.getGain() * encoding.scaleOf(c)), neuron.fractionBits);
    };
    double threshold = inUnits(thresholds.size() == 1 ? thresholds[0] : thresholds[c]);
    if (neuron.reset == Reset::Soft) {
      // One rounded number is compared with and subtracted.
      int64_t rounded = roundHalfEven(threshold);
      neuron.threshold.push_back(rounded + (strictly ? 1 : 0));
      neuron.decrement.push_back(rounded);
    } else {
      neuron.threshold.push_back(strictly ? toInteger(std::floor(threshold)) + 1
                                          : toInteger(std::ceil(threshold)));
    }
    neuron.vReset.push_back(roundHalfEven(inUnits(model.getResetPotential())));
    neuron.vInit.push_back(roundHalfEven(inUnits(model.getInitialPotential())));
    neuron.bias.push_back(roundHalfEven(inUnits(model.getBiasPotential())));
  }
  return neuron;
}
