// Measurement: what a run of the interpreter tells about spikes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_COUNT_MEASUREMENT_H
#define SYNFIRE_DIALECT_COUNT_MEASUREMENT_H

#include "dialect/count/Activity.h"
#include "dialect/interpreter/Interpreter.h"

#include "llvm/ADT/MapVector.h"

namespace synfire::spike {

/// Spikes and scores of one run, by op.
class Measurement {
public:
  /// Looks at one op's operands and value, as InterpretOptions::observe does.
  void observe(mlir::Operation *op, llvm::ArrayRef<const Tensor *> operands, const Tensor &value);

  /// The same, for the ops of `counted` that have the names of the ops seen: a run of the
  /// quantised model measures the model as it was written. Fails, with a message at the op, where
  /// two ops with spikes share a name.
  mlir::FailureOr<Measurement> forFunction(mlir::func::FuncOp counted) const;

  /// Spikes of the op's result, or nothing when it was not seen.
  std::optional<Activity> spikes(mlir::Operation *op) const;
  /// Spikes of the function's argument, or nothing when no op reads it as spikes.
  std::optional<Activity> inputSpikes() const { return input; }
  /// Scores of an attention that are not zero (with a score neuron: its spikes), or products k v
  /// of a key_value_sum.
  std::optional<int64_t> products(mlir::Operation *op) const;

private:
  llvm::MapVector<mlir::Operation *, Activity> spikesOf;
  llvm::MapVector<mlir::Operation *, int64_t> productsOf;
  std::optional<Activity> input;
};

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_COUNT_MEASUREMENT_H
