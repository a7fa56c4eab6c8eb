// PendingFile: a file that appears under its name only when it is complete.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/lower/PendingFile.h"

#include "dialect/chip/SideFile.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace synfire;

std::string PendingFile::describe(std::error_code error) const {
  return "cannot write '" + path + "': " + error.message();
}

std::string PendingFile::open() {
  // The rename would put a plain file in the place of a device or a pipe.
  if (llvm::sys::fs::exists(path) && !llvm::sys::fs::is_regular_file(path))
    return "cannot write '" + path + "': it is not a regular file";
  int file = -1;
  llvm::SmallString<128> name;
  if (std::error_code error = llvm::sys::fs::createUniqueFile(path + ".%%%%%%.tmp", file, name))
    return describe(error);
  temporary = std::string(name);
  stream = std::make_unique<llvm::raw_fd_ostream>(file, /*shouldClose=*/true);
  return {};
}

std::string PendingFile::finish() {
  stream->close();
  std::error_code error = stream->error();
  stream->clear_error(); // Else the stream's destructor ends the program.
  stream.reset();
  return error ? describe(error) : std::string();
}

std::string PendingFile::sum(std::string &checksum) const {
  auto buffer = llvm::MemoryBuffer::getFile(temporary, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return describe(buffer.getError());
  checksum = chip::sideFileChecksum(llvm::arrayRefFromStringRef((*buffer)->getBuffer()));
  return {};
}

std::string PendingFile::keep() {
  if (std::error_code error = llvm::sys::fs::rename(temporary, path))
    return describe(error);
  temporary.clear();
  return {};
}

PendingFile::~PendingFile() {
  if (stream)
    (void)finish();
  if (!temporary.empty())
    llvm::sys::fs::remove(temporary);
}
