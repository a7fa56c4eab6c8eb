// InputFile: regular files, opened so that none can block, and read up to a limit.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SUPPORT_INPUTFILE_H
#define SYNFIRE_SUPPORT_INPUTFILE_H

#include <cstddef>
#include <string>
#include <variant>

namespace synfire {

/// Why a file could not be read, as a phrase to be put behind the file's name: "is not a
/// regular file".
struct FileFault {
  std::string reason;
};

/// A regular file, open for reading. Named pipes, sockets, devices and folders are
/// refused at once: opening them neither waits nor reads anything.
class InputFile {
public:
  InputFile() = default;
  ~InputFile();
  InputFile(const InputFile &) = delete;
  InputFile &operator=(const InputFile &) = delete;

  /// Opens `path`, once per object; on failure returns what to put behind the file's
  /// name ("cannot be opened: No such file or directory"), else "".
  std::string open(const std::string &path);

  int descriptor() const { return file; }
  size_t size() const { return bytes; } ///< size in bytes at the time of open()

private:
  int file = -1;
  size_t bytes = 0;
};

/// Reads a regular file whole. Returns its bytes, or the fault when it cannot be opened or
/// read, or is larger than `mostBytes`.
std::variant<std::string, FileFault> readFile(const std::string &path, size_t mostBytes);

/// Reads standard input up to its end; unlike readFile, standard input may be a pipe or a
/// terminal. Returns a fault when reading fails or there are more than `mostBytes` bytes.
std::variant<std::string, FileFault> readStandardInput(size_t mostBytes);

} // namespace synfire

#endif // SYNFIRE_SUPPORT_INPUTFILE_H
