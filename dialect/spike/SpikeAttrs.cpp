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

/// Checks the numbers of one constant of a model: each is finite and within low..high, a range that
/// the message calls `range`. A constant that is absent has none.
static LogicalResult verifyNumbers(EmitError emitError, StringRef name, DenseF64ArrayAttr numbers,
                                   double low, double high, StringRef range = "") {
  if (!numbers)
    return success();
  if (numbers.empty())
    return violatedAttr(emitError, "numbers of " + name, "0", "1, or one per channel");
  for (double value : numbers.asArrayRef())
    if (!std::isfinite(value) || value < low || value > high)
      return violatedAttr(emitError, name, text(value), "a finite number" + range);
  return success();
}

static constexpr double kAny = std::numeric_limits<double>::infinity();

/// Checks (C1), which is the same for every neuron model.
static LogicalResult verifyPotentials(EmitError emitError, DenseF64ArrayAttr threshold,
                                      DenseF64ArrayAttr vReset, DenseF64ArrayAttr vInit,
                                      DenseF64ArrayAttr bias) {
  // (C1)
  for (auto [name, numbers] : {std::pair("threshold", threshold), std::pair("v_reset", vReset),
                               std::pair("v_init", vInit), std::pair("bias", bias)})
    if (failed(verifyNumbers(emitError, name, numbers, -kAny, kAny)))
      return failure();
  return success();
}

LogicalResult IfAttr::verify(EmitError emitError, DenseF64ArrayAttr threshold, Reset, Compare,
                             DenseF64ArrayAttr vReset, DenseF64ArrayAttr vInit,
                             DenseF64ArrayAttr bias) {
  return verifyPotentials(emitError, threshold, vReset, vInit, bias);
}

LogicalResult LifAttr::verify(EmitError emitError, DenseF64ArrayAttr tau,
                              DenseF64ArrayAttr threshold, Reset, Compare, DenseF64ArrayAttr vReset,
                              DenseF64ArrayAttr vInit, DenseF64ArrayAttr bias) {
  // (C2)
  if (failed(verifyNumbers(emitError, "tau", tau, 1.0, kAny, " of at least 1")))
    return failure();
  return verifyPotentials(emitError, threshold, vReset, vInit, bias);
}

LogicalResult PlifAttr::verify(EmitError emitError, DenseF64ArrayAttr w,
                               DenseF64ArrayAttr threshold, Reset, Compare,
                               DenseF64ArrayAttr vReset, DenseF64ArrayAttr vInit,
                               DenseF64ArrayAttr bias) {
  // (C2)
  if (failed(verifyNumbers(emitError, "w", w, -700.0, 700.0, " in -700..700")))
    return failure();
  return verifyPotentials(emitError, threshold, vReset, vInit, bias);
}

LogicalResult CubaLifAttr::verify(EmitError emitError, DenseF64ArrayAttr currentDecay,
                                  DenseF64ArrayAttr currentGain, DenseF64ArrayAttr decay,
                                  DenseF64ArrayAttr gain, DenseF64ArrayAttr threshold, Reset,
                                  Compare, DenseF64ArrayAttr vReset, DenseF64ArrayAttr vInit,
                                  DenseF64ArrayAttr bias) {
  // (C2)
  if (failed(verifyNumbers(emitError, "current_decay", currentDecay, 0.0, 1.0, " in 0..1")) ||
      failed(verifyNumbers(emitError, "membrane_decay", decay, 0.0, 1.0, " in 0..1")) ||
      failed(verifyNumbers(emitError, "current_gain", currentGain, -kAny, kAny)) ||
      failed(verifyNumbers(emitError, "membrane_gain", gain, -kAny, kAny)))
    return failure();
  return verifyPotentials(emitError, threshold, vReset, vInit, bias);
}

/// The number of a channel in a list that has one for all, or one per channel; 0 without a list.
static double numberOf(DenseF64ArrayAttr list, int64_t channel) {
  return !list ? 0.0 : list.size() == 1 ? list[0] : list[channel];
}

