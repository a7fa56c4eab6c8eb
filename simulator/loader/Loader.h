// Loader: chip dialect -> Program. The simulator's only contact with MLIR.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_LOADER_LOADER_H
#define SYNFIRE_SIMULATOR_LOADER_LOADER_H

#include "simulator/program/Program.h"

#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace synfire::sim {

/// What a PROGRAM file says about itself, read before its chip is known.
struct ProgramHeader {
  std::string name, targetName;
  std::string target;                       ///< as the compiler was given it: a name or a file
  std::vector<std::string> targetResources; ///< targets/ChipResources.h; empty where it has none
};

/// Empty, or why the file at `path` cannot be used: it cannot be opened, or is bytecode of another
/// version, of another program, or with another checksum than it says
/// (dialect/chip/ProgramBytes.h). Found before MLIR's reader sees it.
std::string bytecodeFault(const std::string &path);

/// A PROGRAM (`.mlir` or `.mlirbc`), parsed once: what it says about itself first,
/// then, with its chip, all of it. The file is not trusted: errors name file, place,
/// value and limit.
class ProgramFile {
public:
  static std::variant<ProgramFile, std::string> parse(const std::string &path);
  ProgramFile(ProgramFile &&) noexcept;
  ~ProgramFile();

  ProgramHeader header() const;

  /// Fills a Program in and maps its side file of weights (beside it). `chip` is the
  /// target that it was compiled to, or a variant with the same resources; that and
  /// the side file's checksum are compared with what the PROGRAM says. The result
  /// has passed Program::validate().
  std::variant<Program, std::string> load(const ChipModel &chip) const;

private:
  struct Parsed;
  explicit ProgramFile(std::unique_ptr<Parsed> parsed);

  std::unique_ptr<Parsed> parsed;
};

/// Parses and loads in one step.
std::variant<Program, std::string> loadProgram(const std::string &path, const ChipModel &chip);

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_LOADER_LOADER_H
