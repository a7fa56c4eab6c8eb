// MappingJudge: the rules of a finished mapping, read from the IR alone.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPINGJUDGE_H
#define SYNFIRE_PASSES_MAPPINGJUDGE_H

#include "dialect/chip/Chip.h"
#include "targets/ChipModel.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallVector.h"

#include <array>

namespace synfire {

/// Judges every mapping, whoever made it; so it shares no arithmetic with the
/// passes before it nor with passes/mapping, only the wording of names.
///   V1  every column of a population is in exactly one slice
///   V2  a slice has all rows of each projection into its columns, once
///   V3  where attention enters, a slice has the heads of its columns, whole
///   V4  blocks state the memory that follows from their shape
///   V5  a slice is on a core that the target has
///   V6  no core needs more of a resource than it has
///   V7  a flow reaches the cores that read its source, with the columns read
///   V8  links lead from source to target, first along x, then along y
///   V9  the channel dependency graph of all flows has no cycle
///   V10 populations stand in later stages than their sources, and than the
///       readouts that the host computes them from
class MappingJudge {
public:
  MappingJudge(chip::ProgramOp program, const ChipModel &chip);

  mlir::LogicalResult verifySlices();   ///< V1 to V6
  mlir::LogicalResult verifyFlows();    ///< V7 to V9, of verified slices
  mlir::LogicalResult verifySchedule(); ///< V10

private:
  /// A sender of spikes, or a readout.
  struct Population {
    mlir::Operation *op = nullptr;
    int64_t columns = 0;
    llvm::SmallVector<chip::SliceOp> slices; ///< ascending first columns
    bool onHost() const { return mlir::isa<chip::HostOp>(op); }
  };
  /// Source columns [first, end) that a core needs, and a slice that does.
  struct Need {
    int64_t first, end;
    chip::SliceOp reader;
  };
  using Needs = llvm::MapVector<mlir::Attribute, Need>; ///< by CoreAttr
  /// Neurons, bits of synapse memory, axon-in and axon-out entries, in the order of
  /// mapping::Resource; the largest int64 stands for all above.
  using Amounts = std::array<int64_t, 4>;

  mlir::LogicalResult verifyCoverage(mlir::StringAttr name, const Population &population);
  mlir::LogicalResult verifySynapses(chip::SliceOp slice);
  mlir::LogicalResult verifyHeads(chip::SliceOp slice);
  mlir::LogicalResult verifyCore(chip::SliceOp slice);
  mlir::LogicalResult verifyCapacities();
  mlir::LogicalResult verifyTargets(chip::FlowOp flow, Needs needs);
  mlir::LogicalResult verifyPath(chip::TargetOp target, int64_t x, int64_t y);
  mlir::LogicalResult verifyNoDeadlock();

  /// The columns among [first, first + columns) of a population that each core reads.
  Needs needsOf(mlir::StringAttr population, int64_t first, int64_t columns);
  /// What a slice takes of its core.
  Amounts amountsOf(chip::SliceOp slice);
  int64_t stageOf(mlir::StringAttr population);
  mlir::LogicalResult verifyHostStages();
  mlir::LogicalResult refuseStage(mlir::Operation *place, mlir::StringAttr population,
                                  int64_t least, mlir::StringAttr source);

  chip::ProgramOp program;
  const ChipModel &chip;
  llvm::MapVector<mlir::StringAttr, Population> populations;
};

} // namespace synfire

#endif // SYNFIRE_PASSES_MAPPINGJUDGE_H
