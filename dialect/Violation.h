// Violation: the one wording of a violated constraint of an operation.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_VIOLATION_H
#define SYNFIRE_DIALECT_VIOLATION_H

#include "mlir/IR/Operation.h"

namespace synfire {

/// Emits "'NAME' op RULE: needs LIMIT, has ACTUAL" at the op, and fails. NAME is that of the kind
/// of operation, as MLIR's own verifiers give it; the number of the constraint, (C2) say, stands in
/// the verifier's comment and in the test, not in the message.
inline mlir::LogicalResult violated(mlir::Operation *op, const llvm::Twine &rule,
                                    const llvm::Twine &actual, const llvm::Twine &limit) {
  return op->emitOpError() << rule << ": needs " << limit << ", has " << actual;
}

/// Text of a type or an attribute, for messages.
template <typename T> std::string text(T printable) {
  std::string result;
  llvm::raw_string_ostream(result) << printable;
  return result;
}

} // namespace synfire

#endif // SYNFIRE_DIALECT_VIOLATION_H
