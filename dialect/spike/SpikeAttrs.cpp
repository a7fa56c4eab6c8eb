// SpikeAttrs: verifiers and interfaces of the spike dialect's attributes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Spike.h"

#include "dialect/Violation.h"
#include "dialect/spike/RealMath.h"
#include "support/Limits.h"

#include <cmath>
#include <limits>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

using EmitError = function_ref<InFlightDiagnostic()>;

static LogicalResult violatedAttr(EmitError emitError, const Twine &rule, const Twine &actual,
                                  const Twine &limit) {
  return emitError() << rule << ": needs " << limit << ", has " << actual;
}

//===----------------------------------------------------------------------===//
// Neuron models
//===----------------------------------------------------------------------===//

static double numberOr0(FloatAttr attr) { return attr ? attr.getValueAsDouble() : 0.0; }

static bool isFiniteF64(FloatAttr attr) {
  return attr.getType().isF64() && std::isfinite(attr.getValueAsDouble());
}

/// Checks (C1), which is the same for every neuron model.
static LogicalResult verifyPotentials(EmitError emitError, DenseF64ArrayAttr threshold,
                                      FloatAttr vReset, FloatAttr vInit, FloatAttr bias) {
  // (C1)
  if (threshold.empty())
    return violatedAttr(emitError, "number of thresholds", "0", "1, or one per channel");
  for (double value : threshold.asArrayRef())
    if (!std::isfinite(value))
      return violatedAttr(emitError, "threshold", text(value), "a finite number");
  for (auto [name, attr] :
       {std::pair("v_reset", vReset), std::pair("v_init", vInit), std::pair("bias", bias)})
    if (attr && !isFiniteF64(attr))
      return violatedAttr(emitError, name, text(attr), "a finite f64");
  return success();
}

/// Checks (C2) of a model for one of its constants: `attr` is a finite f64 within low..high, a
/// range that the message calls `range`.
static LogicalResult verifyConstant(EmitError emitError, StringRef name, FloatAttr attr, double low,
                                    double high, StringRef range) {
  double value = attr.getValueAsDouble();
  // (C2)
  if (!isFiniteF64(attr) || value < low || value > high)
    return violatedAttr(emitError, name, text(attr), "a finite f64" + range);
  return success();
}

static constexpr double kAny = std::numeric_limits<double>::infinity();

LogicalResult IfAttr::verify(EmitError emitError, DenseF64ArrayAttr threshold, Reset, Compare,
                             FloatAttr vReset, FloatAttr vInit, FloatAttr bias) {
  return verifyPotentials(emitError, threshold, vReset, vInit, bias);
}

LogicalResult LifAttr::verify(EmitError emitError, FloatAttr tau, DenseF64ArrayAttr threshold,
                              Reset, Compare, FloatAttr vReset, FloatAttr vInit, FloatAttr bias) {
  if (failed(verifyConstant(emitError, "tau", tau, 1.0, kAny, " of at least 1")))
    return failure();
  return verifyPotentials(emitError, threshold, vReset, vInit, bias);
}

LogicalResult PlifAttr::verify(EmitError emitError, FloatAttr w, DenseF64ArrayAttr threshold, Reset,
                               Compare, FloatAttr vReset, FloatAttr vInit, FloatAttr bias) {
  if (failed(verifyConstant(emitError, "w", w, -700.0, 700.0, " in -700..700")))
    return failure();
  return verifyPotentials(emitError, threshold, vReset, vInit, bias);
}

LogicalResult CubaLifAttr::verify(EmitError emitError, FloatAttr currentDecay,
                                  FloatAttr currentGain, FloatAttr decay, FloatAttr gain,
                                  DenseF64ArrayAttr threshold, Reset, Compare, FloatAttr vReset,
                                  FloatAttr vInit, FloatAttr bias) {
  if (failed(verifyConstant(emitError, "current_decay", currentDecay, 0.0, 1.0, " in 0..1")) ||
      failed(verifyConstant(emitError, "membrane_decay", decay, 0.0, 1.0, " in 0..1")) ||
      failed(verifyConstant(emitError, "current_gain", currentGain, -kAny, kAny, "")) ||
      failed(verifyConstant(emitError, "membrane_gain", gain, -kAny, kAny, "")))
    return failure();
  return verifyPotentials(emitError, threshold, vReset, vInit, bias);
}

/// An equation with the constants that every model has; the others have their defaults.
template <typename Model> static NeuronEquation potentialsOf(Model model) {
  NeuronEquation equation;
  equation.bias = numberOr0(model.getBias());
  equation.vReset = numberOr0(model.getVReset());
  equation.vInit = numberOr0(model.getVInit());
  return equation;
}

// Each model's constants in the common equation (NeuronEquation), as SpikeAttrs.td defines them.

NeuronEquation IfAttr::getEquation() const { return potentialsOf(*this); }
StringRef IfAttr::getModelName() const { return "if"; }

NeuronEquation LifAttr::getEquation() const {
  NeuronEquation equation = potentialsOf(*this);
  equation.decay = 1.0 - 1.0 / getTau().getValueAsDouble();
  equation.gain = 1.0 / getTau().getValueAsDouble();
  return equation;
}
StringRef LifAttr::getModelName() const { return "lif"; }

NeuronEquation PlifAttr::getEquation() const {
  NeuronEquation equation = potentialsOf(*this);
  equation.gain = 1.0 / (1.0 + real::exp(-getW().getValueAsDouble()));
  equation.decay = 1.0 - equation.gain;
  return equation;
}
StringRef PlifAttr::getModelName() const { return "lif"; }

