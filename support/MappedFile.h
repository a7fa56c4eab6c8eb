// MappedFile: a file's bytes, mapped read-only.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_MAPPEDFILE_H
#define SYNFIRE_SUPPORT_MAPPEDFILE_H

#include <cstddef>
#include <span>
#include <string>

namespace synfire {

/// Keeps a regular file mapped into memory. The system reads a page when one of its bytes is
/// first used. The mapping starts at a page boundary, so a byte offset that is a multiple of an
/// integer's size is aligned for that integer. When another program shortens the file while it
/// is mapped, reading the lost bytes raises SIGBUS: `synfire` then ends with a message that names
/// the file, which MappedRanges gives it. Synfire itself replaces a file of weights by renaming a
/// new one over it and never writes into it.
class MappedFile {
public:
  MappedFile() = default;
  ~MappedFile();
  MappedFile(const MappedFile &) = delete;
  MappedFile &operator=(const MappedFile &) = delete;

  /// Maps `path`, once per object; on failure returns what to put behind the file's
  /// name ("is not a regular file", ...), else "".
  std::string open(const std::string &path);

  /// The bytes of the file, valid as long as this object; empty before open() succeeds.
  std::span<const std::byte> bytes() const { return {data, size}; }

private:
  const std::byte *data = nullptr;
  size_t size = 0;
};

} // namespace synfire

#endif // SYNFIRE_SUPPORT_MAPPEDFILE_H
