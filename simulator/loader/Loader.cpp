// Loader: parses a PROGRAM and hands it to the reader.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/loader/Loader.h"

#include "dialect/SourceBuffer.h"
#include "dialect/chip/ProgramBytes.h"
#include "simulator/loader/LoaderReader.h"
#include "simulator/program/ProgramHash.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/SourceMgr.h"

#include <memory>
#include <string_view>

namespace synfire::sim {

/// The context has to outlive the operations.
struct ProgramFile::Parsed {
  std::string path;
  std::unique_ptr<mlir::MLIRContext> context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  chip::ProgramOp program;
};

namespace {

/// "FILE:LINE:COLUMN" of an op that stands in the text at `path`, else the file alone.
std::string placeOf(mlir::Operation *op, const std::string &path) {
  const auto at = op->getLoc()->findInstanceOf<mlir::FileLineColLoc>();
  return at && at.getFilename() == path ? message(path, ":", at.getLine(), ":", at.getColumn())
                                        : path;
}

std::string versionFault(const std::string &path, std::string_view tag) {
  const std::string fault = kProgramFormat.mismatch(tag);
  return fault.empty() ? "" : message(path, ": ", fault, "; compile the model again");
}

std::string firstVersion() { return message(kProgramFormat.name, "/1"); }

/// Whether bytecode of another producer than ours is a PROGRAM of version 1, which did not say so:
/// it has the name of an op that every one had, and that no later one has.
bool isFirstVersion(std::string_view bytes) {
  return bytes.find(std::string_view("host_op\0", 8)) != std::string_view::npos;
}

/// bytecodeFault() of the bytes of `path`.
std::string bytecodeFaultOf(const std::string &path, std::string_view bytes) {
  if (!bytes.starts_with(chip::kBytecodeMagic))
    return {};
  const std::string_view producer = chip::producerOf(bytes);
  if (!producer.starts_with(kProgramFormat.name))
    return isFirstVersion(bytes)
               ? versionFault(path, firstVersion())
               : message(path, ": is bytecode that `synfire compile` did not write, so without the "
                               "checksum that tells damage; compile the model, or give the program "
                               "as text (.mlir)");
  const std::string_view tag = producer.substr(0, producer.find(' '));
  if (std::string fault = versionFault(path, tag); !fault.empty())
    return fault;
  const std::string checksum = chip::programChecksum(bytes);
  if (producer == chip::programProducer(checksum))
    return {};
  return message(path, ": is damaged: its bytes have checksum ", checksum, ", '", producer,
                 "' is what they begin with; compile the model again");
}

} // namespace

std::string bytecodeFault(const std::string &path) {
  auto opened = openSourceBuffer(path);
  if (auto *fault = std::get_if<FileFault>(&opened))
    return message(path, ": ", fault->reason);
  return bytecodeFaultOf(path, std::get<0>(opened)->getBuffer());
}

ProgramFile::ProgramFile(std::unique_ptr<Parsed> parsed) : parsed(std::move(parsed)) {}
ProgramFile::ProgramFile(ProgramFile &&) noexcept = default;
ProgramFile::~ProgramFile() = default;

std::variant<ProgramFile, std::string> ProgramFile::parse(const std::string &path) {
  auto opened = openSourceBuffer(path);
  if (auto *fault = std::get_if<FileFault>(&opened))
    return message(path, ": ", fault->reason);
  auto buffer = std::get<0>(std::move(opened));
  const std::string_view bytes = buffer->getBuffer();
  if (std::string fault = bytecodeFaultOf(path, bytes); !fault.empty())
    return fault;
  auto parsed = std::make_unique<Parsed>();
  parsed->path = path;
  parsed->context = std::make_unique<mlir::MLIRContext>(mlir::MLIRContext::Threading::DISABLED);
  parsed->context->loadDialect<chip::ChipDialect>();
  std::string said;
  mlir::ScopedDiagnosticHandler handler(parsed->context.get(), [&](mlir::Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == mlir::DiagnosticSeverity::Error && said.empty()) {
      std::string place = path;
      if (auto at = llvm::dyn_cast<mlir::FileLineColLoc>(diagnostic.getLocation()))
        place = message(path, ":", at.getLine(), ":", at.getColumn());
      said = message(place, ": ", diagnostic.str());
    }
    return mlir::success();
  });
  auto sources = std::make_shared<llvm::SourceMgr>();
  sources->AddNewSourceBuffer(std::move(buffer), llvm::SMLoc());
  parsed->module = mlir::parseSourceFile<mlir::ModuleOp>(sources, parsed->context.get());
  if (!parsed->module)
    return said.empty() ? message(path, ": not a PROGRAM of `synfire compile`") : said;
  for (chip::ProgramOp program : parsed->module->getOps<chip::ProgramOp>()) {
    if (parsed->program)
      return message(path, ": holds more than one chip.program");
    parsed->program = program;
  }
  if (!parsed->program)
    return message(path, ": holds no chip.program; make one with `synfire compile`");
  const std::string format = parsed->program.getFormat().value_or(firstVersion()).str();
  if (std::string fault = versionFault(path, format); !fault.empty())
    return fault;
  return ProgramFile(std::move(parsed));
}

ProgramHeader ProgramFile::header() const {
  chip::ProgramOp program = parsed->program;
  const llvm::StringRef target = program.getTarget();
  ProgramHeader header{program.getSymName().str(),
                       target.str(),
                       program.getTargetArgument().value_or(target).str(),
                       {}};
  if (program.getTargetResources())
    header.targetResources = textsOf(*program.getTargetResources());
  return header;
}

std::variant<Program, std::string> ProgramFile::load(const ChipModel &chip) const {
  const std::string &path = parsed->path;
  ProgramReader reader(parsed->program, chip);
  const size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash + 1);
  if (!reader.read(folder))
    return message(placeOf(reader.current(), path), ": ", reader.error);
  if (std::string error = reader.p.validate(); !error.empty())
    return message(path, ": ", error);
  reader.p.hash = functionalHash(reader.p);
  return std::move(reader.p);
}

std::variant<Program, std::string> loadProgram(const std::string &path, const ChipModel &chip) {
  auto file = ProgramFile::parse(path);
  if (auto *error = std::get_if<std::string>(&file))
    return *error;
  return std::get<ProgramFile>(file).load(chip);
}

} // namespace synfire::sim
