// Diagnostics: MLIR diagnostics in the words of the command line.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TOOLS_SYNFIRE_DIAGNOSTICS_H
#define SYNFIRE_TOOLS_SYNFIRE_DIAGNOSTICS_H

#include "mlir/IR/Diagnostics.h"

#include <string>
#include <vector>

namespace synfire::tool {

/// Prints every diagnostic of a context to standard error as
/// "PLACE: error: MESSAGE" with its notes; PLACE is FILE:LINE:COLUMN, or the
/// op's name in the model. Keeps the warnings for the reports, as
/// "PLACE: MESSAGE" without the place where the message names its op.
class DiagnosticPrinter {
public:
  explicit DiagnosticPrinter(mlir::MLIRContext &context);

  const std::vector<std::string> &warnings() const { return kept; }

private:
  std::vector<std::string> kept;
  mlir::ScopedDiagnosticHandler handler;
};

} // namespace synfire::tool

#endif // SYNFIRE_TOOLS_SYNFIRE_DIAGNOSTICS_H
