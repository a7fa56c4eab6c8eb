// Evaluation: runs the operations of a block and records their spikes and currents.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_INTERPRETER_EVALUATION_H
#define SYNFIRE_DIALECT_INTERPRETER_EVALUATION_H

#include "dialect/interpreter/Interpreter.h"
#include "dialect/interpreter/Tensor.h"
#include "dialect/spike/Spike.h"

#include "llvm/ADT/DenseMap.h"

#include <optional>
#include <vector>

namespace synfire::spike {

/// The tensors of the values that are in use. A tensor is freed when all readers of its value have
/// run.
class Frame {
public:
  /// Stores the tensor of a value, unless the value has no reader.
  void define(mlir::Value value, Tensor tensor);
  /// Precondition: the value is defined and has a reader that has not run.
  const Tensor &operator[](mlir::Value value) const { return live.find(value)->second.tensor; }
  /// Says that one reader of the value has run.
  void release(mlir::Value value);

private:
  struct Cell {
    Tensor tensor;
    int64_t readers;
  };
  llvm::DenseMap<mlir::Value, Cell> live;
};

/// Fails when a real is not finite, after an overflow of float64 or a division by 0. Every op is
/// checked, because a later comparison would hide such a number.
mlir::LogicalResult checkFinite(mlir::Operation *op, const Tensor &value);

/// A run over a block and the recurrent regions in it.
class Evaluation {
public:
  /// `tokens` replaces every dynamic dimension. Spikes, and currents when `options` asks for them,
  /// are recorded in `result`, which may be null. When `steps` is given, values with time have that
  /// many time steps in place of the T of their types.
  Evaluation(const InterpretOptions &options, int64_t tokens, InterpretResult *result,
             std::optional<int64_t> steps = std::nullopt)
      : options(options), tokens(tokens), result(result), steps(steps) {}

  /// Runs all operations of the block except the terminator. The operands of the terminator are
  /// then in `frame`. Fails after a message.
  mlir::LogicalResult run(mlir::Block &block, Frame &frame);

private:
  mlir::LogicalResult runRecurrent(RecurrentOp op, Frame &frame);
  /// Sets the arguments of the region, which are 0 before, to the values that they have at each
  /// step. Returns the first step that fails, silently, or the number of all steps.
  int64_t solveRecurrent(RecurrentOp op, const Frame &frame, std::vector<Tensor> &arguments) const;
  void record(mlir::Operation *op, const Tensor &value);

  const InterpretOptions &options;
  int64_t tokens;
  InterpretResult *result;
  std::optional<int64_t> steps;
};

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_INTERPRETER_EVALUATION_H
