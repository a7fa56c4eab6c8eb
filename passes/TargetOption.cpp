// TargetOption: the chip that a pass's `target` option names.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/TargetOption.h"

#include "targets/ChipConfig.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Location.h"

using namespace mlir;

/// The error of a chip file, "FILE:LINE:COLUMN: error: TEXT", "FILE: error: TEXT" or
/// "error: TEXT", as a diagnostic at that place.
static InFlightDiagnostic emitChipError(MLIRContext *context, StringRef message) {
  auto [place, text] = message.split("error: ");
  auto [rest, column] = place.rtrim(": ").rsplit(':');
  auto [file, line] = rest.rsplit(':');
  unsigned lineNumber = 0, columnNumber = 0;
  if (!line.getAsInteger(10, lineNumber) && !column.getAsInteger(10, columnNumber))
    return emitError(FileLineColLoc::get(context, file, lineNumber, columnNumber), text);
  // The error names no line and column, so that the name of a file, if any, stays in the message.
  return emitError(UnknownLoc::get(context)) << place << text;
}

FailureOr<synfire::ChipModel> synfire::loadTarget(Operation *op, StringRef target,
                                                  StringRef targetsFolder) {
  if (target.empty())
    return op->emitError("no target chip given; set the option 'target' to a chip "
                         "file, or to the name of one in 'targets-folder'");
  auto loaded = loadChip(target.str(), targetsFolder.str());
  if (auto *error = std::get_if<ChipError>(&loaded))
    return emitChipError(op->getContext(), error->message);
  return std::move(std::get<ChipModel>(loaded));
}
