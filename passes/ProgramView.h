// ProgramView: a chip.program as the mapping algorithms see it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_PROGRAMVIEW_H
#define SYNFIRE_PASSES_PROGRAMVIEW_H

#include "dialect/chip/Chip.h"
#include "passes/mapping/Board.h"
#include "passes/mapping/ProblemBuilder.h"

#include "llvm/ADT/SmallVector.h"

namespace synfire {

/// The plain data for passes/mapping beside the operations it was read from;
/// equal indices belong together. Expects a program that passed its verifiers.
struct ProgramView {
  explicit ProgramView(chip::ProgramOp program);

  /// Populations are the host ops that yield spikes over time and all chip.neurons, in program
  /// order.
  chip::ProgramOp program;
  mapping::Workload workload;
  llvm::SmallVector<mlir::Operation *> populationOps;
  llvm::SmallVector<chip::ProjectionOp> projectionOps;
  llvm::SmallVector<chip::AttentionOp> attentionOps;

  /// Slices that the program has already; memory as they state it.
  std::vector<mapping::Slice> slices;
  llvm::SmallVector<chip::SliceOp> sliceOps;

  mapping::BuiltProblem problem(const ChipModel &chip) const;
  /// The core that each slice names; -1 where it names none, or one that the
  /// board does not have.
  mapping::Placement placement(const mapping::Board &board) const;
};

/// The core as the chip dialect writes it.
chip::CoreAttr coreAttr(mlir::MLIRContext *context, const mapping::Core &core);

} // namespace synfire

#endif // SYNFIRE_PASSES_PROGRAMVIEW_H
