// Interpreter: the meaning of the spike dialect, slow, clear and exact.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_INTERPRETER_INTERPRETER_H
#define SYNFIRE_DIALECT_INTERPRETER_INTERPRETER_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace synfire::spike {

class Tensor;

struct InterpretOptions {
  bool keepCurrents = false; ///< fill InterpretResult::currents
  /// If set: called with every op once its value is there, with the op's operands
  /// and that value, in program order; ops of a recurrent region once, with their
  /// final values, the region itself not.
  std::function<void(mlir::Operation *, llvm::ArrayRef<const Tensor *>, const Tensor &)> observe =
      {};
};

/// An input that is no text: spikes or reals, [timeSteps,] tokens, features, row
/// major. An image is a grid of tokens with its channels as features.
struct InputTensor {
  std::vector<int64_t> shape;
  std::vector<double> values;
};

/// What one op emitted, [timeSteps, tokens, features] row major.
struct SpikeRecord {
  std::string name;      ///< of the op in reports
  bool isNeuron = false; ///< else a repeat, a sum of spikes or the like
  int64_t timeSteps = 0, tokens = 0, features = 0;
  std::vector<uint32_t> values; ///< of neurons 0 or 1; graded spikes have up to 32 bits
};

/// A current in real units (an integer times its scale), laid out as above.
struct CurrentRecord {
  std::string name;
  int64_t timeSteps = 0, tokens = 0, features = 0;
  std::vector<double> values;
};

struct InterpretResult {
  /// Every spike tensor with time, program order; ops of a recurrent region once,
  /// with their final values.
  std::vector<SpikeRecord> spikes;
  std::vector<CurrentRecord> currents; ///< every current with time, if asked for
  int64_t tokens = 0, vocabulary = 0;
  std::vector<double> logits; ///< the function's result, [tokens, vocabulary]; ids as numbers

  /// The record of this name, null when there is none.
  const SpikeRecord *findSpikes(llvm::StringRef name) const;
};

/// Runs a function of one token tensor that returns one [tokens, vocabulary]
/// tensor. The types decide the domain: real ops in float64, each output summed
/// in ascending input index; ops on si32 #spike.fixed in exact integers. Fails
/// after a message at the op (ids out of range, too many tokens, overflow,
/// weights that are missing) or at the function.
mlir::FailureOr<InterpretResult> interpret(mlir::func::FuncOp function,
                                           llvm::ArrayRef<int32_t> tokens,
                                           const InterpretOptions &options = {});

/// The same for a function of one tensor of spikes or reals. Fails, too, when the
/// input has another shape, or numbers that are not finite or no spikes of its type.
mlir::FailureOr<InterpretResult> interpret(mlir::func::FuncOp function, const InputTensor &input,
                                           const InterpretOptions &options = {});

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_INTERPRETER_INTERPRETER_H
