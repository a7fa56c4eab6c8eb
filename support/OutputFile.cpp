// OutputFile: writes under a temporary name and renames the complete file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/OutputFile.h"

#include "support/PendingOutputs.h"
#include "support/RunInputs.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <random>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace synfire {

static std::string failed(const char *what, int error) {
  return what + (": " + std::generic_category().message(error));
}

static std::string notWritten() { return failed("cannot be written", errno); }

/// Creates a file with a random name beside `path` and stores that name in `name`. Returns the
/// descriptor, or -1 and the cause in `error`. The umask decides the permissions.
static int makeTemporary(const std::string &path, std::string &name, int &error) {
  std::random_device random;
  for (int attempt = 0; attempt < 100; ++attempt) {
    char suffix[16];
    std::snprintf(suffix, sizeof suffix, ".%08x.tmp", unsigned(random()));
    name = path + suffix;
    // O_EXCL: open() fails when a file or link of this name exists, so that we never write
    // into what somebody else has put there.
    int file = -1;
    error = EINTR; // told where the process is ending
    const bool created = pendingOutputs::create(name, [&] {
      file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
      error = errno;
      return file >= 0;
    });
    if (created || error != EEXIST)
      return file;
  }
  return -1;
}

OutputFile::~OutputFile() {
  if (file >= 0)
    ::close(file);
  if (!temporary.empty()) {
    ::unlink(temporary.c_str());
    pendingOutputs::remove(temporary);
  }
}

std::string OutputFile::open() {
  std::error_code unknown;
  if (std::filesystem::exists(path, unknown) && !std::filesystem::is_regular_file(path, unknown))
    return "is not a regular file; name one that may be replaced";
  if (std::string refusal = runInputs::refusal(path); !refusal.empty())
    return refusal;
  std::string name;
  int error = 0;
  file = makeTemporary(path, name, error);
  if (file < 0)
    return failed("cannot be created", error);
  temporary = name;
  return {};
}

std::string OutputFile::append(std::string_view bytes) {
  constexpr size_t kPiece = size_t{1} << 20;
  while (!bytes.empty()) {
    const std::string_view part = bytes.substr(0, kPiece - gathered.size());
    gathered += part;
    bytes.remove_prefix(part.size());
    if (gathered.size() == kPiece)
      if (std::string fault = flush(); !fault.empty())
        return fault;
  }
  return {};
}

std::string OutputFile::flush() {
  for (size_t done = 0; done < gathered.size();) {
    const ssize_t count = ::write(file, gathered.data() + done, gathered.size() - done);
    if (count < 0 && errno != EINTR)
      return notWritten();
    done += count < 0 ? 0 : size_t(count);
  }
  gathered.clear();
  return {};
}

std::string OutputFile::sync() {
  if (std::string fault = flush(); !fault.empty())
    return fault;
  // On a file system without fsync the call fails with EINVAL or EROFS; the bytes are written
  // nevertheless.
  return ::fsync(file) != 0 && errno != EINVAL && errno != EROFS ? notWritten() : std::string();
}

std::string OutputFile::finish() {
  std::string fault = flush();
  if (::close(file) != 0 && fault.empty())
    fault = notWritten();
  file = -1;
  return fault;
}

std::string OutputFile::keep() {
  int error = EINTR; // told where the process is ending
  if (!pendingOutputs::keep(temporary, path, [&] {
        const bool renamed = ::rename(temporary.c_str(), path.c_str()) == 0;
        error = errno;
        return renamed;
      }))
    return failed("cannot be replaced", error);
  temporary.clear();
  return {};
}

std::string writeFile(const std::string &path, std::string_view text) {
  OutputFile file(path);
  std::string fault = file.open();
  if (fault.empty())
    fault = file.append(text);
  if (fault.empty())
    fault = file.sync();
  if (fault.empty())
    fault = file.finish();
  if (fault.empty())
    fault = file.keep();
  return fault.empty() ? fault : "'" + path + "': " + fault;
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

} // namespace synfire
