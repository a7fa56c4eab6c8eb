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

double synfire::spike::membraneUnit(NeuronModel model) {
  NeuronEquation equation = model.getEquation();
  return equation.gain * equation.currentGain;
}

bool synfire::spike::hasIntegerForm(NeuronModel model) {
  return membraneUnit(model) > 0.0 && std::isfinite(membraneUnit(model));
}

int64_t synfire::spike::requiredFractionBits(NeuronModel model, int64_t timeSteps) {
  int64_t shift = 0;
  for (double decay : model.getEquation().decays())
    shift = std::max<int64_t>(shift, quantizeDecay(decay).shift);
  return shift * timeSteps;
}

double synfire::spike::largestState(NeuronModel model, const InputRange &range) {
  NeuronEquation equation = model.getEquation();
  auto scaled = [&](double number) {
    return std::ldexp(number, static_cast<int>(range.fractionBits));
  };
  double unit = scaled(1.0 / (membraneUnit(model) * range.scale));
  double input = scaled(range.input);
  double v = std::fabs(equation.vInit * unit), i = 0, largest = v;
  for (int64_t t = 0; t < range.timeSteps; ++t) {
    i = equation.currentDecay > 0 ? equation.currentDecay * i + input + 1 : input;
    v = std::fabs(equation.decay) * v + i + std::fabs(equation.bias * unit) + 1;
    largest = std::max(largest, v); // and so no less than i
    if (model.getResetRule() == Reset::Hard)
      v = std::max(v, std::fabs(equation.vReset * unit));
    if (model.getResetRule() == Reset::Soft)
      v += std::max(0.0, -range.threshold * unit);
    largest = std::max(largest, v); // the membrane after the last reset is stored, too
  }
  return largest;
}

FixedNeuron synfire::spike::makeFixedNeuron(NeuronModel model, FixedAttr encoding,
                                            int64_t channels) {
  NeuronEquation equation = model.getEquation();
  FixedDecay decay = quantizeDecay(equation.decay);
  FixedNeuron neuron;
  neuron.decay = decay.numerator;
  neuron.shift = decay.shift;
  FixedDecay current = quantizeDecay(equation.currentDecay);
  neuron.currentDecay = current.numerator;
  neuron.currentShift = current.shift;
  neuron.fractionBits = encoding.getFractionBits();
  neuron.reset = model.getResetRule();
  bool strictly = model.getCompareRule() == Compare::Greater;
  llvm::ArrayRef<double> thresholds = model.getThresholds();
  for (int64_t c = 0; c < channels; ++c) {
    auto inUnits = [&](double real) {
      return std::ldexp(real / (membraneUnit(model) * encoding.scaleOf(c)),
                        static_cast<int>(neuron.fractionBits));
    };
    double threshold = inUnits(thresholds.size() == 1 ? thresholds[0] : thresholds[c]);
    if (neuron.reset == Reset::Soft) {
      // The threshold is rounded once: the neuron compares with this number (for `>` with one
      // more) and subtracts it.
      int64_t rounded = roundHalfEven(threshold);
      neuron.threshold.push_back(rounded + (strictly ? 1 : 0));
      neuron.decrement.push_back(rounded);
    } else {
      neuron.threshold.push_back(strictly ? toInteger(std::floor(threshold)) + 1
                                          : toInteger(std::ceil(threshold)));
    }
    neuron.vResets.push_back(roundHalfEven(inUnits(equation.vReset)));
    neuron.vInit.push_back(roundHalfEven(inUnits(equation.vInit)));
    neuron.bias.push_back(roundHalfEven(inUnits(equation.bias)));
  }
  if (neuron.currentDecay != 0) {
    // A neuron that filters its current adds its own bias after the filter.
    neuron.membraneBias = neuron.bias;
    neuron.bias.assign(channels, 0);
  }
  neuron.vReset = neuron.vResets.front();
  return neuron;
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

FixedNeuron synfire::spike::makeFixedIntegrator(double decay, FixedAttr encoding,
                                                int64_t channels) {
  FixedNeuron neuron;
  FixedDecay fixed = quantizeDecay(decay);
  neuron.decay = fixed.numerator;
  neuron.shift = fixed.shift;
  neuron.fractionBits = encoding.getFractionBits();
  neuron.reset = Reset::None;
  neuron.threshold.assign(channels, kIntegerLimit);
  neuron.vInit = neuron.bias = neuron.vResets = std::vector<int64_t>(channels, 0);
  return neuron;
}

double synfire::spike::largestIntegral(double decay, const InputRange &range) {
  const double input = std::ldexp(range.input, static_cast<int>(range.fractionBits));
  double v = 0;
  for (int64_t t = 0; t < range.timeSteps; ++t)
    v = decay * v + input + 1;
  return v;
}
