// AssignHost: which ops the chip computes, and which the host.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/HostKernels.h"
#include "passes/Passes.h"
#include "passes/TargetOption.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

namespace synfire {
#define GEN_PASS_DEF_ASSIGNHOST
#include "passes/Passes.h.inc"
} // namespace synfire

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

namespace {

/// What one chip can compute. `check*` emit the error when it cannot.
class ChipUnits {
public:
  explicit ChipUnits(const ChipModel &chip) : chip(chip) {}

  LogicalResult checkNeurons(NeuronLike op) const {
    spike::NeuronModel model = op.getNeuronModel();
    if (!getFixedEncoding(op.getNeuronInput().getType()))
      return notQuantized(op);
    if (!hasModel(model.getModelName()))
      return lacks(op, "'" + model.getModelName() + "' neurons", "core.neuron_models", modelList());
    bool leaks = model.getDecay() != 0 && model.getDecay() != 1;
    if (leaks && !chip.core.multiplicativeLeak)
      return lacks(op,
                   "a multiplicative leak, here " + llvm::formatv("{0}", model.getDecay()).str(),
                   "core.multiplicative_leak", "false");
    return success();
  }

  LogicalResult checkAttention(AttentionLike op) const {
    if (!getFixedEncoding(op->getResult(0).getType()))
      return notQuantized(op);
    if (chip.core.coincidenceAttention)
      return success();
    InFlightDiagnostic diag = lacks(op, "spiking self-attention in coincidence form",
                                    "core.coincidence_attention", "false");
    if (chip.core.hebbianAttention)
      diag.attachNote() << "the target has core.hebbian_attention, but no pass brings attention "
                           "into that form";
    return diag;
  }

  LogicalResult checkSynapses(SynapseLike op) const {
    if (!getFixedEncoding(op->getResult(0).getType()))
      return notQuantized(op);
    return checkSpikes(op, op.getSynapseInput());
  }

  /// Spikes that an op sends or reads: more than one bit needs graded spikes.
  LogicalResult checkSpikes(Operation *op, Value spikes) const {
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

  LogicalResult checkReadout(RecombineOp op) const {
    if (!getFixedEncoding(op.getResult().getType()))
      return notQuantized(op);
    if (!hasModel(neuronModelName(synfire::NeuronModel::Integrator)))
      return lacks(op, "integrators, which add up the time steps", "core.neuron_models",
                   modelList());
    return checkSpikes(op, op.getSpikes());
  }

private:
  static InFlightDiagnostic notQuantized(Operation *op) {
    return op->emitError() << sourceName(op)
                           << ": is not quantised, a chip computes integers; run quantize-weights "
                              "before";
  }

  InFlightDiagnostic lacks(Operation *op, const Twine &unit, StringRef key,
                           const Twine &value) const {
    InFlightDiagnostic diag = op->emitError()
                              << sourceName(op) << ": needs " << unit << ", which target '"
                              << chip.name << "' does not have";
    diag.attachNote() << "the target has " << key << ": " << value
                      << "; choose a target that has the unit, or change the model";
    return diag;
  }

  bool hasModel(StringRef name) const {
    return llvm::any_of(chip.core.neuronModels,
                        [&](auto model) { return name == neuronModelName(model); });
  }

  std::string modelList() const {
    return llvm::join(llvm::map_range(chip.core.neuronModels, neuronModelName), ", ");
  }

  const ChipModel &chip;
};

class AssignHost : public synfire::impl::AssignHostBase<AssignHost> {
public:
  using AssignHostBase::AssignHostBase;

private:
  void runOnOperation() override {
    FailureOr<ChipModel> chip = loadTarget(getOperation(), target, targetsFolder);
    if (failed(chip))
      return signalPassFailure();
    ChipUnits units(*chip);
    auto *dialect = getContext().getLoadedDialect<SpikeDialect>();
    bool broken = false;
    for (auto function : getOperation().getOps<FunctionOpInterface>())
      function->walk([&](Operation *op) {
        // All misfits are reported, not the first alone.
        if (op->getDialect() == dialect)
          broken |= failed(assign(op, units, chip->name));
      });
    if (broken)
      signalPassFailure();
  }

  LogicalResult assign(Operation *op, const ChipUnits &units, StringRef chipName) {
    bool onHost = !hostKernelKind(op).empty();
    if (failed(onHost ? checkHost(op) : checkChip(op, units, chipName)))
      return failure();
    op->setAttr(kWhereAttrName, StringAttr::get(op->getContext(), onHost ? "host" : "chip"));
    return success();
  }

  /// The host works token by token; only what it sends has time steps.
  static LogicalResult checkHost(Operation *op) {
    for (Value operand : op->getOperands())
      if (cast<RankedTensorType>(operand.getType()).getRank() > 2)
        return op->emitError() << sourceName(op) << ": '" << op->getName()
                               << "' has an operand with time steps, but the host computes it once "
                                  "per token; apply it before spike.repeat";
    if (auto repeat = dyn_cast<RepeatOp>(op))
      if (!isSpikeType(repeat.getInput().getType()))
        return op->emitError() << sourceName(op)
                               << ": real values cannot enter the chip, only spikes; put "
                                  "spike.binarize before it";
    return success();
  }

  LogicalResult checkChip(Operation *op, const ChipUnits &units, StringRef chipName) {
    if (auto neuron = dyn_cast<NeuronLike>(op))
      return units.checkNeurons(neuron);
    if (auto attention = dyn_cast<AttentionLike>(op))
      return units.checkAttention(attention);
    if (auto synapse = dyn_cast<SynapseLike>(op))
      return units.checkSynapses(synapse);
    if (auto readout = dyn_cast<RecombineOp>(op))
      return units.checkReadout(readout);
    if (auto add = dyn_cast<AddOp>(op); add && !isReal(add))
      return units.checkSpikes(add, add.getResult());
    InFlightDiagnostic diag = op->emitError() << sourceName(op) << ": no unit of target '"
                                              << chipName << "' computes '" << op->getName() << "'";
    if (host == HostPolicy::Refuse)
      diag << ", and host=refuse keeps it from the host";
    diag.attachNote() << "the host has kernels for " << hostKernelList();
    return diag;
  }

  static bool isReal(AddOp add) { return getElementTypeOrSelf(add.getResult().getType()).isF32(); }
};

} // namespace
