// ProgramView: reads a chip.program into plain data.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/ProgramView.h"
#include "support/Saturating.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace synfire;

static mapping::Slice readSlice(chip::SliceOp op, const mapping::Workload &workload,
                                const llvm::DenseMap<StringAttr, int> &index) {
  mapping::Slice slice;
  slice.population = index.lookup(op.getPopulationAttr().getAttr());
  slice.firstColumn = op.getFirstColumn();
  slice.columns = op.getColumns();
  slice.firstPoint = op.getPointRange().first;
  slice.points = op.getPointRange().count;
  slice.demand[mapping::Resource::Neurons] = slice.block().neurons();
  slice.demand[mapping::Resource::SynapseMemory] = op.getMemoryBits();
  int64_t &axonIn = slice.demand[mapping::Resource::AxonIn];
  for (Operation &block : op.getBody().front()) {
    if (auto synapses = dyn_cast<chip::SynapsesOp>(block)) {
      int projection = index.lookup(synapses.getProjectionAttr().getAttr());
      slice.synapses.push_back({projection, static_cast<int64_t>(synapses.getFirstRow()),
                                static_cast<int64_t>(synapses.getRows()),
                                static_cast<int64_t>(synapses.getMemoryBits()),
                                synapses.getIndexed()});
      axonIn = saturatingAdd(axonIn, mapping::axonInEntries(workload, slice.synapses.back(),
                                                            slice.firstColumn, slice.columns));
    } else if (auto heads = dyn_cast<chip::AttentionHeadsOp>(block)) {
      int attention = index.lookup(heads.getAttentionAttr().getAttr());
      slice.heads.push_back({attention, static_cast<int64_t>(heads.getFirstHead()),
                             static_cast<int64_t>(heads.getHeads()),
                             static_cast<int64_t>(heads.getMemoryBits())});
      axonIn = saturatingAdd(axonIn, mapping::axonInEntries(workload, slice.heads.back()));
    }
  }
  return slice;
}

ProgramView::ProgramView(chip::ProgramOp program) : program(program) {
  workload.timeSteps = program.getTimeSteps();
  workload.maxTokens = program.getMaxTokens();
  // One map has the indices of populations, projections and attentions, because symbols are unique
  // in a program.
  llvm::DenseMap<StringAttr, int> index;
  auto addPopulation = [&](Operation *op, StringAttr name, int64_t columns, int64_t points,
                           int64_t spikeBits, bool onHost) {
    index[name] = static_cast<int>(populationOps.size());
    populationOps.push_back(op);
    mapping::Population population;
    population.name = name.str();
    population.columns = columns;
    population.points = points;
    population.onHost = onHost;
    population.spikeBits = spikeBits;
    workload.populations.push_back(std::move(population));
  };
  llvm::DenseMap<StringAttr, std::vector<int>> readouts; // by host op: those it depends on
  std::vector<int> readBefore;                           // by all host ops so far
  for (Operation &op : program.getBody().front()) {
    if (auto host = dyn_cast<chip::HostOp>(op)) {
      std::vector<int> &known = readouts[host.getSymNameAttr()];
      for (auto input : host.getInputs().getAsRange<FlatSymbolRefAttr>()) {
        if (host.readsReadout())
          known.push_back(index.lookup(input.getAttr()));
        else
          llvm::append_range(known, std::vector<int>(readouts.lookup(input.getAttr())));
      }
      if (host.readsReadout())
        llvm::append_range(readBefore, known);
      llvm::sort(known);
      known.erase(llvm::unique(known), known.end());
      if (!host.getSpikeBits())
        continue;
      addPopulation(host, host.getSymNameAttr(), host.getColumns(), host.getPoints(),
                    *host.getSpikeBits(), true);
      workload.populations.back().readouts = known;
      workload.populations.back().readBefore = readBefore;
    } else if (auto neurons = dyn_cast<chip::NeuronsOp>(op)) {
      addPopulation(neurons, neurons.getSymNameAttr(), neurons.getColumns(), neurons.getPoints(),
                    neurons.getSpikeBits(), false);
    }
  }
  for (auto op : program.getOps<chip::ProjectionOp>()) {
    index[op.getSymNameAttr()] = static_cast<int>(projectionOps.size());
    projectionOps.push_back(op);
    workload.projections.push_back(
        {index.lookup(op.getSourceAttr().getAttr()), index.lookup(op.getTargetAttr().getAttr()),
         static_cast<int64_t>(op.getRows()), static_cast<int64_t>(op.getColumns()),
         op.getEncoding() == "sparse", static_cast<int64_t>(op.getWeightBits()),
         static_cast<int64_t>(op.getRowStride())});
    if (op.getWindow())
      workload.projections.back().window = op.getWindow()->getWindow();
    workload.projections.back().conv = op.getEncoding() == "conv";
    workload.projections.back().groups = op.getGroups();
    if (auto nonzeros = op.getNonzeros()) {
      std::vector<int64_t> &before = workload.projections.back().nonzerosBefore;
      before.push_back(0);
      for (int64_t count : *nonzeros)
        before.push_back(saturatingAdd(before.back(), count));
    }
    if (op.getDelays())
      workload.projections.back().delays.assign(op.getDelays()->begin(), op.getDelays()->end());
  }
  for (auto op : program.getOps<chip::AttentionOp>()) {
    index[op.getSymNameAttr()] = static_cast<int>(attentionOps.size());
    attentionOps.push_back(op);
    workload.attentions.push_back({op.getQ() ? index.lookup(op.getQAttr().getAttr()) : -1,
                                   index.lookup(op.getKAttr().getAttr()),
                                   index.lookup(op.getVAttr().getAttr()),
                                   index.lookup(op.getTargetAttr().getAttr()), op.getGroups(),
                                   op.getScore() ? op.getScore()->getConstants().stateBits : 0});
  }
  if (mapping::StageResult schedule = mapping::computeStages(workload); schedule.cycle.empty())
    mapping::setWraps(workload, schedule.stages);
  for (auto op : program.getOps<chip::SliceOp>()) {
    sliceOps.push_back(op);
    slices.push_back(readSlice(op, workload, index));
  }
}

mapping::BuiltProblem ProgramView::problem(const ChipModel &chip) const {
  return mapping::buildProblem(workload, slices, mapping::makeBoard(chip));
}

mapping::Placement ProgramView::placement(const mapping::Board &board) const {
  mapping::Placement result;
  for (chip::SliceOp op : sliceOps)
    result.push_back(op.getCoreAttr() ? indexOf(op.getCoreAttr(), board) : -1);
  return result;
}

int synfire::indexOf(chip::CoreAttr core, const mapping::Board &board) {
  return board.coreAt(core.getChip(), core.getX(), core.getY(), core.getCore());
}

chip::CoreAttr synfire::coreAttr(MLIRContext *context, const mapping::Core &core) {
  return chip::CoreAttr::get(context, core.chip, core.x, core.y, core.core);
}
