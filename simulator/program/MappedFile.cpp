// MappedFile: open, check, map; the POSIX half.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/program/MappedFile.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace synfire::sim {

std::variant<std::shared_ptr<const MappedFile>, std::string>
MappedFile::open(const std::string &path) {
  const auto refuse = [&path](const char *what) {
    return path + ": " + what + ": " + std::strerror(errno);
  };
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return refuse("cannot open");
  struct stat status{};
  if (::fstat(file, &status) != 0) {
    std::string message = refuse("cannot read its size");
    ::close(file);
    return message;
  }
  if (!S_ISREG(status.st_mode)) {
    ::close(file);
    return path + ": not a regular file";
  }
  const size_t size = static_cast<size_t>(status.st_size);
  void *address = nullptr; // an empty file cannot be mapped and needs no pages
  if (size > 0)
    address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  std::string message = address == MAP_FAILED ? refuse("cannot map") : "";
  ::close(file);
  if (!message.empty())
    return message;
  return std::shared_ptr<const MappedFile>(
      new MappedFile({static_cast<const std::byte *>(address), size}));
}

MappedFile::~MappedFile() {
  if (!content.empty())
    ::munmap(const_cast<std::byte *>(content.data()), content.size());
}

} // namespace synfire::sim
