// OutputPair: three renames, of which the second is the one that counts.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/OutputPair.h"

#include "support/PendingOutputs.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace synfire {
namespace {

namespace fs = std::filesystem;

fs::path folderOf(const fs::path &file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

/// The turn among the writers of a folder, which ends with the object or with the process.
class Turn {
public:
  explicit Turn(const fs::path &folder)
      : file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    for (int attempt = 0; attempt < 100 && ::flock(file, LOCK_EX | LOCK_NB) != 0; ++attempt) {
      if (errno != EWOULDBLOCK) // a file system without locks
        return;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
  ~Turn() {
    if (file >= 0)
      ::close(file);
  }
  Turn(const Turn &) = delete;
  Turn &operator=(const Turn &) = delete;

private:
  const int file;
};

/// Removes the files beside `side` that have the form of a stand-in for it.
void removeStandIns(const fs::path &side) {
  constexpr size_t kDigits = 16;
  const std::string start = side.filename().string() + ".";
  std::error_code ignored;
  for (const fs::directory_entry &entry : fs::directory_iterator(folderOf(side), ignored)) {
    const std::string name = entry.path().filename().string();
    const bool standsIn = name.size() == start.size() + kDigits && name.starts_with(start) &&
                          std::ranges::all_of(name.substr(start.size()),
                                              [](unsigned char c) { return std::isxdigit(c); });
    if (standsIn && entry.is_regular_file(ignored))
      fs::remove(entry.path(), ignored);
  }
}

} // namespace

std::string keepPair(OutputFile &side, const std::string &standIn, OutputFile &main) {
  const Turn turn(folderOf(main.name()));
  const auto both = pendingOutputs::together();
  std::string problem;
  bool named = false;
  const std::string temporary = side.temporary; // as it is registered
  const bool kept = pendingOutputs::keep(temporary, side.path, [&] {
    if (std::rename(side.temporary.c_str(), standIn.c_str()) != 0) {
      problem =
          "'" + side.path + "': cannot be replaced: " + std::generic_category().message(errno);
      return false;
    }
    side.temporary = standIn; // which the destructor removes unless all succeeds
    if (const std::string fault = main.keep(); !fault.empty()) {
      problem = "'" + main.path + "': " + fault;
      return false;
    }
    side.temporary.clear();
    // The new pair stands. Where this fails, readers go on with the stand-in.
    named = std::rename(standIn.c_str(), side.path.c_str()) == 0;
    return true;
  });
  if (!kept)
    return problem.empty() ? "'" + side.path + "': interrupted" : problem;
  if (named)
    removeStandIns(side.path);
  return {};
}

} // namespace synfire
