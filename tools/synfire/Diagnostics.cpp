// Diagnostics: prints MLIR diagnostics.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/Diagnostics.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Location.h"

#include <cstdio>

namespace synfire::tool {
namespace {

/// Empty when the location says nothing.
std::string placeOf(mlir::Location location) {
  if (auto name = llvm::dyn_cast<mlir::NameLoc>(location))
    return "'" + name.getName().str() + "'";
  if (auto file = llvm::dyn_cast<mlir::FileLineColLoc>(location))
    return file.getFilename().str() + ":" + std::to_string(file.getLine()) + ":" +
           std::to_string(file.getColumn());
  if (auto fused = llvm::dyn_cast<mlir::FusedLoc>(location))
    for (mlir::Location part : fused.getLocations())
      if (std::string place = placeOf(part); !place.empty())
        return place;
  return {};
}

const char *severityName(mlir::DiagnosticSeverity severity) {
  switch (severity) {
  case mlir::DiagnosticSeverity::Error:
    return "error";
  case mlir::DiagnosticSeverity::Warning:
    return "warning";
  case mlir::DiagnosticSeverity::Remark:
    return "remark";
  case mlir::DiagnosticSeverity::Note:
    return "note";
  }
  return "note";
}

std::string lineOf(mlir::Diagnostic &diagnostic) {
  const std::string place = placeOf(diagnostic.getLocation());
  const std::string message = diagnostic.str();
  // Most messages name their op themselves.
  const bool said = place.size() > 2 && place.front() == '\'' &&
                    message.find(place.substr(1, place.size() - 2)) != std::string::npos;
  return (place.empty() || said ? "synfire" : place) + ": " +
         severityName(diagnostic.getSeverity()) + ": " + message;
}

} // namespace

DiagnosticPrinter::DiagnosticPrinter(mlir::MLIRContext &context)
    : handler(&context, [this](mlir::Diagnostic &diagnostic) {
        if (diagnostic.getSeverity() == mlir::DiagnosticSeverity::Warning)
          kept.push_back(lineOf(diagnostic));
        std::fprintf(stderr, "%s\n", lineOf(diagnostic).c_str());
        for (mlir::Diagnostic &note : diagnostic.getNotes())
          std::fprintf(stderr, "%s\n", lineOf(note).c_str());
        return mlir::success();
      }) {}

} // namespace synfire::tool
