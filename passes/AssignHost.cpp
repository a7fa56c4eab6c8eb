// AssignHost: which ops the chip computes, and which the host.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/NamedError.h"
#include "dialect/spike/TimedValue.h"
#include "passes/ChipUnits.h"
#include "passes/Passes.h"
#include "passes/TargetOption.h"
#include "passes/lower/CurrentWalk.h"
#include "support/Limits.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"

#include <utility>

namespace synfire {
#define GEN_PASS_DEF_ASSIGNHOST
#include "passes/Passes.h.inc"
} // namespace synfire

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

namespace {

/// Decides for every op of one function whether the chip or the host computes it. The operands of
/// an op are decided before it.
class Assignment {
public:
  Assignment(const ChipUnits &units, HostPolicy policy) : units(units), policy(policy) {}

  LogicalResult run(FunctionOpInterface function) {
    grid = isGridModel(function);
    // The loop goes on after a failure, so that every op that fits nowhere is reported.
    bool broken = false;
    for (Operation *op : operationsOf(function))
      broken |= failed(assign(op));
    if (broken)
      return failure();
    if (!chipUsed) // an ordinary model
      computed = working;
    if (computed.empty())
      return success();
    if (policy == HostPolicy::Refuse)
      return refuseHost();
    warnOfHost();
    return success();
  }

private:
  LogicalResult assign(Operation *op) {
    bool onChip = belongsToChip(op);
    if (failed(onChip ? checkChip(op) : checkHost(op)) || failed(checkWidth(op)))
      return failure();
    op->setAttr(kWhereAttrName, StringAttr::get(op->getContext(), onChip ? "chip" : "host"));
    if (onChip || llvm::any_of(op->getOperands(),
                               [&](Value v) { return afterChip.contains(traceInTime(v).value); }))
      afterChip.insert_range(op->getResults());
    // host=refuse allows the host to prepare the text: by ops without time steps that do not depend
    // on the chip.
    chipUsed |= onChip && !movesInTime(op);
    if (!onChip && !op->hasTrait<MovesValues>())
      working.push_back(op);
    bool timed = op->getNumResults() == 1 && rankOf(op->getResult(0)) == 3;
    if (!onChip && !op->hasTrait<MovesValues>() && (timed || afterChip.contains(op->getResult(0))))
      computed.push_back(op);
    return success();
  }

  /// Refuses spikes that are wider than a program can send, even if the chip could carry them.
  static LogicalResult checkWidth(Operation *op) {
    for (Value result : op->getResults()) {
      Type element = getElementTypeOrSelf(result.getType());
      if (isSpikeType(result.getType()) && element.getIntOrFloatBitWidth() > kMaxSpikeBits)
        return emitNamedError(op) << "needs graded spikes of at most " << kMaxSpikeBits
                                  << " bits (what a program holds), has "
                                  << element.getIntOrFloatBitWidth()
                                  << "; add fewer spikes up, or give the result a narrower type";
    }
    return success();
  }

  static int64_t rankOf(Value value) { return cast<RankedTensorType>(value.getType()).getRank(); }

  /// Whether the chip has to compute the op: a neuron whose current is quantised, an op whose
  /// result is quantised, or a gate or the flattening of spikes, unless the host computes all
  /// spikes that it reads.
  bool belongsToChip(Operation *op) const {
    if (auto neuron = dyn_cast<NeuronLike>(op))
      return bool(getFixedEncoding(neuron.getNeuronInput().getType()));
    if (isGate(op) || (joinsPoints(op) && isSpikeType(op->getResult(0).getType())))
      return !llvm::all_of(op->getOperands(), onHost);
    if (movesInTime(op)) // synapses of the chip delay what they read
      return op->getNumRegions() > 0 || isSpikeType(op->getResult(0).getType());
    return op->getNumResults() == 1 && getFixedEncoding(op->getResult(0).getType());
  }

  static bool isGate(Operation *op) {
    auto gate = dyn_cast<SpikeGate>(op);
    return gate && gate.isGate();
  }

  /// Whether the host has the value in the step that it is read in: the model's input comes from
  /// the host, as do the results of its ops. Only synapses of the chip read earlier steps.
  static bool onHost(Value value) {
    const TimedValue timed = traceInTime(value);
    return timed.value && !timed.isLate() && comesFromHost(timed.value);
  }

  static bool comesFromHost(Value value) {
    if (isa<BlockArgument>(value))
      return true;
    auto where = value.getDefiningOp()->getAttrOfType<StringAttr>(kWhereAttrName);
    return where && where.getValue() == "host";
  }

  LogicalResult checkHost(Operation *op) {
    if (!op->hasTrait<HostComputable>())
      return nobody(op);
    if (auto neuron = dyn_cast<NeuronLike>(op);
        neuron && neuron.getScanOrder() == Scan::StepsAndTokens)
      return emitNamedError(op)
             << "neurons whose time runs over the tokens (scan = steps_and_tokens) do not run on "
                "the host, whose neurons begin every token anew. Give them a current of spikes, "
                "run the model with `synfire interpret`, or set scan = steps";
    // The host reads integers of the chip. Those without time are made from recombined spikes,
    // whose readout checkChip() has checked at the recombination.
    if (llvm::any_of(op->getOperandTypes(), getFixedEncoding))
      return rankOf(op->getOperand(0)) == 3 ? units.checkReadout(op) : success();
    for (Value operand : op->getOperands())
      if (isSpikeType(operand.getType()) && !onHost(operand))
        return emitNamedError(op)
               << "'" << op->getName() << "' runs on the host, which reads no spikes of "
               << nameOf(operand)
               << "; put neurons or spike.inject between them, or apply it before "
                  "spike.repeat";
    return success();
  }

