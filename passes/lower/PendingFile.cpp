// PendingFile: an OutputFile that LLVM's writers write to.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/lower/PendingFile.h"

#include "dialect/chip/ProgramBytes.h"
#include "support/MappedFile.h"
#include "support/OutputPair.h"

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