NeuronEquation CubaLifAttr::getEquation() const {
  NeuronEquation equation = potentialsOf(*this);
  equation.decay = getMembraneDecay().getValueAsDouble();
  equation.gain = getMembraneGain().getValueAsDouble();
  equation.currentDecay = getCurrentDecay().getValueAsDouble();
  equation.currentGain = getCurrentGain().getValueAsDouble();
  return equation;
}
int64_t CubaLifAttr::getStateWords() const { return 2; }
StringRef CubaLifAttr::getModelName() const { return "cuba_lif"; }

/// Defines the methods that read a parameter which every model has.
#define SYNFIRE_COMMON_NEURON_METHODS(MODEL)                                                       \
  ArrayRef<double> MODEL::getThresholds() const { return getThreshold().asArrayRef(); }            \
  Reset MODEL::getResetRule() const { return getReset(); }                                         \
  Compare MODEL::getCompareRule() const { return getCompare(); }
SYNFIRE_COMMON_NEURON_METHODS(IfAttr)
SYNFIRE_COMMON_NEURON_METHODS(LifAttr)
SYNFIRE_COMMON_NEURON_METHODS(PlifAttr)
SYNFIRE_COMMON_NEURON_METHODS(CubaLifAttr)
#undef SYNFIRE_COMMON_NEURON_METHODS

NeuronModel IfAttr::withThreshold(double threshold) const {
  return get(getContext(), DenseF64ArrayAttr::get(getContext(), threshold), getReset(),
             getCompare(), getVReset(), getVInit(), getBias());
}
NeuronModel LifAttr::withThreshold(double threshold) const {
  return get(getContext(), getTau(), DenseF64ArrayAttr::get(getContext(), threshold), getReset(),
             getCompare(), getVReset(), getVInit(), getBias());
}
NeuronModel PlifAttr::withThreshold(double threshold) const {
  return get(getContext(), getW(), DenseF64ArrayAttr::get(getContext(), threshold), getReset(),
             getCompare(), getVReset(), getVInit(), getBias());
}
NeuronModel CubaLifAttr::withThreshold(double threshold) const {
  return get(getContext(), getCurrentDecay(), getCurrentGain(), getMembraneDecay(),
             getMembraneGain(), DenseF64ArrayAttr::get(getContext(), threshold), getReset(),
             getCompare(), getVReset(), getVInit(), getBias());
}

//===----------------------------------------------------------------------===//
// Encodings and states
//===----------------------------------------------------------------------===//

LogicalResult FixedAttr::verify(EmitError emitError, DenseF64ArrayAttr scale,
                                int64_t fractionBits) {
  // (C1)
  if (scale.empty())
    return violatedAttr(emitError, "number of scales", "0", "1, or one per channel");
  for (double value : scale.asArrayRef())
    if (!std::isfinite(value) || value <= 0.0)
      return violatedAttr(emitError, "scale", text(value), "a positive finite number");
  // (C2)
  if (fractionBits < 0 || fractionBits > kMaxFractionBits)
    return violatedAttr(emitError, "fraction_bits", Twine(fractionBits),
                        "0.." + Twine(kMaxFractionBits));
  return success();
}

LogicalResult FixedAttr::verifyEncoding(ArrayRef<int64_t> shape, Type elementType,
                                        EmitError emitError) const {
  // (C3)
  if (!elementType.isSignedInteger(32))
    return violatedAttr(emitError, "element type under #spike.fixed", text(elementType), "si32");
  int64_t scales = getScale().size();
  if (scales != 1 && (shape.empty() || shape.back() != scales))
    return violatedAttr(emitError, "scales of #spike.fixed", Twine(scales),
                        "1, or one per element of the last dimension");
  return success();
}

LogicalResult StateAttr::verify(EmitError emitError, int64_t bits, LeakRounding, bool) {
  // (C1)
  if (bits < kMinStateBits || bits > kMaxStateBits)
    return violatedAttr(emitError, "bits of the membrane", Twine(bits),
                        Twine(kMinStateBits) + ".." + Twine(kMaxStateBits));
  return success();
}

//===----------------------------------------------------------------------===//
// Model metadata
//===----------------------------------------------------------------------===//

LogicalResult ModelAttr::verify(EmitError emitError, StringAttr, int64_t timeSteps, int64_t context,
                                int64_t vocabulary, StringAttr alphabet, StringAttr cleaning,
                                ArrayAttr words) {
  // (C1)
  for (auto [name, value, most] : {std::tuple("time_steps", timeSteps, kMaxTimeSteps),
                                   std::tuple("context_length", context, kMaxContext),
                                   std::tuple("vocabulary", vocabulary, kMaxColumns)})
    if (value < 1 || value > most)
      return violatedAttr(emitError, name, Twine(value), "1.." + Twine(most));
  // Each character has one byte of UTF-8 that is not a continuation byte.
  int64_t characters = llvm::count_if(alphabet.getValue(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
  });
  // (C2)
  if (characters != 0 && characters != vocabulary)
    return violatedAttr(emitError, "characters of the alphabet", Twine(characters),
                        "0, or " + Twine(vocabulary) + " (one per token id)");
  StringRef rule = cleaning.getValue();
  // (C3)
  if (rule != "prose" && rule != "words" && rule != "none")
    return violatedAttr(emitError, "cleaning", "\"" + rule + "\"",
                        "\"prose\", \"words\" or \"none\"");
  if (!words)
    return success();
  // (C4)
  if (characters != 0)
    return violatedAttr(emitError, "characters of the alphabet beside words", Twine(characters),
                        "0");
  if (static_cast<int64_t>(words.size()) != vocabulary)
    return violatedAttr(emitError, "words", Twine(words.size()),
                        Twine(vocabulary) + " (one per token id)");
  for (Attribute word : words)
    if (auto string = dyn_cast<StringAttr>(word); !string || string.empty())
      return violatedAttr(emitError, "word", text(word), "a string that is not empty");
  return success();
}
