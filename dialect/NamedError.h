// NamedError: how messages begin that name an operation of a model.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_NAMEDERROR_H
#define SYNFIRE_DIALECT_NAMEDERROR_H

#include "dialect/spike/Spike.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/SymbolTable.h"

namespace synfire {

/// "'block0.attn.q_lif'": the name of an op in reports and messages, in quotes.
inline std::string quotedName(mlir::Operation *op) { return "'" + spike::sourceName(op) + "'"; }

/// Begins an error at the op with its name, "'block0.attn.q_lif': "; the caller appends what is
/// wrong.
inline mlir::InFlightDiagnostic emitNamedError(mlir::Operation *op) {
  return op->emitError() << quotedName(op) << ": ";
}

/// Begins a warning in the same form.
inline mlir::InFlightDiagnostic emitNamedWarning(mlir::Operation *op) {
  return op->emitWarning() << quotedName(op) << ": ";
}

/// Begins an error about a whole function with the name of its model, "'tiny': ", or with its own
/// name when it has no `spike.model`.
inline mlir::InFlightDiagnostic emitModelError(mlir::Operation *function) {
  auto model = function->getAttrOfType<spike::ModelAttr>(spike::kModelAttrName);
  mlir::StringAttr name = model ? model.getName() : mlir::SymbolTable::getSymbolName(function);
  return function->emitError() << "'" << name.getValue() << "': ";
}

} // namespace synfire

#endif // SYNFIRE_DIALECT_NAMEDERROR_H
