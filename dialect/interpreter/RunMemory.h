// RunMemory: whether the memory for a run is there.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_INTERPRETER_RUNMEMORY_H
#define SYNFIRE_DIALECT_INTERPRETER_RUNMEMORY_H

#include "dialect/interpreter/Interpreter.h"

namespace synfire::spike {

/// Fails, after a message, when a run would need a value of more than 2^31 numbers, or more memory
/// than the process can have. Counted are the tensors that a run holds at once, each until its last
/// reader has run, and the records of its result; of the weights, which are there before, and of
/// what a kernel keeps for itself, some rows at most, nothing is. `tokens` replaces every dynamic
/// dimension. Precondition: the function has one block and one result.
mlir::LogicalResult checkMemory(mlir::func::FuncOp function, int64_t tokens,
                                const InterpretOptions &options);

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_INTERPRETER_RUNMEMORY_H