/// An equation with the constants that every model has; the others have their defaults.
template <typename Model> static NeuronEquation potentialsOf(Model model, int64_t channel) {
  NeuronEquation equation;
  equation.bias = numberOf(model.getBias(), channel);
  equation.vReset = numberOf(model.getVReset(), channel);
  equation.vInit = numberOf(model.getVInit(), channel);
  return equation;
}

using NumberLists = SmallVector<std::pair<StringRef, ArrayRef<double>>>;

/// The lists of a model, of which `own` are those that not every model has.
template <typename Model> static NumberLists listsOf(Model model, NumberLists own = {}) {
  own.push_back({"threshold", model.getThreshold()});
  for (auto [name, numbers] :
       {std::pair("v_reset", model.getVReset()), std::pair("v_init", model.getVInit()),
        std::pair("bias", model.getBias())})
    if (numbers)
      own.push_back({name, numbers});
  return own;
}

// Each model's constants in the common equation (NeuronEquation), as SpikeAttrs.td defines them.

NeuronEquation IfAttr::getEquation(int64_t channel) const { return potentialsOf(*this, channel); }
NumberLists IfAttr::getNumberLists() const { return listsOf(*this); }
StringRef IfAttr::getModelName() const { return "if"; }

NeuronEquation LifAttr::getEquation(int64_t channel) const {
  NeuronEquation equation = potentialsOf(*this, channel);
  equation.decay = 1.0 - 1.0 / numberOf(getTau(), channel);
  equation.gain = 1.0 / numberOf(getTau(), channel);
  return equation;
}
NumberLists LifAttr::getNumberLists() const { return listsOf(*this, {{"tau", getTau()}}); }
StringRef LifAttr::getModelName() const { return "lif"; }

NeuronEquation PlifAttr::getEquation(int64_t channel) const {
  NeuronEquation equation = potentialsOf(*this, channel);
  equation.gain = 1.0 / (1.0 + real::exp(-numberOf(getW(), channel)));
  equation.decay = 1.0 - equation.gain;
  return equation;
}
NumberLists PlifAttr::getNumberLists() const { return listsOf(*this, {{"w", getW()}}); }
StringRef PlifAttr::getModelName() const { return "lif"; }

NeuronEquation CubaLifAttr::getEquation(int64_t channel) const {
  NeuronEquation equation = potentialsOf(*this, channel);
  equation.decay = numberOf(getMembraneDecay(), channel);
  equation.gain = numberOf(getMembraneGain(), channel);
  equation.currentDecay = numberOf(getCurrentDecay(), channel);
  equation.currentGain = numberOf(getCurrentGain(), channel);
  return equation;
}
NumberLists CubaLifAttr::getNumberLists() const {
  return listsOf(*this, {{"current_decay", getCurrentDecay()},
                         {"current_gain", getCurrentGain()},
                         {"membrane_decay", getMembraneDecay()},
                         {"membrane_gain", getMembraneGain()}});
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

LogicalResult StateAttr::verify(EmitError emitError, int64_t bits, LeakRounding, bool,
                                int64_t currentBits, int64_t currentFractionBits) {
  // (C1)
  if (bits < kMinStateBits || bits > kMaxStateBits)
    return violatedAttr(emitError, "bits of the membrane", Twine(bits),
                        Twine(kMinStateBits) + ".." + Twine(kMaxStateBits));
  // (C2)
  if (currentBits != 0 && (currentBits < kMinStateBits || currentBits > kMaxStateBits))
    return violatedAttr(emitError, "bits of the filtered current", Twine(currentBits),
                        "0, or " + Twine(kMinStateBits) + ".." + Twine(kMaxStateBits));
  if (currentFractionBits < 0 || currentFractionBits > kMaxFractionBits)
    return violatedAttr(emitError, "current_fraction_bits", Twine(currentFractionBits),
                        "0.." + Twine(kMaxFractionBits));
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
