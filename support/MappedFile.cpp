// MappedFile: a file's bytes, mapped read-only.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/MappedFile.h"

#include "support/InputFile.h"
#include "support/MappedRanges.h"
#include "support/MemoryNeed.h"

#include <cerrno>
#include <system_error>

#include <sys/mman.h>

namespace synfire {

MappedFile::~MappedFile() {
  if (!data)
    return;
  mappedRanges::remove(data);
  ::munmap(const_cast<std::byte *>(data), size);
}

std::string MappedFile::open(const std::string &path) {
  InputFile file;
  std::string fault = file.open(path);
  if (!fault.empty() || file.size() == 0) // an empty file cannot be mapped, and needs no pages
    return fault;
  void *mapped = ::mmap(nullptr, file.size(), PROT_READ, MAP_PRIVATE, file.descriptor(), 0);
  if (mapped == MAP_FAILED && errno == ENOMEM)
    return needsMemory(static_cast<double>(file.size()));
  if (mapped == MAP_FAILED)
    return "cannot be mapped into memory: " + std::generic_category().message(errno);
  data = static_cast<const std::byte *>(mapped);
  size = file.size();
  mappedRanges::add(mapped, size, path);
  return {};
}

} // namespace synfire
