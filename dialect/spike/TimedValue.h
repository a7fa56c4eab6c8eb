// TimedValue: which op a value comes from, and how many time steps late.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_SPIKE_TIMEDVALUE_H
#define SYNFIRE_DIALECT_SPIKE_TIMEDVALUE_H

#include "dialect/spike/Spike.h"

#include "mlir/Interfaces/FunctionInterfaces.h"

namespace synfire::spike {

/// A value as it was some time steps before.
struct TimedValue {
  mlir::Value value;
  /// By how many time steps it is late: no entry where it is not, one for all channels, or one per
  /// channel.
  llvm::SmallVector<int64_t> steps;
  /// How many of these steps are those of feedback, for all channels.
  int64_t feedback = 0;

  bool isLate() const { return !steps.empty(); }
};

/// Goes back from `value` through all that only moves values in time, which are delays, the results
/// of recurrent regions, and their feedback, to the result of another op or to an argument of the
/// function. The value there is null where feedback comes from nothing but itself, so that it is 0
/// at all steps.
TimedValue traceInTime(mlir::Value value);

/// Whether an op only moves values in time, so that traceInTime() goes through it.
bool movesInTime(mlir::Operation *op);

/// The sum of two delays; each has no entry, one, or one per channel.
llvm::SmallVector<int64_t> addDelays(llvm::ArrayRef<int64_t> a, llvm::ArrayRef<int64_t> b);

/// The ops of the spike dialect in a function, in the order in which their values are known: those
/// of a region before the op that has it. Terminators are left out.
llvm::SmallVector<mlir::Operation *> operationsOf(mlir::FunctionOpInterface function);

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_SPIKE_TIMEDVALUE_H
