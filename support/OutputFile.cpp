// OutputFile: atomic writes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/OutputFile.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace synfire::sim {
namespace {

/// All of it, or errno.
int writeAll(int descriptor, const std::string &text) {
  size_t done = 0;
  while (done < text.size()) {
    const ssize_t n = ::write(descriptor, text.data() + done, text.size() - done);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return errno;
    done += static_cast<size_t>(n);
  }
  // A full disk may only show itself here.
  return ::fsync(descriptor) != 0 && errno != EINVAL && errno != EROFS ? errno : 0;
}

} // namespace

std::string writeFile(const std::string &path, const std::string &text) {
  // The rename would put a plain file in the place of a device or a pipe.
  std::error_code unknown;
  if (std::filesystem::exists(path, unknown) && !std::filesystem::is_regular_file(path, unknown))
    return "'" + path + "': is not a regular file; name one that may be replaced";
  const std::string temporary = path + ".tmp";
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0)
    return "'" + temporary + "': cannot write: " + std::strerror(errno);
  int error = writeAll(descriptor, text);
  if (::close(descriptor) != 0 && error == 0)
    error = errno;
  if (error == 0 && ::rename(temporary.c_str(), path.c_str()) != 0)
    error = errno;
  if (error == 0)
    return {};
  ::unlink(temporary.c_str());
  return "'" + path + "': cannot write " + std::to_string(text.size()) +
         " bytes: " + std::strerror(error);
}

std::string prepareFolder(const std::string &folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    return "'" + folder + "': cannot make the output folder: " + error.message();
  if (!std::filesystem::is_directory(folder, error))
    return "'" + folder + "': is not a folder; choose another with -o";
  if (::access(folder.c_str(), W_OK | X_OK) != 0)
    return "'" + folder + "': cannot write to the output folder: " + std::strerror(errno);
  return {};
}

} // namespace synfire::sim
