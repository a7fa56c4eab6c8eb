// VerifyMapping: judges the finished mapping: slices in VerifySlices.cpp, cores and flows in
// VerifyFlows.cpp, the schedule here.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/MappingJudge.h"
#include "passes/Passes.h"
#include "passes/TargetOption.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

#include <utility>

namespace synfire {
#define GEN_PASS_DEF_VERIFYMAPPING
#include "passes/Passes.h.inc"
} // namespace synfire

using namespace mlir;
using namespace synfire;

MappingJudge::MappingJudge(chip::ProgramOp program, const ChipModel &chip)
    : program(program), chip(chip) {
  const auto add = [&](Operation *op, StringAttr name, uint64_t columns, uint64_t points) {
    Population &population = populations[name];
    population.op = op;
    population.columns = static_cast<int64_t>(columns);
    population.points = static_cast<int64_t>(points);
  };
  for (Operation &op : program.getBody().front()) {
    if (auto host = dyn_cast<chip::HostOp>(op); host && host.getSpikeBits())
      add(host, host.getSymNameAttr(), host.getColumns(), host.getPoints());
    else if (auto neurons = dyn_cast<chip::NeuronsOp>(op))
      add(neurons, neurons.getSymNameAttr(), neurons.getColumns(), neurons.getPoints());
  }
  for (auto op : program.getOps<chip::ProjectionOp>())
    populations[op.getTargetAttr().getAttr()].projectionsInto.push_back(op);
  for (auto op : program.getOps<chip::AttentionOp>())
    populations[op.getTargetAttr().getAttr()].attentionsInto.push_back(op);
  for (auto slice : program.getOps<chip::SliceOp>())
    populations[slice.getPopulationAttr().getAttr()].slices.push_back(slice);
  for (auto &[name, population] : populations)
    llvm::stable_sort(population.slices, [](chip::SliceOp a, chip::SliceOp b) {
      return std::pair(a.getFirstColumn(), a.getPointRange().first) <
             std::pair(b.getFirstColumn(), b.getPointRange().first);
    });
}

int64_t MappingJudge::stageOf(StringAttr population) {
  Operation *op = populations[population].op;
  if (auto neurons = dyn_cast<chip::NeuronsOp>(op))
    return static_cast<int64_t>(neurons.getStage().value_or(0));
  return static_cast<int64_t>(cast<chip::HostOp>(op).getStage().value_or(0));
}

/// Says at `place` that a population needs stage `least` or a later one because of a source, and
/// notes where both stages are stated.
LogicalResult MappingJudge::refuseStage(Operation *place, StringAttr population, int64_t least,
                                        StringAttr source) {
  InFlightDiagnostic error = place->emitError();
  error << "'" << population.getValue() << "': needs stage " << least
        << " or a later one, has stage " << stageOf(population);
  for (StringAttr name : {population, source})
    error.attachNote(populations[name].op->getLoc())
        << "'" << name.getValue() << "' is in stage " << stageOf(name);
  return error;
}

/// (V6) of the host: spikes that the chip reads are sent in a later stage than
/// that of every readout which the host computes them from.
LogicalResult MappingJudge::verifyHostStages() {
  llvm::DenseSet<Attribute> read;
  for (auto op : program.getOps<chip::ProjectionOp>())
    read.insert(op.getSourceAttr().getAttr());
  for (auto op : program.getOps<chip::AttentionOp>())
    for (FlatSymbolRefAttr source : op.getSources())
      read.insert(source.getAttr());
  /// The stage after which the host knows a value, and the readout that is then read.
  using Known = std::pair<int64_t, StringAttr>;
  llvm::DenseMap<Attribute, Known> known;
  for (auto host : program.getOps<chip::HostOp>()) {
    Known last{-1, StringAttr()};
    for (auto input : host.getInputs().getAsRange<FlatSymbolRefAttr>()) {
      Known of = host.readsReadout() ? Known{stageOf(input.getAttr()), input.getAttr()}
                                     : known.lookup(input.getAttr());
      if (of.first > last.first)
        last = of;
    }
    known[host.getSymNameAttr()] = last;
    if (!host.getSpikeBits())
      continue;
    int64_t least = last.first + (read.contains(host.getSymNameAttr()) ? 1 : 0);
    if (stageOf(host.getSymNameAttr()) < least)
      return refuseStage(host, host.getSymNameAttr(), least, last.second);
  }
  return success();
}

