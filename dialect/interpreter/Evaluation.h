// Evaluation: runs the operations of a block, and records what they emit.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_INTERPRETER_EVALUATION_H
#define SYNFIRE_DIALECT_INTERPRETER_EVALUATION_H

#include "dialect/interpreter/Interpreter.h"
#include "dialect/interpreter/Tensor.h"
#include "dialect/spike/Spike.h"

#include "llvm/ADT/DenseMap.h"

#include <optional>

namespace synfire::spike {

/// Values by name, each kept until its last reader has run.
class Frame {
public:
  void define(mlir::Value value, Tensor tensor);
  const Tensor &operator[](mlir::Value value) const { return live.find(value)->second.tensor; }
  /// One reader of a value has run.
  void release(mlir::Value value);

private:
  struct Cell {
    Tensor tensor;
    int64_t readers;
  };
  llvm::DenseMap<mlir::Value, Cell> live;
};

/// One run over a block and the recurrent regions in it.
class Evaluation {
public:
  /// `tokens` stands for every dynamic dimension. Spikes, and currents if asked
  /// for, are recorded in `result`; nothing where it is null. `steps`, if given,
  /// is how many time steps values with time have, in place of their types' T.
  Evaluation(const InterpretOptions &options, int64_t tokens, InterpretResult *result,
             std::optional<int64_t> steps = std::nullopt)
      : options(options), tokens(tokens), result(result), steps(steps) {}

  /// Runs all operations but the terminator and leaves in `frame` what that one
  /// reads. Fails after a message.
  mlir::LogicalResult run(mlir::Block &block, Frame &frame);

private:
  mlir::LogicalResult runRecurrent(RecurrentOp op, Frame &frame);
  void record(mlir::Operation *op, const Tensor &value);

  const InterpretOptions &options;
  int64_t tokens;
  InterpretResult *result;
  std::optional<int64_t> steps;
};

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_INTERPRETER_EVALUATION_H
