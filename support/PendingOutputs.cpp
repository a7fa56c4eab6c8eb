// PendingOutputs: what this process is writing and has not finished.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/PendingOutputs.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

namespace synfire::pendingOutputs {
namespace {

struct State {
  std::recursive_mutex mutex;
  std::set<std::string> temporary;
  std::vector<std::string> kept;
  bool abandoned = false;
};

State &state() {
  static State *const instance = new State; // outlives every other thread
  return *instance;
}

} // namespace

bool create(const std::string &path, const std::function<bool()> &make) {
  const std::lock_guard lock(state().mutex);
  if (state().abandoned || !make())
    return false;
  state().temporary.insert(path);
  return true;
}

void remove(const std::string &path) {
  const std::lock_guard lock(state().mutex);
  state().temporary.erase(path);
}

bool keep(const std::string &path, const std::string &output, const std::function<bool()> &keep) {
  const std::lock_guard lock(state().mutex);
  if (state().abandoned || !keep())
    return false;
  state().temporary.erase(path);
  const auto holds = [&](const std::string &folder) { return output.starts_with(folder + "/"); };
  if (std::ranges::none_of(state().temporary, holds))
    state().kept.push_back(output);
  return true;
}

std::unique_lock<std::recursive_mutex> together() { return std::unique_lock(state().mutex); }

std::vector<std::string> abandonAll() {
  const std::lock_guard lock(state().mutex);
  state().abandoned = true;
  for (const std::string &path : state().temporary) {
    std::error_code ignored; // the process ends; what cannot be removed stays
    std::filesystem::remove_all(path, ignored);
  }
  state().temporary.clear();
  return state().kept;
}

} // namespace synfire::pendingOutputs
