// Diagnostics: prints MLIR diagnostics.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/synfire/Diagnostics.h"

#include "tools/synfire/Console.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Location.h"

namespace synfire::tool {
namespace {

/// The place that a location names, in the form for messages; empty when it names none.
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

/// The place of a diagnostic; empty when its message already names the op, as most do.
std::string unsaidPlace(mlir::Diagnostic &diagnostic) {
  const std::string place = placeOf(diagnostic.getLocation());
  const bool said = place.size() > 2 && place.front() == '\'' &&
                    diagnostic.str().find(place.substr(1, place.size() - 2)) != std::string::npos;
  return said ? std::string() : place;
}

std::string lineOf(mlir::Diagnostic &diagnostic) {
  const std::string place = unsaidPlace(diagnostic);
  return (place.empty() ? "synfire" : place) + ": " + severityName(diagnostic.getSeverity()) +
         ": " + diagnostic.str();
}

/// A diagnostic without severity and notes, for a report: "PLACE: MESSAGE".
std::string bareLineOf(mlir::Diagnostic &diagnostic) {
  const std::string place = unsaidPlace(diagnostic);
  return (place.empty() ? "" : place + ": ") + diagnostic.str();
}

/// What warnings about several ops have in common: the message without the name in front of it and
/// without digits.
std::string kindOf(const std::string &message) {
  const size_t name = message.find(": ");
  std::string kind = message.substr(name == std::string::npos ? 0 : name);
  std::erase_if(kind, [](char c) { return c >= '0' && c <= '9'; });
  return kind;
}

} // namespace

DiagnosticPrinter::DiagnosticPrinter(mlir::MLIRContext &context)
    : handler(&context, [this](mlir::Diagnostic &diagnostic) {
        print(diagnostic);
        return mlir::success();
      }) {}

DiagnosticPrinter::~DiagnosticPrinter() { printUnshown(); }

void DiagnosticPrinter::print(mlir::Diagnostic &diagnostic) {
  if (diagnostic.getSeverity() == mlir::DiagnosticSeverity::Warning) {
    kept.push_back(bareLineOf(diagnostic));
    constexpr int64_t kShown = 3;
    const std::string kind = kindOf(diagnostic.str());
    if (kind != unshownKind)
      printUnshown();
    if (++warningsOfKind[kind] > kShown) {
      unshownKind = kind;
      ++unshown;
      return;
    }
  } else {
    printUnshown();
  }
  const std::string line = lineOf(diagnostic);
  // MLIR's lexer reports a bad character each time that the parser looks at it.
  if (line != lastLine)
    printLine(line);
  lastLine = line;
  for (mlir::Diagnostic &note : diagnostic.getNotes())
    printLine(lineOf(note));
}

void DiagnosticPrinter::printUnshown() {
  if (unshown > 0)
    printLine("synfire: warning: and " + std::to_string(unshown) + " more of these");
  unshown = 0;
}

} // namespace synfire::tool
