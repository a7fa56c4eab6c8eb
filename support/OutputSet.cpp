// OutputSet: the files of one run, which appear in their folder all at once.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/OutputSet.h"

#include "support/Message.h"
#include "support/OutputFile.h"
#include "support/PendingOutputs.h"
#include "support/RunInputs.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace synfire {
namespace {

namespace fs = std::filesystem;

std::string reason(int error) { return std::generic_category().message(error); }

/// What stands at `path` itself, links not followed.
fs::file_type typeOf(const std::string &path) {
  std::error_code unknown;
  return fs::symlink_status(path, unknown).type();
}

/// A name that nobody can guess: 16 hexadecimal digits.
std::string randomName() {
  std::random_device random;
  char name[17];
  std::snprintf(name, sizeof name, "%08x%08x", unsigned(random()), unsigned(random()));
  return name;
}

/// The plain files of a folder, in no certain order.
std::vector<std::string> filesOf(const std::string &folder) {
  std::vector<std::string> names;
  std::error_code unreadable;
  for (const fs::directory_entry &entry : fs::directory_iterator(folder, unreadable))
    if (entry.symlink_status().type() == fs::file_type::regular)
      names.push_back(entry.path().filename().string());
  return names;
}

} // namespace

std::string OutputSet::fault(const std::string &what) const {
  return message("'", folder, "': ", what);
}

OutputSet::~OutputSet() {
  if (!pending.empty()) {
    std::error_code ignored;
    fs::remove_all(pending, ignored);
    pendingOutputs::remove(pending);
  }
  if (lock >= 0)
    ::close(lock); // and with it goes the lock
}

std::string OutputSet::begin() {
  if (std::string error = prepareFolder(folder); !error.empty())
    return error;
  if (::mkdir(hidden().c_str(), 0777) != 0 && errno != EEXIST)
    return fault("cannot make '.synfire' in it: " + reason(errno));
  if (typeOf(hidden()) != fs::file_type::directory)
    return fault("its '.synfire' is not a folder; remove it, or choose another folder with -o");
  if (std::string error = takeLock(); !error.empty())
    return error;
  // Whatever else stands there was left by a run that was killed.
  const std::string current = currentGeneration();
  std::error_code unreadable;
  for (const fs::directory_entry &entry : fs::directory_iterator(hidden(), unreadable)) {
    const std::string name = entry.path().filename().string();
    std::error_code ignored;
    if (name != "lock" && name != "current" && name != current)
      fs::remove_all(entry.path(), ignored);
  }
  const std::string made = hidden() + "/" + randomName();
  int error = EINTR; // told where the process is ending
  if (!pendingOutputs::create(made, [&] {
        const bool done = ::mkdir(made.c_str(), 0777) == 0;
        error = errno;
        return done;
      }))
    return fault("cannot make a folder in its '.synfire': " + reason(error));
  pending = made;
  return {};
}

std::string OutputSet::takeLock() {
  const std::string path = hidden() + "/lock";
  lock = ::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (lock < 0)
    return fault("cannot be locked: " + reason(errno));
  for (int attempt = 0; ::flock(lock, LOCK_EX | LOCK_NB) != 0; ++attempt) {
    char holder[32] = {};
    const ssize_t count = ::pread(lock, holder, sizeof holder - 1, 0);
    // Whoever has just taken the lock has not written its number yet; there stands none, or
    // that of a process before it.
    const pid_t process = std::atoi(holder);
    const bool runs = process > 0 && (::kill(process, 0) == 0 || errno == EPERM);
    if (!runs && attempt < 1000) { // a second, as a busy machine may let the holder wait
      ::usleep(1000);
      continue;
    }
    ::close(lock);
    lock = -1;
    return fault(message("process ", count > 0 ? holder : "(unknown)",
                         " is writing its results there; wait for it, or choose another folder "
                         "with -o"));
  }
  const std::string self = std::to_string(::getpid());
  if (::ftruncate(lock, 0) != 0 || ::pwrite(lock, self.data(), self.size(), 0) < 0)
    return fault("cannot be locked: " + reason(errno));
  return {};
}

/// Makes the link `path` -> `target`, in place of whatever file or link has that name.
/// On failure errno says why.
bool OutputSet::replaceByLink(const std::string &path, const std::string &target) const {
  const std::string temporary = hidden() + "/" + randomName(); // removed by the next writer
  return ::symlink(target.c_str(), temporary.c_str()) == 0 &&
         ::rename(temporary.c_str(), path.c_str()) == 0;
}

std::string OutputSet::currentGeneration() const {
  std::error_code none;
  return fs::read_symlink(hidden() + "/current", none).string();
}

std::string OutputSet::point(const std::string &generation) {
  return replaceByLink(hidden() + "/current", generation)
             ? std::string()
             : fault("cannot show the new results: " + reason(errno));
}

std::string OutputSet::adopt(const std::vector<std::string> &names) {
  const std::string before = currentGeneration();
  std::vector<std::string> regular;
  for (const std::string &name : names) {
    const fs::file_type type = typeOf(folder + "/" + name);
    if (type == fs::file_type::regular)
      regular.push_back(name);
    else if (type != fs::file_type::symlink && type != fs::file_type::not_found)
      return fault("'" + name +
                   "' in it is not a regular file; remove it, or choose another "
                   "folder with -o");
  }
  // A generation with the same content first, so that no moment shows two runs.
  const std::string adopted = randomName();
  if (!regular.empty()) {
    std::error_code error;
    fs::create_directory(hidden() + "/" + adopted, error);
    for (const std::string &name :
         error ? std::vector<std::string>{} : filesOf(hidden() + "/" + before))
      fs::create_hard_link(hidden() + "/" + before + "/" + name,
                           hidden() + "/" + adopted + "/" + name, error);
    for (const std::string &name : regular) {
      const std::string kept = hidden() + "/" + adopted + "/" + name;
      ::unlink(kept.c_str());
      if (!error)
        fs::create_hard_link(folder + "/" + name, kept, error);
    }
    if (error)
      return fault("cannot keep the older results: " + error.message());
    if (std::string problem = point(adopted); !problem.empty())
      return problem;
  }
  for (const std::string &name : names) {
    const std::string target = ".synfire/current/" + name;
    std::error_code none;
    if (fs::read_symlink(folder + "/" + name, none).string() != target &&
        !replaceByLink(folder + "/" + name, target))
      return fault("cannot make the link '" + name + "' in it: " + reason(errno));
  }
  return {};
}

std::string OutputSet::commit() {
  const std::vector<std::string> written = filesOf(pending);
  for (const std::string &name : written)
    if (std::string refusal = runInputs::refusal(folder + "/" + name); !refusal.empty())
      return message("'", folder, "/", name, "': ", refusal);
  if (std::string problem = adopt(written); !problem.empty())
    return problem;
  const std::string before = currentGeneration();
  for (const std::string &name : filesOf(hidden() + "/" + before)) {
    std::error_code error;
    if (!before.empty() && typeOf(path(name)) == fs::file_type::not_found)
      fs::create_hard_link(hidden() + "/" + before + "/" + name, path(name), error);
    if (error)
      return fault("cannot keep '" + name + "' of the older results: " + error.message());
  }
  std::string problem;
  const std::string name = fs::path(pending).filename().string();
  if (!pendingOutputs::keep(pending, folder, [&] { return (problem = point(name)).empty(); }))
    return problem.empty() ? fault("interrupted") : problem;
  pending.clear();
  std::error_code ignored;
  if (!before.empty())
    fs::remove_all(hidden() + "/" + before, ignored);
  return {};
}

} // namespace synfire
