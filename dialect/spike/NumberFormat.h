// NumberFormat: lists of numbers as text that gives every bit back.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_SPIKE_NUMBERFORMAT_H
#define SYNFIRE_DIALECT_SPIKE_NUMBERFORMAT_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/OpImplementation.h"

namespace synfire::spike {

/// "[1.5, 0.1]"; MLIR's own printer of such lists keeps six digits.
inline void printNumbers(mlir::AsmPrinter &printer, mlir::DenseF64ArrayAttr numbers) {
  printer << "[";
  llvm::interleaveComma(numbers.asArrayRef(), printer,
                        [&](double value) { printer.printFloat(llvm::APFloat(value)); });
  printer << "]";
}

// `custom<Numbers>` of the ops.
inline void printNumbers(mlir::OpAsmPrinter &printer, mlir::Operation *,
                         mlir::DenseF64ArrayAttr numbers) {
  printNumbers(static_cast<mlir::AsmPrinter &>(printer), numbers);
}
inline mlir::ParseResult parseNumbers(mlir::OpAsmParser &parser, mlir::DenseF64ArrayAttr &numbers) {
  numbers = llvm::dyn_cast_or_null<mlir::DenseF64ArrayAttr>(
      mlir::DenseF64ArrayAttr::parse(parser, mlir::Type()));
  return mlir::success(bool(numbers));
}

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_SPIKE_NUMBERFORMAT_H
