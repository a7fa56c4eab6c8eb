// RunInputs: the files that a run has read.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/RunInputs.h"

#include <map>
#include <mutex>
#include <utility>

#include <sys/stat.h>

namespace synfire::runInputs {
namespace {

struct Inputs {
  std::mutex mutex;
  bool remembered = false;
  std::map<std::pair<dev_t, ino_t>, std::string> names;
};

Inputs &inputs() {
  static Inputs *const instance = new Inputs; // outlives every other thread
  return *instance;
}

} // namespace

void remember() {
  const std::lock_guard lock(inputs().mutex);
  inputs().remembered = true;
}

void add(int descriptor, const std::string &path) {
  const std::lock_guard lock(inputs().mutex);
  struct stat status;
  if (inputs().remembered && ::fstat(descriptor, &status) == 0)
    inputs().names.emplace(std::pair(status.st_dev, status.st_ino), path);
}

std::string refusal(const std::string &path) {
  const std::lock_guard lock(inputs().mutex);
  struct stat status;
  if (::stat(path.c_str(), &status) != 0)
    return {}; // a new file
  const auto found = inputs().names.find(std::pair(status.st_dev, status.st_ino));
  return found == inputs().names.end()
             ? std::string()
             : "is an input of this run ('" + found->second + "'); write to another file";
}

} // namespace synfire::runInputs
