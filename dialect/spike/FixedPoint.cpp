// FixedPoint: how real weights, biases and neurons become integers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/FixedPoint.h"
#include "support/Limits.h"

#include <algorithm>
#include <cmath>

using namespace synfire;
using namespace synfire::spike;

/// Converts a double without a fraction to an integer, clamped to -kIntegerLimit..kIntegerLimit.
static int64_t toInteger(double integral) {
  constexpr double limit = static_cast<double>(kIntegerLimit);
  return static_cast<int64_t>(std::clamp(integral, -limit, limit));
}

/// The rounding is written out because std::nearbyint depends on the rounding mode of the process.
/// It uses integers because std::floor and std::fmod are calls, which took a third of the time of
/// quantize-weights.
int64_t synfire::spike::roundHalfEven(double value) {
  constexpr double kAllIntegral = 0x1p52; // a double that large has no fraction
  if (!(std::fabs(value) < kAllIntegral))
    return toInteger(value);
  auto below = static_cast<int64_t>(value);
  below -= static_cast<double>(below) > value ? 1 : 0;
  // The difference is exact, except for values in (-1/2, 0): there it may be rounded, but it is
  // never below 1/2, which is all that the comparison needs.
  double rest = value - static_cast<double>(below);
  return rest > 0.5 || (rest == 0.5 && below % 2 != 0) ? below + 1 : below;
}

int64_t synfire::spike::quantizeWeight(double weight, double factor, double inputScale,
                                       double scale, WeightForm form) {
  double quotient = factor * weight * inputScale / scale;
  if (form.format == WeightFormat::Sign)
    return quotient >= 0 ? 1 : -1;
  return std::clamp(roundHalfEven(quotient), form.smallest(), form.largest());
}

int64_t synfire::spike::quantizeBias(double bias, double scale, int64_t fractionBits) {
  return roundHalfEven(std::ldexp(bias / scale, static_cast<int>(fractionBits)));
}

int64_t synfire::spike::quantizeInject(double scale, WeightForm form) {
  return quantizeWeight(1.0, 1.0, 1.0, scale, form);
}

FixedDecay synfire::spike::quantizeDecay(double decay) {
  FixedDecay fixed{roundHalfEven(std::ldexp(decay, kMaxDecayShift)), kMaxDecayShift};
  while (fixed.shift > 0 && fixed.numerator % 2 == 0) {
    fixed.numerator /= 2;
    --fixed.shift;
  }
  return fixed;
}

double synfire::spike::membraneUnit(NeuronModel model, int64_t channel) {
  NeuronEquation equation = model.getEquation(channel);
  return equation.gain * equation.currentGain;
}

bool synfire::spike::hasIntegerForm(NeuronModel model) {
  for (int64_t c = 0; c < model.getListedChannels(); ++c)
    if (double unit = membraneUnit(model, c); !(unit > 0.0 && std::isfinite(unit)))
      return false;
  return true;
}

int64_t synfire::spike::requiredFractionBits(NeuronModel model, int64_t timeSteps) {
  int64_t shift = 0;
  for (int64_t c = 0; c < model.getListedChannels(); ++c)
    for (double decay : model.getEquation(c).decays())
      shift = std::max<int64_t>(shift, quantizeDecay(decay).shift);
  return shift * timeSteps;
}

static double thresholdOf(NeuronModel model, int64_t channel) {
  llvm::ArrayRef<double> thresholds = model.getThresholds();
  return thresholds[thresholds.size() == 1 ? 0 : channel];
}

LargestStates synfire::spike::largestStates(NeuronModel model, const InputRange &range) {
  NeuronEquation equation = model.getEquation(range.channel);
  auto scaled = [&](double number) {
    return std::ldexp(number, static_cast<int>(range.fractionBits));
  };
  double unit = scaled(1.0 / (membraneUnit(model, range.channel) * range.scale));
  double input = scaled(range.input), threshold = thresholdOf(model, range.channel) * unit;
  double v = std::fabs(equation.vInit * unit), i = 0;
  // What rounding adds to a filtered current: of the leak, and of a bias with more places.
  const double rounding =
      range.droppedBits == 0 ? 1 : std::ldexp(1.5, static_cast<int>(range.droppedBits));
  LargestStates largest{v, 0};
  const int64_t steps = std::min<int64_t>(range.timeSteps, kMaxTimeSteps);
  for (int64_t t = 0; t < steps; ++t) {
    const double oldV = v, oldI = i;
    i = range.filters ? equation.currentDecay * i + input + rounding : input;
    largest.current = range.filters ? std::max(largest.current, i) : 0;
    v = std::fabs(equation.decay) * v + i + std::fabs(equation.bias * unit) + 1;
    largest.membrane = std::max(largest.membrane, v); // and so no less than i
    if (model.getResetRule() == Reset::Hard)
      v = std::max(v, std::fabs(equation.vReset * unit));
    if (model.getResetRule() == Reset::Soft)
      v += std::max(0.0, -threshold);
    largest.membrane = std::max(largest.membrane, v); // the last reset is stored, too
    if (v == oldV && i == oldI)
      return largest; // it stays like this
  }
  if (range.timeSteps == steps)
    return largest;
  // Of neurons that run across tokens, the steps after that add a geometric series.
  auto rest = static_cast<double>(range.timeSteps - steps);
  auto later = [&](double decay, double growth) {
    return growth * std::min(rest, 1 / (1 - std::fabs(decay)));
  };
  if (range.filters)
    largest.current += later(equation.currentDecay, input + rounding);
  largest.membrane +=
      later(equation.decay, std::max(input, largest.current) + 1 + std::fabs(equation.bias * unit) +
                                std::max(0.0, -threshold));
  return largest;
}

