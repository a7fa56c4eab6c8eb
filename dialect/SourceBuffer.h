// SourceBuffer: a file's bytes as MLIR's parsers take them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_SOURCEBUFFER_H
#define SYNFIRE_DIALECT_SOURCEBUFFER_H

#include "support/InputFile.h"
#include "support/MappedRanges.h"
#include "support/MemoryNeed.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

namespace synfire {

/// The bytes of a regular file, of text (`.mlir`) or of bytecode (any other name). A
/// large file is mapped, and blobs of bytecode point into the mapping: it must be kept
/// as long as the module. MLIR's own reader of files would wait for a named pipe.
inline std::variant<std::unique_ptr<llvm::MemoryBuffer>, FileFault>
openSourceBuffer(llvm::StringRef path) {
  InputFile file;
  if (std::string fault = file.open(path.str()); !fault.empty())
    return FileFault{fault};
  // Only the parser of text looks for a NUL at the end; for one, a file that fills its
  // last page is copied.
  auto buffer = llvm::MemoryBuffer::getOpenFile(
      llvm::sys::fs::convertFDToNativeFile(file.descriptor()), path, file.size(),
      /*RequiresNullTerminator=*/path.ends_with(".mlir"));
  if (!buffer && buffer.getError() == std::errc::not_enough_memory)
    return FileFault{needsMemory(static_cast<double>(file.size()))};
  if (!buffer)
    return FileFault{"cannot be read: " + buffer.getError().message()};
  if ((*buffer)->getBufferKind() == llvm::MemoryBuffer::MemoryBuffer_MMap)
    mappedRanges::add((*buffer)->getBufferStart(), file.size(), path.str());
  return std::move(*buffer);
}

} // namespace synfire

#endif // SYNFIRE_DIALECT_SOURCEBUFFER_H
