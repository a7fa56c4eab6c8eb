// Loader: chip dialect -> Program. The simulator's only contact with MLIR.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_LOADER_LOADER_H
#define SYNFIRE_SIMULATOR_LOADER_LOADER_H

#include "simulator/program/Program.h"

#include <string>
#include <variant>

namespace synfire::sim {

/// What a PROGRAM file says about itself, read before its chip is known.
struct ProgramHeader {
  std::string name, targetName;
  std::string target; ///< as the compiler was given it: a name or a file
};

/// Empty, or that the bytecode file at `path` is a PROGRAM of another version. Looks
/// at the file's first bytes alone, which no version changes.
std::string foreignVersion(const std::string &path);

/// Reads only the header of a PROGRAM (`.mlir` or `.mlirbc`).
std::variant<ProgramHeader, std::string> peekProgram(const std::string &path);

/// Loads a PROGRAM and maps its side file of weights (beside it). `chip` is the
/// target that it was compiled to, or a variant with the same resources; that
/// and the side file's checksum are compared with what the PROGRAM says. The
/// result has passed Program::validate(). The file is not trusted: the second
/// alternative names file, place, value and limit.
std::variant<Program, std::string> loadProgram(const std::string &path, const ChipModel &chip);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_LOADER_LOADER_H