/// Sets decays, shifts and potentials of the next channel of `neuron`.
static void addChannel(FixedNeuron &neuron, NeuronModel model, int64_t channel, double scale) {
  NeuronEquation equation = model.getEquation(channel);
  auto inUnits = [&](double real) {
    return std::ldexp(real / (membraneUnit(model, channel) * scale),
                      static_cast<int>(neuron.fractionBits));
  };
  FixedDecay decay = quantizeDecay(equation.decay), current = quantizeDecay(equation.currentDecay);
  neuron.decay.push_back(decay.numerator);
  neuron.shift.push_back(decay.shift);
  neuron.currentDecay.push_back(current.numerator);
  neuron.currentShift.push_back(current.shift);
  double threshold = inUnits(thresholdOf(model, channel));
  bool strictly = model.getCompareRule() == Compare::Greater;
  if (neuron.reset == Reset::Soft) {
    // The threshold is rounded once: the neuron compares with this number (for `>` with one more)
    // and subtracts it.
    int64_t rounded = roundHalfEven(threshold);
    neuron.threshold.push_back(rounded + (strictly ? 1 : 0));
    neuron.decrement.push_back(rounded);
  } else {
    neuron.threshold.push_back(strictly ? toInteger(std::floor(threshold)) + 1
                                        : toInteger(std::ceil(threshold)));
  }
  neuron.vReset.push_back(roundHalfEven(inUnits(equation.vReset)));
  neuron.vInit.push_back(roundHalfEven(inUnits(equation.vInit)));
  neuron.bias.push_back(roundHalfEven(inUnits(equation.bias)));
}

FixedNeuron synfire::spike::makeFixedNeuron(NeuronModel model, FixedAttr encoding, int64_t channels,
                                            StateAttr state) {
  FixedNeuron neuron;
  neuron.fractionBits = encoding.getFractionBits();
  neuron.stateBits = state ? state.getBits() : kUnboundedBits;
  neuron.reset = model.getResetRule();
  neuron.decay.clear();
  neuron.shift.clear();
  neuron.vReset.clear();
  for (int64_t c = 0; c < channels; ++c)
    addChannel(neuron, model, c, encoding.scaleOf(c));
  if (llvm::all_of(neuron.currentDecay, [](int64_t decay) { return decay == 0; })) {
    neuron.currentDecay.clear();
    neuron.currentShift.clear();
    return neuron;
  }
  // Neurons that filter their current add their own bias after the filter.
  neuron.membraneBias = neuron.bias;
  neuron.bias.assign(channels, 0);
  neuron.currentBits = state ? state.getBitsOfCurrent() : kUnboundedBits;
  neuron.currentFractionBits =
      state ? std::min(neuron.fractionBits, state.getCurrentFractionBits()) : neuron.fractionBits;
  return neuron;
}

int64_t synfire::spike::biasOfCurrent(int64_t bias, const NeuronConstants &neuron) {
  const int64_t dropped = neuron.fractionBits - neuron.currentFractionBits;
  return dropped == 0 ? bias : (bias + (int64_t{1} << (dropped - 1))) >> dropped;
}

bool synfire::spike::hasIntegerForm(IntegratorLike integrator) {
  return integrator.getIntegratorGain() > 0.0; // the verifier has seen that it is finite
}

mlir::RankedTensorType synfire::spike::integratedType(mlir::RankedTensorType current, double gain) {
  FixedAttr encoding = getFixedEncoding(current);
  llvm::SmallVector<double> scales;
  for (double scale : encoding.getScale().asArrayRef())
    scales.push_back(scale * gain);
  mlir::MLIRContext *context = current.getContext();
  return mlir::RankedTensorType::get(current.getShape(), current.getElementType(),
                                     FixedAttr::get(context,
                                                    mlir::DenseF64ArrayAttr::get(context, scales),
                                                    encoding.getFractionBits()));
}

int64_t synfire::spike::requiredFractionBits(double decay, int64_t timeSteps) {
  return timeSteps * quantizeDecay(decay).shift;
}

FixedNeuron synfire::spike::makeFixedIntegrator(double decay, FixedAttr encoding, int64_t channels,
                                                StateAttr state) {
  FixedNeuron neuron;
  FixedDecay fixed = quantizeDecay(decay);
  neuron.decay.assign(channels, fixed.numerator);
  neuron.shift.assign(channels, fixed.shift);
  neuron.fractionBits = encoding.getFractionBits();
  neuron.stateBits = state ? state.getBits() : kUnboundedBits;
  neuron.reset = Reset::None;
  neuron.threshold.assign(channels, kIntegerLimit);
  neuron.vInit = neuron.bias = neuron.vReset = std::vector<int64_t>(channels, 0);
  return neuron;
}

double synfire::spike::largestIntegral(double decay, const InputRange &range) {
  const double input = std::ldexp(range.input, static_cast<int>(range.fractionBits));
  double v = 0;
  for (int64_t t = 0; t < range.timeSteps; ++t)
    v = decay * v + input + 1;
  return v;
}
