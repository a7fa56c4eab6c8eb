// Interpreter: the reference implementation of the spike dialect, written for clarity and exactness
// and not for speed.
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

/// Options of interpret().
struct InterpretOptions {
  bool keepCurrents = false; ///< whether to fill InterpretResult::currents
  /// If set: called with every op before it is evaluated, and the tensors of its operands. It may
  /// change the attributes of the op; when it fails, after a message, so does interpret(). The ops
  /// of a recurrent region are not passed.
  std::function<llvm::LogicalResult(mlir::Operation *, llvm::ArrayRef<const Tensor *>)> prepare =
      {};
  /// If set: called in program order with every op that has been evaluated, the tensors of its
  /// operands and the tensor of its result. An op of a recurrent region is passed once, with its
  /// final values; the recurrent op itself is not passed.
  std::function<void(mlir::Operation *, llvm::ArrayRef<const Tensor *>, const Tensor &)> observe =
      {};
};

/// An input that is not text: spikes or reals of the shape [timeSteps,] tokens, features, row
/// major. For an image, the tokens are its points and the features its channels.
struct InputTensor {
  std::vector<int64_t> shape;
  std::vector<double> values;
};

/// The spikes that one op emitted, [timeSteps, tokens, features] row major.
struct SpikeRecord {
  std::string name;      ///< the op's name in reports
  bool isNeuron = false; ///< whether the op is neurons; otherwise a repeat, a sum of spikes or so
  int64_t timeSteps = 0, tokens = 0, features = 0;
  std::vector<uint32_t> values; ///< 0 or 1 for neurons; graded spikes have up to 32 bits
  bool isGate = false;          ///< whether the op makes spikes of spikes: a sum, a gate, pooling
};

/// A current, [timeSteps, tokens, features] row major. The numbers are reals: a quantised current
/// is the integer times its scale.
struct CurrentRecord {
  std::string name;
  int64_t timeSteps = 0, tokens = 0, features = 0;
  std::vector<double> values;
};

/// The result of interpret().
struct InterpretResult {
  /// All spike tensors with a time axis, in program order. An op of a recurrent region appears
  /// once, with its final values.
  std::vector<SpikeRecord> spikes;
  std::vector<CurrentRecord> currents; ///< all currents with a time axis, if options ask for them
  int64_t tokens = 0, vocabulary = 0;
  /// The function's result, [tokens, vocabulary] row major. A function that returns token ids gives
  /// them as numbers.
  std::vector<double> logits;

  /// The spikes of the op with this name; null when there is none.
  const SpikeRecord *findSpikes(llvm::StringRef name) const;
};

/// Runs a function that takes one tensor of token ids and returns one tensor [tokens, vocabulary].
/// Ops on reals are computed in float64, with sums in ascending order of the input index; ops on
/// si32 with #spike.fixed are computed in exact integers. Fails after a message at the op or the
/// function: a token id is out of range, there are too many tokens, the memory is too small, an
/// integer overflows, a real is not finite, weights are missing, or the function has another
/// signature.
mlir::FailureOr<InterpretResult> interpret(mlir::func::FuncOp function,
                                           llvm::ArrayRef<int32_t> tokens,
                                           const InterpretOptions &options = {});

/// The same for a function that takes one tensor of spikes or reals. Fails also when the input has
/// another shape than the argument, or a number that is not finite or not a spike of its type.
mlir::FailureOr<InterpretResult> interpret(mlir::func::FuncOp function, const InputTensor &input,
                                           const InterpretOptions &options = {});

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_INTERPRETER_INTERPRETER_H
