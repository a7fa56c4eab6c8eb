// MappedFile: a file's bytes, mapped read-only.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_MAPPEDFILE_H
#define SYNFIRE_SUPPORT_MAPPEDFILE_H

#include <cstddef>
#include <span>
#include <string>

namespace synfire {

/// Keeps a regular file mapped. Nothing is read until a byte is touched. The
/// mapping starts at a page boundary, so an offset that is a multiple of an
/// integer's size is aligned for it. A file that another program shortens
/// meanwhile ends this one with SIGBUS: mapped weights are replaced by renaming,
/// never by writing into them.
class MappedFile {
public:
  MappedFile() = default;
  ~MappedFile();
  MappedFile(const MappedFile &) = delete;
  MappedFile &operator=(const MappedFile &) = delete;

  /// Maps `path`, once per object; on failure returns what to put behind the file's
  /// name ("is not a regular file", ...), else "".
  std::string open(const std::string &path);

  std::span<const std::byte> bytes() const { return {data, size}; }

private:
  const std::byte *data = nullptr;
  size_t size = 0;
};

} // namespace synfire

#endif // SYNFIRE_SUPPORT_MAPPEDFILE_H
