// Violation: the one wording of a violated constraint of an operation.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_VIOLATION_H
#define SYNFIRE_DIALECT_VIOLATION_H

#include "mlir/IR/Operation.h"

namespace synfire {

/// Emits "'op' op (C2) rule: has actual, needs limit" and fails. `id` is the
/// constraint's number in the op's description.
inline mlir::LogicalResult violated(mlir::Operation *op, llvm::StringRef id,
                                    const llvm::Twine &rule, const llvm::Twine &actual,
                                    const llvm::Twine &limit) {
  return op->emitOpError() << "(" << id << ") " << rule << ": has " << actual << ", needs "
                           << limit;
}

/// Text of a type or an attribute, for messages.
template <typename T> std::string text(T printable) {
  std::string result;
  llvm::raw_string_ostream(result) << printable;
  return result;
}

} // namespace synfire

#endif // SYNFIRE_DIALECT_VIOLATION_H
