// InputFile: opens regular files only, so that opening never blocks, and reads up to a limit.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/InputFile.h"

#include "support/MemoryNeed.h"
#include "support/RunInputs.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace synfire {

static std::string because(const char *what, int error) {
  return what + (": " + std::generic_category().message(error));
}

InputFile::~InputFile() {
  if (file >= 0)
    ::close(file);
}

std::string InputFile::open(const std::string &path) {
  // O_NONBLOCK: without this flag, opening a named pipe would wait for a writer before we
  // can refuse the pipe. The flag has no effect on a regular file. O_NOCTTY: a terminal that
  // is opened here does not become the controlling terminal of this process.
  file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (file < 0)
    // open() fails with ENXIO for a socket and for the file of a device that is not there.
    return errno == ENXIO ? "is not a regular file" : because("cannot be opened", errno);
  struct stat status;
  if (::fstat(file, &status) != 0)
    return because("cannot be examined", errno);
  if (!S_ISREG(status.st_mode))
    return "is not a regular file";
  bytes = size_t(status.st_size);
  runInputs::add(file, path);
  return {};
}

static FileFault tooLarge(size_t mostBytes) {
  constexpr size_t kMiB = size_t{1} << 20;
  const std::string limit = mostBytes % kMiB == 0 ? std::to_string(mostBytes / kMiB) + " MiB"
                                                  : std::to_string(mostBytes) + " bytes";
  return {"needs at most " + limit + ", has more"};
}

/// Reads the rest of `file`, and fails when it has more than `mostBytes`. `expected` is the
/// likely number of bytes; it only sets the size of the first buffer, because the file may
/// have grown since its size was asked for.
static std::variant<std::string, FileFault> readAll(int file, size_t expected, size_t mostBytes) {
  constexpr size_t kPiece = size_t{64} << 10;
  std::string text;
  for (size_t done = 0;;) {
    // The byte more than expected lets the end be seen without a larger buffer.
    if (text.size() == done)
      text.resize(std::min(std::max(expected + 1, done + kPiece), mostBytes + 1));
    const ssize_t count = ::read(file, text.data() + done, text.size() - done);
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return FileFault{because("cannot be read", errno)};
    done += size_t(count);
    if (done > mostBytes)
      return tooLarge(mostBytes);
    if (count == 0) {
      text.resize(done);
      return text;
    }
  }
}

std::variant<std::string, FileFault> readFile(const std::string &path, size_t mostBytes) {
  InputFile file;
  if (std::string fault = file.open(path); !fault.empty())
    return FileFault{fault};
  if (file.size() > mostBytes)
    return tooLarge(mostBytes);
  constexpr size_t kMany = size_t{1} << 20; // fewer are not worth asking the system
  const auto bytes = static_cast<double>(file.size());
  if (file.size() > kMany && bytes > static_cast<double>(memoryLeft()))
    return FileFault{needsMemory(bytes)};
  return readAll(file.descriptor(), file.size(), mostBytes);
}

std::variant<std::string, FileFault> readStandardInput(size_t mostBytes) {
  runInputs::add(STDIN_FILENO, "standard input");
  return readAll(STDIN_FILENO, 0, mostBytes);
}

} // namespace synfire
