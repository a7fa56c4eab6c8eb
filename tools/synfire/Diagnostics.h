// Diagnostics: prints MLIR diagnostics in the form of the command line's other messages.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_DIAGNOSTICS_H
#define SYNFIRE_TOOLS_SYNFIRE_DIAGNOSTICS_H

#include "mlir/IR/Diagnostics.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace synfire::tool {

/// Prints every diagnostic of a context to standard error as "PLACE: error: MESSAGE", followed by
/// its notes. PLACE is FILE:LINE:COLUMN, or the name of the op in quotes; it is left out when the
/// message itself names the op. Of warnings that differ in the op and in numbers only, three are
/// printed, and how many more there were, before a warning of another kind, the next error, or at
/// the end. What is said twice in a row is printed once. Also keeps the warnings as "PLACE:
/// MESSAGE" for the reports.
class DiagnosticPrinter {
public:
  explicit DiagnosticPrinter(mlir::MLIRContext &context);
  ~DiagnosticPrinter();

  const std::vector<std::string> &warnings() const { return kept; }

private:
  void print(mlir::Diagnostic &diagnostic);
  void printUnshown();

  std::vector<std::string> kept;
  std::string lastLine; ///< that was printed, notes apart
  std::map<std::string, int64_t> warningsOfKind;
  std::string unshownKind;
  int64_t unshown = 0; ///< of that kind
  mlir::ScopedDiagnosticHandler handler;
};

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_DIAGNOSTICS_H