  static std::string nameOf(Value value) {
    return value.getDefiningOp() ? quotedName(value.getDefiningOp()) : "the model's input";
  }

  /// Refuses neurons whose time runs over the points of a grid: a chip has a neuron for each point,
  /// and computes all points in one tick.
  LogicalResult checkScan(NeuronLike op) const {
    if (op.getScanOrder() == Scan::Steps || !grid)
      return success();
    return emitNamedError(op)
           << "neurons whose time runs over the tokens (scan = steps_and_tokens) are not mapped "
              "where the tokens are points of a grid, all of which a chip computes in one tick. "
              "Run the model with `synfire interpret`, or set scan = steps";
  }

  LogicalResult checkIntegrator(IntegratorLike op) const {
    if (op.getIntegratorScan() == Scan::Steps)
      return units.checkIntegrator(op);
    return emitNamedError(op)
           << "integrators whose time runs over the tokens (scan = steps_and_tokens) are not "
              "mapped, "
              "because a readout begins anew with every token. Run the model with `synfire "
              "interpret`, or set scan = steps";
  }

  LogicalResult checkChip(Operation *op) {
    if (auto neuron = dyn_cast<NeuronLike>(op))
      return failed(checkScan(neuron)) ? failure() : units.checkNeurons(neuron);
    if (auto attention = dyn_cast<AttentionLike>(op))
      return units.checkAttention(attention);
    if (auto integrator = dyn_cast<IntegratorLike>(op))
      return checkIntegrator(integrator);
    if (isGate(op))
      return units.checkGate(cast<SpikeGate>(op));
    if (movesInTime(op))
      return success();
    if (auto synapse = dyn_cast<SynapseLike>(op))
      return units.checkSynapses(synapse);
    if (joinsPoints(op))
      return units.checkSpikes(op, op->getOperand(0));
    if (auto recombine = dyn_cast<RecombineOp>(op))
      return success(succeeded(units.checkReadout(op)) &&
                     succeeded(units.checkSpikes(op, recombine.getSpikes())));
    return op->hasTrait<SumsOperands>() ? success() : nobody(op);
  }

  /// Reports that neither a unit of the chip nor a kernel of the host computes the op. For
  /// attention the message says that its operands are the reason.
  LogicalResult nobody(Operation *op) {
    InFlightDiagnostic diag = emitNamedError(op)
                              << "no unit of target '" << units.name() << "' computes ";
    if (isa<AttentionLike>(op)) {
      diag << "spiking self-attention of these operands, which must be spikes over the model's "
              "time steps; run quantize-weights before";
      return diag;
    }
    diag << "'" << op->getName() << "', and the host has no kernel for it; run the model with "
         << "`synfire interpret`";
    if (!std::exchange(listed, true))
      diag.attachNote() << "the host has kernels for " << hostComputableOps(op->getContext());
    return diag;
  }

  /// One warning for all that the host computes: how many operations of each kind, and the name of
  /// the first of them.
  void warnOfHost() const {
    llvm::MapVector<StringRef, SmallVector<Operation *>> kinds;
    for (Operation *op : computed)
      kinds[op->getName().stripDialect()].push_back(op);
    InFlightDiagnostic diag =
        computed.front()->emitWarning()
        << computed.size() << " operation" << (computed.size() == 1 ? " runs" : "s run")
        << " on the host, for want of a unit on target '" << units.name() << "': ";
    llvm::interleaveComma(kinds, diag, [&](const auto &kind) {
      diag << kind.second.size() << " " << kind.first << " (" << quotedName(kind.second.front())
           << (kind.second.size() == 1 ? ")" : ", ...)");
    });
  }

  LogicalResult refuseHost() const {
    InFlightDiagnostic diag = computed.front()->emitError()
                              << computed.size() << " operation"
                              << (computed.size() == 1 ? " has" : "s have")
                              << " no unit on target '" << units.name()
                              << "', and host=refuse keeps what it lacks from the host; allow the "
                                 "host, or choose a model that spikes throughout";
    for (Operation *op : computed)
      diag.attachNote(op->getLoc())
          << quotedName(op) << " ('" << op->getName() << "') would run on the host";
    return diag;
  }

  const ChipUnits &units;
  HostPolicy policy;
  bool grid = false;               ///< whether the tokens are points of a grid
  bool listed = false;             ///< whether a note has listed the host's kernels
  llvm::DenseSet<Value> afterChip; ///< values that depend on a result of the chip
  bool chipUsed = false;
  SmallVector<Operation *> working;  ///< of the host, but for those that only move values
  SmallVector<Operation *> computed; ///< ops of the host that the chip has no unit for
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
    for (auto function : getOperation().getOps<FunctionOpInterface>())
      if (failed(Assignment(units, host).run(function)))
        return signalPassFailure();
  }
};

} // namespace
