// SpikeAttrs: verifiers and interfaces of the spike dialect's attributes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/spike/Spike.h"

#include "dialect/Violation.h"

#include <cmath>

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

using EmitError = function_ref<InFlightDiagnostic()>;

static LogicalResult violatedAttr(EmitError emitError, StringRef id, const Twine &rule,
                                  const Twine &actual, const Twine &limit) {
  return emitError() << "(" << id << ") " << rule << ": has " << actual << ", needs " << limit;
}

//===----------------------------------------------------------------------===//
// Neuron models
//===----------------------------------------------------------------------===//

/// (C1) of `if` and `lif`.
static LogicalResult verifyPotentials(EmitError emitError, DenseF64ArrayAttr threshold,
                                      FloatAttr vReset, FloatAttr vInit) {
  if (threshold.empty())
    return violatedAttr(emitError, "C1", "number of thresholds", "0", "1, or one per channel");
  for (double value : threshold.asArrayRef())
    if (!std::isfinite(value))
      return violatedAttr(emitError, "C1", "threshold", text(value), "a finite number");
  for (auto [name, attr] : {std::pair("v_reset", vReset), std::pair("v_init", vInit)})
    if (attr && (!attr.getType().isF64() || !std::isfinite(attr.getValueAsDouble())))
      return violatedAttr(emitError, "C1", name, text(attr), "a finite f64");
  return success();
}

static double potentialOr0(FloatAttr attr) { return attr ? attr.getValueAsDouble() : 0.0; }

LogicalResult IfAttr::verify(EmitError emitError, DenseF64ArrayAttr threshold, Reset, Compare,
                             FloatAttr vReset, FloatAttr vInit) {
  return verifyPotentials(emitError, threshold, vReset, vInit);
}

double IfAttr::getDecay() const { return 1.0; }
double IfAttr::getGain() const { return 1.0; }
ArrayRef<double> IfAttr::getThresholds() const { return getThreshold().asArrayRef(); }
Reset IfAttr::getResetRule() const { return getReset(); }
Compare IfAttr::getCompareRule() const { return getCompare(); }
double IfAttr::getResetPotential() const { return potentialOr0(getVReset()); }
double IfAttr::getInitialPotential() const { return potentialOr0(getVInit()); }
int64_t IfAttr::getStateWords() const { return 1; }
StringRef IfAttr::getModelName() const { return "if"; }

LogicalResult LifAttr::verify(EmitError emitError, FloatAttr tau, DenseF64ArrayAttr threshold,
                              Reset, Compare, FloatAttr vReset, FloatAttr vInit) {
  if (!tau.getType().isF64() || !std::isfinite(tau.getValueAsDouble()) ||
      tau.getValueAsDouble() < 1.0)
    return violatedAttr(emitError, "C2", "tau", text(tau), "a finite f64 of at least 1");
  return verifyPotentials(emitError, threshold, vReset, vInit);
}

double LifAttr::getDecay() const { return 1.0 - 1.0 / getTau().getValueAsDouble(); }
double LifAttr::getGain() const { return 1.0 / getTau().getValueAsDouble(); }
ArrayRef<double> LifAttr::getThresholds() const { return getThreshold().asArrayRef(); }
Reset LifAttr::getResetRule() const { return getReset(); }
Compare LifAttr::getCompareRule() const { return getCompare(); }
double LifAttr::getResetPotential() const { return potentialOr0(getVReset()); }
double LifAttr::getInitialPotential() const { return potentialOr0(getVInit()); }
int64_t LifAttr::getStateWords() const { return 1; }
StringRef LifAttr::getModelName() const { return "lif"; }

//===----------------------------------------------------------------------===//
// Encodings and states
//===----------------------------------------------------------------------===//

LogicalResult FixedAttr::verify(EmitError emitError, DenseF64ArrayAttr scale,
                                int64_t fractionBits) {
  if (scale.empty())
    return violatedAttr(emitError, "C1", "number of scales", "0", "1, or one per channel");
  for (double value : scale.asArrayRef())
    if (!std::isfinite(value) || value <= 0.0)
      return violatedAttr(emitError, "C1", "scale", text(value), "a positive finite number");
  if (fractionBits < 0 || fractionBits > 30)
    return violatedAttr(emitError, "C2", "fraction_bits", Twine(fractionBits), "0..30");
  return success();
}

LogicalResult FixedAttr::verifyEncoding(ArrayRef<int64_t> shape, Type elementType,
                                        EmitError emitError) const {
  if (!elementType.isSignedInteger(32))
    return violatedAttr(emitError, "C3", "element type under #spike.fixed", text(elementType),
                        "si32");
  int64_t scales = getScale().size();
  if (scales != 1 && (shape.empty() || shape.back() != scales))
    return violatedAttr(emitError, "C3", "scales of #spike.fixed", Twine(scales),
                        "1, or one per element of the last dimension");
  return success();
}

LogicalResult StateAttr::verify(EmitError emitError, int64_t bits, LeakRounding, bool) {
  if (bits < 2 || bits > 62)
    return violatedAttr(emitError, "C1", "bits of the membrane", Twine(bits), "2..62");
  return success();
}

//===----------------------------------------------------------------------===//
// Model metadata
//===----------------------------------------------------------------------===//

LogicalResult ModelAttr::verify(EmitError emitError, StringAttr, int64_t timeSteps, int64_t context,
                                int64_t vocabulary, StringAttr alphabet, StringAttr cleaning) {
  for (auto [name, value] :
       {std::pair("time_steps", timeSteps), std::pair("context_length", context),
        std::pair("vocabulary", vocabulary)})
    if (value < 1)
      return violatedAttr(emitError, "C1", name, Twine(value), "at least 1");
  // Continuation bytes of UTF-8 start no character.
  int64_t characters = llvm::count_if(alphabet.getValue(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
  });
  if (characters != 0 && characters != vocabulary)
    return violatedAttr(emitError, "C2", "characters of the alphabet", Twine(characters),
                        Twine(vocabulary) + ", one per token id, or none");
  if (cleaning.getValue() != "prose" && cleaning.getValue() != "none")
    return violatedAttr(emitError, "C3", "cleaning", "\"" + cleaning.getValue() + "\"",
                        "\"prose\" or \"none\"");
  return success();
}
