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
  /// and that value, in program order.
  std::function<void(mlir::Operation *, llvm::ArrayRef<const Tensor *>, const Tensor &)> observe =
      {};
};

/// What one op emitted, [timeSteps, tokens, features] row major.
struct SpikeRecord {
  std::string name;      ///< of the op in reports
  bool isNeuron = false; ///< else a repeat, a sum of spikes or the like
  int64_t timeSteps = 0, tokens = 0, features = 0;
  std::vector<uint8_t> values;
};

/// A current in real units (an integer times its scale), laid out as above.
struct CurrentRecord {
  std::string name;
  int64_t timeSteps = 0, tokens = 0, features = 0;
  std::vector<double> values;
};

struct InterpretResult {
  std::vector<SpikeRecord> spikes;     ///< every spike tensor with time, program order
  std::vector<CurrentRecord> currents; ///< every current with time, if asked for
  int64_t tokens = 0, vocabulary = 0;
  std::vector<double> logits; ///< the function's result, [tokens, vocabulary]

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

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_INTERPRETER_INTERPRETER_H