int64_t MappingJudge::heldSteps(chip::ProjectionOp op, int64_t column) {
  if (!op.getDelays())
    return 0;
  const int64_t delay = (*op.getDelays())[op.getDelays()->size() == 1 ? 0 : column];
  // In a time step the target may have updated already when the spike comes.
  const bool updated =
      stageOf(op.getTargetAttr().getAttr()) <= stageOf(op.getSourceAttr().getAttr());
  return updated ? delay - 1 : delay;
}

/// (V7) No spike is held back for more updates of its target than core.max_delay_ticks.
LogicalResult MappingJudge::verifyDelays(chip::ProjectionOp op) {
  const int64_t entries = op.getDelays() ? static_cast<int64_t>(op.getDelays()->size()) : 0;
  for (int64_t column = 0; column < entries; ++column)
    if (int64_t steps = heldSteps(op, column); steps > chip.core.maxDelayTicks)
      return op.emitError() << "'" << op.getSymName() << "': spikes of column " << column
                            << " are held back: needs " << steps << " updates of '"
                            << op.getTarget() << "', has " << chip.core.maxDelayTicks
                            << " (core.max_delay_ticks of '" << chip.name << "')";
  return success();
}

/// (V6) A population stands in a later stage than all its sources whose spikes are not all late;
/// the program has one stage more than the largest; its schedule is named.
LogicalResult MappingJudge::verifySchedule() {
  if (program.getSchedule() != "sequential")
    return program.emitError() << "'" << program.getSymName()
                               << "': schedule: needs sequential, has "
                               << program.getSchedule().value_or("none");
  int64_t last = 0;
  for (auto neurons : program.getOps<chip::NeuronsOp>()) {
    if (!neurons.getStage())
      return neurons.emitError() << "'" << neurons.getSymName() << "': has no stage";
    last = std::max(last, static_cast<int64_t>(*neurons.getStage()));
  }
  for (auto &[name, population] : populations)
    if (population.onHost())
      last = std::max(last, stageOf(name));
  int64_t stages = program.getStages().value_or(0);
  if (stages != last + 1)
    return program.emitError() << "'" << program.getSymName() << "': needs " << last + 1
                               << " stages for its populations, has " << stages;

  if (failed(verifyHostStages()))
    return failure();
  auto later = [&](Operation *edge, FlatSymbolRefAttr source, FlatSymbolRefAttr target) {
    int64_t before = stageOf(source.getAttr());
    if (before < stageOf(target.getAttr()))
      return success();
    return refuseStage(edge, target.getAttr(), before + 1, source.getAttr());
  };
  for (auto op : program.getOps<chip::ProjectionOp>()) {
    const bool late =
        op.getDelays() && llvm::all_of(*op.getDelays(), [](int64_t d) { return d > 0; });
    if ((!late && failed(later(op, op.getSourceAttr(), op.getTargetAttr()))) ||
        failed(verifyDelays(op)))
      return failure();
  }
  for (auto op : program.getOps<chip::AttentionOp>())
    for (FlatSymbolRefAttr source : op.getSources())
      if (failed(later(op, source, op.getTargetAttr())))
        return failure();
  return success();
}

namespace {

class VerifyMappingPass : public synfire::impl::VerifyMappingBase<VerifyMappingPass> {
  using VerifyMappingBase::VerifyMappingBase;

  void runOnOperation() override {
    auto programs = getOperation().getOps<chip::ProgramOp>();
    if (programs.empty())
      return;
    FailureOr<ChipModel> chip = loadTarget(getOperation(), target, targetsFolder);
    if (failed(chip))
      return signalPassFailure();
    for (chip::ProgramOp program : programs) {
      MappingJudge judge(program, *chip);
      if (failed(judge.verifySlices()) || failed(judge.verifyMapping()) ||
          failed(judge.verifySchedule()))
        return signalPassFailure();
    }
    markAllAnalysesPreserved();
  }
};

} // namespace
