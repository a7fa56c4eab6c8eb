// Loader: parses a PROGRAM and hands it to the reader.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/loader/Loader.h"

#include "simulator/loader/LoaderReader.h"
#include "simulator/program/ProgramHash.h"
#include "support/FileFormat.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"

#include <array>
#include <fstream>
#include <memory>
#include <string_view>

namespace synfire::sim {
namespace {

/// A parsed file: the context has to outlive the operations.
struct ParsedProgram {
  std::unique_ptr<mlir::MLIRContext> context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  chip::ProgramOp program;
};

/// What the file says wrote it: bytecode begins with "ML\xefR", a version of one
/// byte, and the producer's name, which ends in NUL. Empty for any other file.
std::string producerOf(const std::string &path) {
  constexpr std::string_view kMagic = "ML\xefR";
  constexpr size_t kBegin = kMagic.size() + 1;
  std::array<char, 64> bytes{};
  std::ifstream(path, std::ios::binary).read(bytes.data(), bytes.size() - 1);
  const std::string_view text(bytes.data(), bytes.size());
  if (!text.starts_with(kMagic))
    return {};
  return std::string(text.substr(kBegin, text.find('\0', kBegin) - kBegin));
}

std::string versionFault(const std::string &path, std::string_view tag) {
  const std::string fault = kProgramFormat.mismatch(tag);
  return fault.empty() ? "" : message(path, ": ", fault, "; compile the model again");
}

std::string firstVersion() { return message(kProgramFormat.name, "/1"); }

/// Whether bytecode that cannot be parsed is a PROGRAM of version 1, which did not
/// say so: another producer than ours, and the name of an op that every one has.
bool isFirstVersion(const std::string &path, std::string_view bytes) {
  const std::string producer = producerOf(path);
  return !producer.empty() && !producer.starts_with(kProgramFormat.name) &&
         bytes.find(std::string_view("host_op\0", 8)) != std::string_view::npos;
}

std::variant<ParsedProgram, std::string> parseProgram(const std::string &path) {
  if (std::string fault = foreignVersion(path); !fault.empty())
    return fault;
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return message(path, ": cannot open: ", buffer.getError().message());
  ParsedProgram parsed;
  parsed.context = std::make_unique<mlir::MLIRContext>(mlir::MLIRContext::Threading::DISABLED);
  parsed.context->loadDialect<chip::ChipDialect>();
  std::string said;
  mlir::ScopedDiagnosticHandler handler(parsed.context.get(), [&](mlir::Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == mlir::DiagnosticSeverity::Error && said.empty()) {
      std::string place = path;
      if (auto at = llvm::dyn_cast<mlir::FileLineColLoc>(diagnostic.getLocation()))
        place = message(path, ":", at.getLine(), ":", at.getColumn());
      said = message(place, ": ", diagnostic.str());
    }
    return mlir::success();
  });
  const std::string_view bytes = (*buffer)->getBuffer();
  auto sources = std::make_shared<llvm::SourceMgr>();
  sources->AddNewSourceBuffer(std::move(*buffer), llvm::SMLoc());
  parsed.module = mlir::parseSourceFile<mlir::ModuleOp>(sources, parsed.context.get());
  if (!parsed.module && isFirstVersion(path, bytes))
    return versionFault(path, firstVersion());
  if (!parsed.module)
    return said.empty() ? message(path, ": not a PROGRAM of `synfire compile`") : said;
  for (chip::ProgramOp program : parsed.module->getOps<chip::ProgramOp>()) {
    if (parsed.program)
      return message(path, ": holds more than one chip.program");
    parsed.program = program;
  }
  if (!parsed.program)
    return message(path, ": holds no chip.program; make one with `synfire compile`");
  const std::string format = parsed.program.getFormat().value_or(firstVersion()).str();
  if (std::string fault = versionFault(path, format); !fault.empty())
    return fault;
  return parsed;
}

} // namespace

std::string foreignVersion(const std::string &path) {
  const std::string producer = producerOf(path);
  return producer.starts_with(kProgramFormat.name) ? versionFault(path, producer) : "";
}

std::variant<ProgramHeader, std::string> peekProgram(const std::string &path) {
  auto parsed = parseProgram(path);
  if (auto *error = std::get_if<std::string>(&parsed))
    return *error;
  chip::ProgramOp program = std::get<ParsedProgram>(parsed).program;
  const llvm::StringRef target = program.getTarget();
  return ProgramHeader{program.getSymName().str(), target.str(),
                       program.getTargetArgument().value_or(target).str()};
}

std::variant<Program, std::string> loadProgram(const std::string &path, const ChipModel &chip) {
  auto parsed = parseProgram(path);
  if (auto *error = std::get_if<std::string>(&parsed))
    return *error;
  ProgramReader reader(std::get<ParsedProgram>(parsed).program, chip);
  const size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash + 1);
  if (!reader.read(folder))
    return message(path, ": ", reader.error);
  if (std::string error = reader.p.validate(); !error.empty())
    return message(path, ": ", error);
  reader.p.hash = functionalHash(reader.p);
  return std::move(reader.p);
}

} // namespace synfire::sim
