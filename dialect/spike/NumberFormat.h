// NumberFormat: numbers as text that gives every bit back.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_SPIKE_NUMBERFORMAT_H
#define SYNFIRE_DIALECT_SPIKE_NUMBERFORMAT_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/OpImplementation.h"

namespace synfire::spike {

/// "[1.5, 0.1]"; MLIR's own printer of such lists keeps six digits.
void printNumbers(mlir::AsmPrinter &printer, mlir::DenseF64ArrayAttr numbers);
/// The same, but a list of one number as that number: "1.5 : f64".
void printPerChannel(mlir::AsmPrinter &printer, mlir::DenseF64ArrayAttr numbers);

/// Reads what the two print: a list, or one number for a list of one. A number is written with a
/// decimal point, as a whole number, or as the bits of an f64 in hexadecimal, and `: f64` may
/// follow it. Fails after an error.
mlir::FailureOr<mlir::DenseF64ArrayAttr> parseNumbers(mlir::AsmParser &parser);

// `custom<Numbers>` of the ops.
inline void printNumbers(mlir::OpAsmPrinter &printer, mlir::Operation *,
                         mlir::DenseF64ArrayAttr numbers) {
  printNumbers(static_cast<mlir::AsmPrinter &>(printer), numbers);
}
inline mlir::ParseResult parseNumbers(mlir::OpAsmParser &parser, mlir::DenseF64ArrayAttr &numbers) {
  mlir::FailureOr<mlir::DenseF64ArrayAttr> read =
      parseNumbers(static_cast<mlir::AsmParser &>(parser));
  if (succeeded(read))
    numbers = *read;
  return mlir::success(succeeded(read));
}

} // namespace synfire::spike

#endif // SYNFIRE_DIALECT_SPIKE_NUMBERFORMAT_H
