// MappedFile: a read-only file in memory, read page by page on first use.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_PROGRAM_MAPPEDFILE_H
#define SYNFIRE_SIMULATOR_PROGRAM_MAPPEDFILE_H

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <variant>

namespace synfire::sim {

/// Bytes of a regular file. The mapping starts at a page boundary, so an offset
/// that is a multiple of an integer's size is aligned for it. A file that is
/// cut short while it is mapped is beyond what this class can guard against.
class MappedFile {
public:
  /// Maps `path`; the second alternative says what is wrong with it.
  static std::variant<std::shared_ptr<const MappedFile>, std::string> open(const std::string &path);

  MappedFile(const MappedFile &) = delete;
  MappedFile &operator=(const MappedFile &) = delete;
  ~MappedFile();

  std::span<const std::byte> bytes() const { return content; }

private:
  explicit MappedFile(std::span<const std::byte> content) : content(content) {}

  std::span<const std::byte> content;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_PROGRAM_MAPPEDFILE_H
