// ChipUnits: checks that a chip has the units that an op needs, and reports those that it lacks.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/ChipUnits.h"

#include "dialect/NamedError.h"
#include "passes/WeightForms.h"
#include "targets/NeuronModels.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

LogicalResult ChipUnits::checkNeurons(NeuronLike op) const {
  NeuronModel model = op.getNeuronModel();
  if (!hasModel(model.getModelName()))
    return lacks(op, "'" + model.getModelName() + "' neurons", "core.neuron_models", modelList());
  StateAttr state = op.getMembraneState();
  if (state && model.getStateWords() > 1) {
    const int currentBits = chip.core.currentBits.value_or(chip.core.stateBits);
    if (state.getBitsOfCurrent() > currentBits)
      return lacks(op, "filtered currents of " + Twine(state.getBitsOfCurrent()) + " bits",
                   chip.core.currentBits ? "core.current_bits" : "core.state_bits",
                   Twine(currentBits));
  }
  for (int64_t c = 0; c < model.getListedChannels(); ++c)
    if (failed(checkMembranes(op, state, model.getEquation(c).decays())))
      return failure();
  return success();
}

LogicalResult ChipUnits::checkIntegrator(IntegratorLike op) const {
  if (failed(checkReadout(op)))
    return failure();
  return checkMembranes(op, op.getIntegratorState(), op.getIntegratorDecay());
}

LogicalResult ChipUnits::checkMembranes(Operation *op, StateAttr state,
                                        ArrayRef<double> decays) const {
  // quantize-weights takes the width from the target, but the module may be quantised for another.
  if (state && state.getBits() > chip.core.stateBits)
    return lacks(op, "membranes of " + Twine(state.getBits()) + " bits", "core.state_bits",
                 Twine(chip.core.stateBits));
  for (double decay : decays)
    if (decay != 0 && decay != 1 && !chip.core.multiplicativeLeak)
      return lacks(op, "a multiplicative leak, here " + llvm::formatv("{0}", decay).str(),
                   "core.multiplicative_leak", "false");
  return success();
}

LogicalResult ChipUnits::checkAttention(AttentionLike op) const {
  if (chip.core.coincidenceAttention)
    return checkScoreNeurons(op);
  InFlightDiagnostic diag = lacks(op, "spiking self-attention in coincidence form",
                                  "core.coincidence_attention", "false");
  if (chip.core.hebbianAttention)
    diag.attachNote() << "'core.hebbian_attention' of target '" << chip.name
                      << "' is true, but no pass brings attention into that form";
  return diag;
}

LogicalResult ChipUnits::checkScoreNeurons(AttentionLike op) const {
  NeuronModel model = op.getScoreModel();
  if (!model)
    return success();
  if (!chip.core.scoreNeurons)
    return lacks(op, "neurons for its scores", "core.score_neurons", "false");
  if (!hasModel(model.getModelName()))
    return lacks(op, "'" + model.getModelName() + "' neurons", "core.neuron_models", modelList());
  return checkMembranes(op, op.getScoreMembranes(), model.getEquation(0).decays());
}

LogicalResult ChipUnits::checkSynapses(SynapseLike op) const {
  const WeightForm form = op.getWeightForm();
  if (!llvm::is_contained(chip.core.weightBits, form.bits))
    return lacks(op, "weights of " + Twine(form.bits) + (form.bits == 1 ? " bit" : " bits"),
                 "core.weight_bits",
                 llvm::join(llvm::map_range(chip.core.weightBits,
                                            [](auto width) { return std::to_string(width); }),
                            ", "));
  if (!WeightForms(chip).has(form))
    return lacks(op, Twine(weightFormatName(form.format)) + " weights", "core.weight_formats",
                 llvm::join(llvm::map_range(chip.core.weightFormats, weightFormatName), ", "));
  return checkSpikes(op, op.getSynapseInput());
}

LogicalResult ChipUnits::checkGate(SpikeGate op) const {
  for (Value operand : op->getOperands())
    if (failed(checkSpikes(op, operand)))
      return failure();
  return checkSpikes(op, op->getResult(0));
}

LogicalResult ChipUnits::checkSpikes(Operation *op, Value spikes) const {
  Type element = getElementTypeOrSelf(spikes.getType());
  int64_t bits = isSpikeType(element) ? element.getIntOrFloatBitWidth() : 1;
  if (bits == 1)
    return success();
  std::string unit = "graded spikes of " + std::to_string(bits) + " bits";
  if (!chip.core.gradedSpikes)
    return lacks(op, unit, "core.graded_spikes", "false");
  if (bits > chip.core.gradedBits)
    return lacks(op, unit, "core.graded_bits", std::to_string(chip.core.gradedBits));
  return success();
}

LogicalResult ChipUnits::checkReadout(Operation *op) const {
  if (hasModel(kIntegratorModel))
    return success();
  return lacks(op, "integrators for the host to read", "core.neuron_models", modelList());
}

InFlightDiagnostic ChipUnits::lacks(Operation *op, const Twine &unit, StringRef key,
                                    const Twine &value) const {
  InFlightDiagnostic diag = emitNamedError(op) << "needs " << unit << ", which target '"
                                               << chip.name << "' does not have";
  diag.attachNote() << "'" << key << "' of target '" << chip.name << "' is " << value
                    << "; choose a target that has the unit, or change the model";
  return diag;
}

bool ChipUnits::hasModel(StringRef name) const {
  return llvm::is_contained(chip.core.neuronModels, name);
}

std::string ChipUnits::modelList() const { return llvm::join(chip.core.neuronModels, ", "); }
