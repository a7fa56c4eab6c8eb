// PendingFile: an OutputFile that LLVM's writers write to.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/lower/PendingFile.h"

#include "dialect/chip/ProgramBytes.h"
#include "support/MappedFile.h"
#include "support/MemoryNeed.h"
#include "support/OutputPair.h"

#include "mlir/IR/DialectResourceBlobManager.h"

#include <algorithm>

using namespace synfire;

std::string PendingFile::named(const std::string &reason) const {
  return reason.empty() ? reason : "'" + file.name() + "': " + reason;
}

std::string PendingFile::open() {
  std::string fault = file.open();
  if (fault.empty())
    stream = std::make_unique<llvm::raw_fd_ostream>(file.descriptor(), /*shouldClose=*/false);
  return named(fault);
}

/// The bytes of a tensor's numbers, as far as they are stored.
static size_t storedBytes(mlir::Attribute attribute) {
  if (auto dense = llvm::dyn_cast<mlir::DenseElementsAttr>(attribute))
    return dense.getRawData().size();
  auto resource = llvm::dyn_cast<mlir::DenseResourceElementsAttr>(attribute);
  const mlir::AsmResourceBlob *blob = resource ? resource.getRawHandle().getBlob() : nullptr;
  return blob ? blob->getData().size() : 0;
}

std::string PendingFile::writeText(mlir::ModuleOp module, const mlir::OpPrintingFlags &flags) {
  size_t largest = 0;
  module.walk([&](mlir::Operation *op) {
    for (mlir::NamedAttribute named : op->getAttrs())
      largest = std::max(largest, storedBytes(named.getValue()));
  });
  // Each byte is two hexadecimal digits, which stand in two strings at once.
  if (std::string lack = lacksMemory("the text of a tensor", 4.0 * static_cast<double>(largest));
      !lack.empty())
    return named(lack);
  module.print(*stream, flags);
  return {};
}

std::error_code PendingFile::endStream() {
  stream->flush();
  std::error_code error = stream->error();
  stream->clear_error();
  stream.reset();
  return error;
}

std::string PendingFile::finish() {
  std::error_code error = endStream();
  std::string fault = file.finish();
  return named(error ? "cannot be written: " + error.message() : fault);
}

std::string PendingFile::sum(std::string &checksum) const {
  MappedFile written;
  if (std::string fault = written.open(file.temporaryName()); !fault.empty())
    return named(fault);
  llvm::ArrayRef bytes(reinterpret_cast<const uint8_t *>(written.bytes().data()),
                       written.bytes().size());
  checksum = chip::sideFileChecksum(bytes);
  return {};
}

std::string PendingFile::seal() {
  stream->flush();
  if (stream->has_error())
    return {}; // finish() reports the error
  MappedFile written;
  if (std::string fault = written.open(file.temporaryName()); !fault.empty())
    return named(fault);
  const std::string producer = chip::programProducer(chip::programChecksum(
      {reinterpret_cast<const char *>(written.bytes().data()), written.bytes().size()}));
  stream->pwrite(producer.data(), producer.size(), chip::kProducerBegin);
  return {};
}

std::string PendingFile::keep() { return named(file.keep()); }

std::string PendingFile::keepBoth(PendingFile &side, const std::string &checksum,
                                  PendingFile &program) {
  return keepPair(side.file, chip::sideFileStandIn(side.file.name(), checksum), program.file);
}

PendingFile::~PendingFile() {
  if (stream)
    (void)endStream();
}
