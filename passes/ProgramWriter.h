// ProgramWriter: a mapped program as a file and a side file of integer weights.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_PROGRAMWRITER_H
#define SYNFIRE_PASSES_PROGRAMWRITER_H

#include "mlir/IR/BuiltinOps.h"

#include <cstdint>
#include <string>
#include <vector>

namespace synfire {

/// What a PROGRAM tells the reports about its making.
struct ProgramNotes {
  uint64_t seed = 1;
  std::vector<std::string> warnings;
  /// The model has no weights, and those in the module stand in for them: the program shows where
  /// everything lives, has no side file, and cannot be simulated.
  bool shapesOnly = false;
};

/// Writes the `chip.program` of a compiled module to `path` (NAME.mlirbc, MLIR
/// bytecode, or NAME.mlir, text; it holds nothing else) and its weights to NAME.weights beside it.
/// Weights are quantised slice by slice, straight from the spike function in the
/// module, which must still be there: row major, int8 up to 8 bits, else int16
/// little endian, every block at a multiple of 64 bytes. Equal modules and notes
/// give equal bytes. A program of shapes only has no side file. Both files are written under a
/// temporary name and then renamed; on failure an error at the program names the file, and nothing
/// is left.
mlir::LogicalResult writeProgram(mlir::ModuleOp module, llvm::StringRef path,
                                 const ProgramNotes &notes = {});

} // namespace synfire

#endif // SYNFIRE_PASSES_PROGRAMWRITER_H
