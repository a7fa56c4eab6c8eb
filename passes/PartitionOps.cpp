// PartitionOps: populations become slices that fit a core.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/MappingDiagnostics.h"
#include "passes/Passes.h"
#include "passes/TargetOption.h"

#include "mlir/IR/Builders.h"

namespace synfire {
#define GEN_PASS_DEF_PARTITIONOPS
#include "passes/Passes.h.inc"
} // namespace synfire

using namespace mlir;
using namespace synfire;

namespace {

class PartitionOpsPass : public synfire::impl::PartitionOpsBase<PartitionOpsPass> {
  using PartitionOpsBase::PartitionOpsBase;

  void runOnOperation() override {
    auto programs = getOperation().getOps<chip::ProgramOp>();
    if (programs.empty())
      return;
    FailureOr<ChipModel> chip = loadTarget(getOperation(), target, targetsFolder);
    if (failed(chip))
      return signalPassFailure();
    for (chip::ProgramOp program : programs)
      if (failed(partitionProgram(program, *chip)))
        return signalPassFailure();
  }

  LogicalResult partitionProgram(chip::ProgramOp program, const ChipModel &chip) {
    ProgramView view(program);
    view.workload.indexBits = chip.core.sparseIndexBits;
    if (!chip.core.sparseWeights) // the program may have been lowered for another chip
      for (mapping::Projection &projection : view.workload.projections)
        projection.nonzerosBefore.clear();
    if (!view.slices.empty()) // slices that stand in the program are kept
      return success();
    if (mapping::StageResult stages = mapping::computeStages(view.workload); !stages.cycle.empty())
      return emitCycle(view, stages.cycle);
    if (failed(checkDelays(view, chip, targetsFolder)))
      return failure();
    mapping::PartitionResult result = mapping::partition(view.workload, mapping::makeBoard(chip));
    if (auto *failure = std::get_if<mapping::PartitionFailure>(&result))
      return emitFailure(view, chip, *failure);

    const auto &slices = std::get<std::vector<mapping::Slice>>(result);
    mapping::BuiltProblem built =
        mapping::buildProblem(view.workload, slices, mapping::makeBoard(chip));
    SymbolTable symbols(program);
    for (auto [slice, node] : llvm::zip_equal(slices, built.problem.slices()))
      createSlice(view, symbols, slice, node.name);
    return success();
  }

  static void createSlice(const ProgramView &view, SymbolTable &symbols,
                          const mapping::Slice &slice, StringRef name) {
    OpBuilder builder(view.program->getContext());
    Operation *population = view.populationOps[slice.population];
    auto op = chip::SliceOp::create(
        builder, population->getLoc(), builder.getStringAttr(name),
        FlatSymbolRefAttr::get(SymbolTable::getSymbolName(population)),
        builder.getI64IntegerAttr(slice.firstColumn), builder.getI64IntegerAttr(slice.columns),
        builder.getI64IntegerAttr(slice.demand[mapping::Resource::SynapseMemory]),
        /*core=*/nullptr, chip::pointsAttr(builder.getContext(), {slice.firstPoint, slice.points}));
    symbols.insert(op); // renames the slice if another op of the program has its name
    builder.createBlock(&op.getBody());
    auto integer = [&](int64_t value) { return builder.getI64IntegerAttr(value); };
    for (const mapping::SynapseBlock &block : slice.synapses) {
      chip::ProjectionOp projection = view.projectionOps[block.projection];
      chip::SynapsesOp::create(
          builder, projection.getLoc(), FlatSymbolRefAttr::get(projection.getSymNameAttr()),
          integer(block.firstRow), integer(block.rows), integer(block.memoryBits),
          /*offset=*/nullptr,
          /*weight_bytes=*/nullptr, block.indexed ? builder.getUnitAttr() : UnitAttr());
    }
    for (const mapping::HeadBlock &block : slice.heads) {
      chip::AttentionOp attention = view.attentionOps[block.attention];
      chip::AttentionHeadsOp::create(
          builder, attention.getLoc(), FlatSymbolRefAttr::get(attention.getSymNameAttr()),
          integer(block.firstHead), integer(block.heads), integer(block.memoryBits));
    }
  }
};

} // namespace
