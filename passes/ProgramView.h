// ProgramView: a chip.program as the mapping algorithms see it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_PROGRAMVIEW_H
#define SYNFIRE_PASSES_PROGRAMVIEW_H

#include "dialect/chip/Chip.h"
#include "passes/mapping/Board.h"
#include "passes/mapping/ProblemBuilder.h"

#include "llvm/ADT/SmallVector.h"

namespace synfire {

/// A program as the plain data that passes/mapping works on, beside the operations that it was read
/// from: populationOps[i] is the op of workload.populations[i], and so on.
struct ProgramView {
  /// Precondition: the program has passed its verifiers.
  explicit ProgramView(chip::ProgramOp program);

  chip::ProgramOp program;
  /// Its populations are the host ops that yield spikes over time and all chip.neurons, in program
  /// order.
  mapping::Workload workload;
  llvm::SmallVector<mlir::Operation *> populationOps;
  llvm::SmallVector<chip::ProjectionOp> projectionOps;
  llvm::SmallVector<chip::AttentionOp> attentionOps;

  /// Slices that the program has already, with the memory that they state.
  std::vector<mapping::Slice> slices;
  llvm::SmallVector<chip::SliceOp> sliceOps;

  /// The problem of placing the slices on the cores of the chip.
  mapping::BuiltProblem problem(const ChipModel &chip) const;
  /// The core that each slice names; -1 where it names none, or one that the
  /// board does not have.
  mapping::Placement placement(const mapping::Board &board) const;
};

/// The index of a core on the board; -1 for one that the board does not have.
int indexOf(chip::CoreAttr core, const mapping::Board &board);
/// A core as the attribute by which the chip dialect names it.
chip::CoreAttr coreAttr(mlir::MLIRContext *context, const mapping::Core &core);

} // namespace synfire

#endif // SYNFIRE_PASSES_PROGRAMVIEW_H
