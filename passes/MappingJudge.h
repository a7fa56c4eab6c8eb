// MappingJudge: whether the mapping that a program states may be written.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPINGJUDGE_H
#define SYNFIRE_PASSES_MAPPINGJUDGE_H

#include "dialect/chip/Chip.h"
#include "targets/ChipModel.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallVector.h"

namespace synfire {

/// Judges every mapping, whoever made it: the passes before, or a user who edited the text of a
/// program. These rules are about what the ops state of each other, and share no arithmetic with
/// the passes before:
///   V1  every neuron of a population is in exactly one slice
///   V2  a slice has all rows of each projection into its columns, once
///   V3  where attention enters, a slice has the heads of its columns, whole
///   V4  blocks state the memory that follows from their shape, or their weights without zeros
///   V5  a flow has a sender of its own, whose spikes are read, and reaches cores of the target
///   V6  populations stand in later stages than their sources, but for those whose spikes are all
///       late, and than the readouts that the host computes them from
///   V7  no spike is held back for longer than the chip can
/// Whether a program that keeps V1 to V5 fits the chip, and whether its routes are right, is for
/// MappingProblem::verify() to judge (S1 to S11), the same that judges every placer and router.
class MappingJudge {
public:
  MappingJudge(chip::ProgramOp program, const ChipModel &chip);

  mlir::LogicalResult verifySlices();   ///< V1 to V4
  mlir::LogicalResult verifyMapping();  ///< V5 and S1 to S11, of verified slices
  mlir::LogicalResult verifySchedule(); ///< V6 and V7

private:
  /// A sender of spikes, or a readout.
  struct Population {
    mlir::Operation *op = nullptr;
    int64_t columns = 0, points = 1;
    llvm::SmallVector<chip::SliceOp> slices; ///< ascending first columns, and points
    llvm::SmallVector<chip::ProjectionOp, 1> projectionsInto; ///< in program order
    llvm::SmallVector<chip::AttentionOp, 1> attentionsInto;
    bool onHost() const { return mlir::isa<chip::HostOp>(op); }
  };

  mlir::LogicalResult verifyCoverage(mlir::StringAttr name, const Population &population);
  mlir::LogicalResult verifyPoints(mlir::StringAttr name, const Population &population,
                                   size_t &next);
  mlir::LogicalResult verifySynapses(chip::SliceOp slice);
  mlir::LogicalResult verifyMemory(chip::SliceOp slice, chip::SynapsesOp block,
                                   chip::ProjectionOp projection);
  mlir::LogicalResult verifyHeads(chip::SliceOp slice);
  int64_t stageOf(mlir::StringAttr population);
  /// For how many updates of the target, beyond the next one, spikes of a source column are held
  /// back.
  int64_t heldSteps(chip::ProjectionOp op, int64_t column);
  int64_t heldBits(chip::SliceOp slice, chip::ProjectionOp projection);
  mlir::LogicalResult verifyDelays(chip::ProjectionOp op);
  mlir::LogicalResult verifyHostStages();
  mlir::LogicalResult refuseStage(mlir::Operation *place, mlir::StringAttr population,
                                  int64_t least, mlir::StringAttr source);

  chip::ProgramOp program;
  const ChipModel &chip;
  llvm::MapVector<mlir::StringAttr, Population> populations;
};

} // namespace synfire

#endif // SYNFIRE_PASSES_MAPPINGJUDGE_H
