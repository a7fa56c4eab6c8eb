// MappedFile: a file's bytes, mapped read-only.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/MappedFile.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace synfire {

static std::string reason(int error) { return std::generic_category().message(error); }

MappedFile::~MappedFile() {
  if (data)
    ::munmap(const_cast<std::byte *>(data), size);
}

std::string MappedFile::open(const std::string &path) {
  // O_NONBLOCK: a named pipe must not make us wait before it is refused.
  int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0)
    return "cannot be opened: " + reason(errno);
  struct stat status;
  std::string fault;
  if (::fstat(file, &status) != 0)
    fault = "cannot be examined: " + reason(errno);
  else if (!S_ISREG(status.st_mode))
    fault = "is not a regular file";
  else if (status.st_size > 0) {
    void *mapped = ::mmap(nullptr, size_t(status.st_size), PROT_READ, MAP_PRIVATE, file, 0);
    if (mapped == MAP_FAILED) {
      fault = "cannot be mapped into memory: " + reason(errno);
    } else {
      data = static_cast<const std::byte *>(mapped);
      size = size_t(status.st_size);
    }
  }
  ::close(file);
  return fault;
}

} // namespace synfire
