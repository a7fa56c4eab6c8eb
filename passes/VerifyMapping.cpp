// VerifyMapping: judges the finished mapping; slices in VerifySlices.cpp, flows
// in VerifyFlows.cpp, the schedule here.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/MappingJudge.h"
#include "passes/Passes.h"
#include "passes/TargetOption.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

namespace synfire {
#define GEN_PASS_DEF_VERIFYMAPPING
#include "passes/Passes.h.inc"
} // namespace synfire

using namespace mlir;
using namespace synfire;

MappingJudge::MappingJudge(chip::ProgramOp program, const ChipModel &chip)
    : program(program), chip(chip) {
  for (Operation &op : program.getBody().front()) {
    if (auto host = dyn_cast<chip::HostOp>(op); host && host.getSpikeBits())
      populations[host.getSymNameAttr()] = {host, static_cast<int64_t>(host.getColumns()), {}};
    else if (auto neurons = dyn_cast<chip::NeuronsOp>(op))
      populations[neurons.getSymNameAttr()] = {
          neurons, static_cast<int64_t>(neurons.getColumns()), {}};
  }
  for (auto slice : program.getOps<chip::SliceOp>())
    populations[slice.getPopulationAttr().getAttr()].slices.push_back(slice);
  for (auto &[name, population] : populations)
    llvm::stable_sort(population.slices, [](chip::SliceOp a, chip::SliceOp b) {
      return a.getFirstColumn() < b.getFirstColumn();
    });
}

int64_t MappingJudge::stageOf(StringAttr population) {
  Operation *op = populations[population].op;
  if (auto neurons = dyn_cast<chip::NeuronsOp>(op))
    return static_cast<int64_t>(neurons.getStage().value_or(0));
  return static_cast<int64_t>(cast<chip::HostOp>(op).getStage().value_or(0));
}

/// (V10) of the host: spikes that the chip reads are sent in a later stage than
/// that of every readout which the host computes them from.
LogicalResult MappingJudge::verifyHostStages() {
  llvm::DenseSet<Attribute> read;
  for (auto op : program.getOps<chip::ProjectionOp>())
    read.insert(op.getSourceAttr().getAttr());
  for (auto op : program.getOps<chip::AttentionOp>())
    for (FlatSymbolRefAttr source : {op.getQAttr(), op.getKAttr(), op.getVAttr()})
      read.insert(source.getAttr());
  llvm::DenseMap<Attribute, int64_t> known; // stage after which the host knows a value
  for (auto host : program.getOps<chip::HostOp>()) {
    int64_t after = -1;
    for (auto input : host.getInputs().getAsRange<FlatSymbolRefAttr>())
      after = std::max(after, host.readsReadout() ? stageOf(input.getAttr())
                                                  : known.lookup(input.getAttr()));
    known[host.getSymNameAttr()] = after;
    if (!host.getSpikeBits())
      continue;
    int64_t least = after + (read.contains(host.getSymNameAttr()) ? 1 : 0);
    if (stageOf(host.getSymNameAttr()) < least)
      return host.emitError() << "(V10) `" << host.getSymName() << "` is in stage "
                              << stageOf(host.getSymNameAttr())
                              << ", a readout that the host computes it from in stage " << after
                              << "; needed is stage " << least << " or a later one";
  }
  return success();
}

/// (V10) A population stands in a later stage than all its sources; the program
/// has one stage more than the largest; its schedule is named.
LogicalResult MappingJudge::verifySchedule() {
  if (program.getSchedule() != "sequential")
    return program.emitError() << "(V10) the schedule is '"
                               << program.getSchedule().value_or("not set")
                               << "', needed is sequential";
  int64_t last = 0;
  for (auto neurons : program.getOps<chip::NeuronsOp>()) {
    if (!neurons.getStage())
      return neurons.emitError() << "(V10) `" << neurons.getSymName() << "` has no stage";
    last = std::max(last, static_cast<int64_t>(*neurons.getStage()));
  }
  for (auto &[name, population] : populations)
    if (population.onHost())
      last = std::max(last, stageOf(name));
  int64_t stages = program.getStages().value_or(0);
  if (stages != last + 1)
    return program.emitError() << "(V10) the program has " << stages
                               << " stages, its populations need " << last + 1;

  if (failed(verifyHostStages()))
    return failure();
  auto later = [&](Operation *edge, FlatSymbolRefAttr source, FlatSymbolRefAttr target) {
    int64_t before = stageOf(source.getAttr()), after = stageOf(target.getAttr());
    if (before < after)
      return success();
    InFlightDiagnostic error = edge->emitError()
                               << "(V10) `" << target.getValue() << "` is in stage " << after
                               << ", its source `" << source.getValue() << "` in stage " << before
                               << "; needed is a later stage than the source's";
    return LogicalResult(error);
  };
  for (auto op : program.getOps<chip::ProjectionOp>())
    if (failed(later(op, op.getSourceAttr(), op.getTargetAttr())))
      return failure();
  for (auto op : program.getOps<chip::AttentionOp>())
    for (FlatSymbolRefAttr source : {op.getQAttr(), op.getKAttr(), op.getVAttr()})
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
      if (failed(judge.verifySlices()) || failed(judge.verifyFlows()) ||
          failed(judge.verifySchedule()))
        return signalPassFailure();
    }
    markAllAnalysesPreserved();
  }
};

} // namespace
