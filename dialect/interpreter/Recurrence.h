// Recurrence: a recurrent region, computed one time step after the other.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_INTERPRETER_RECURRENCE_H
#define SYNFIRE_DIALECT_INTERPRETER_RECURRENCE_H

#include "dialect/interpreter/Kernels.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <memory>
#include <vector>

namespace synfire::spike {

/// Calls `visit` for every use inside a recurrent region of a value that is defined outside of it.
void forEachCapture(RecurrentOp op, llvm::function_ref<void(mlir::Value)> visit);

/// Finds the one solution of a recurrent region: the results of a step are the arguments of the
/// next. Each step is computed once, from what ops that look along time have kept of the steps
/// before, so that the work grows with the number of steps and not with its square.
class Recurrence {
public:
  /// `tokens` replaces every dynamic dimension.
  Recurrence(RecurrentOp op, int64_t tokens);

  using Outside = llvm::function_ref<const Tensor &(mlir::Value)>;
  /// Computes the next step. `outside` gives the values from outside of the region: those with time
  /// have this one step. Fails after a message that takes the step for step 0.
  mlir::LogicalResult step(Outside outside);

  /// The results of the last step, of one step each. Before the first step they are 0.
  const std::vector<Tensor> &results() const { return last; }

private:
  RecurrentOp op;
  int64_t tokens;
  std::vector<Tensor> last;
  llvm::DenseMap<mlir::Operation *, StepMemory> memories;
  llvm::DenseMap<mlir::Operation *, std::unique_ptr<Recurrence>> inner; ///< of regions in the body
};

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_INTERPRETER_RECURRENCE_H
