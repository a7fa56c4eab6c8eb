// Measurement: the spikes that a run of the interpreter had, by op.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_COUNT_MEASUREMENT_H
#define SYNFIRE_DIALECT_COUNT_MEASUREMENT_H

#include "dialect/count/Activity.h"
#include "dialect/interpreter/Interpreter.h"

#include "llvm/ADT/MapVector.h"

namespace synfire::spike {

/// The spikes and the scores that are not zero of one run, by op.
class Measurement {
public:
  /// Records one op of the run. The arguments are those of InterpretOptions::observe.
  void observe(mlir::Operation *op, llvm::ArrayRef<const Tensor *> operands, const Tensor &value);

  /// Transfers the measurement to the ops of another function by their names, so that a run of the
  /// quantised model can measure the model as it was imported. Fails with a message at the op when
  /// two ops with spikes have the same name.
  mlir::FailureOr<Measurement> forFunction(mlir::func::FuncOp counted) const;

  /// The spikes of the op's result; nothing when the run has not recorded the op.
  std::optional<Activity> spikes(mlir::Operation *op) const;
  /// The spikes of the function's argument; nothing when no op reads it as spikes.
  std::optional<Activity> inputSpikes() const { return input; }
  /// The same spikes, each counted as often as its value says.
  std::optional<Activity> values(mlir::Operation *op) const;
  std::optional<Activity> inputValues() const { return inputSums; }
  /// The number of scores of an attention that are not zero (of an attention with a score neuron:
  /// the spikes of that neuron), or of products k v of a key_value_sum that are not zero.
  std::optional<int64_t> products(mlir::Operation *op) const;

private:
  llvm::MapVector<mlir::Operation *, Activity> spikesOf, valuesOf;
  llvm::MapVector<mlir::Operation *, int64_t> productsOf;
  std::optional<Activity> input, inputSums;
};

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_COUNT_MEASUREMENT_H
