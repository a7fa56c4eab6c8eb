// MemoryNeed: limits of the process, of its control groups and of the machine.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/MemoryNeed.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <limits>

#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

namespace synfire {
namespace {

constexpr uint64_t kNoLimit = std::numeric_limits<uint64_t>::max();

/// The number in a file of one number; nothing limits where there is none, or "max".
uint64_t numberIn(const std::string &path) {
  uint64_t number = 0;
  std::ifstream file(path);
  return file >> number ? number : kNoLimit;
}

uint64_t difference(uint64_t limit, uint64_t used) { return limit > used ? limit - used : 0; }

uint64_t leftBelow(__rlimit_resource resource, uint64_t used) {
  rlimit limit{};
  if (getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    return kNoLimit;
  return difference(limit.rlim_cur, used);
}

/// What a group uses and the system cannot take back: `usage` counts the cache of files, too, which
/// alone comes near the limit of a group that has read much. `path` ends with "/memory.".
uint64_t usedInGroup(const std::string &path, const char *usage, const std::string &prefix) {
  uint64_t cache = 0, bytes = 0;
  std::ifstream file(path + "stat"); // lines "NAME BYTES"
  for (std::string name; file >> name >> bytes;)
    if (name == prefix + "inactive_file" || name == prefix + "active_file")
      cache += bytes;
  return difference(numberIn(path + usage), cache);
}

/// What the group of this process and the groups around it leave, in both versions of the
/// interface.
uint64_t leftInGroups() {
  uint64_t left = kNoLimit;
  std::ifstream groups("/proc/self/cgroup"); // lines "NUMBER:CONTROLLERS:/PATH"
  for (std::string line; std::getline(groups, line);) {
    const size_t first = line.find(':'), second = line.find(':', first + 1);
    if (second == std::string::npos)
      continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const bool unified = controllers.empty();
    if (!unified && controllers.find("memory") == std::string::npos)
      continue;
    const std::string root = unified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory";
    std::string path = line.substr(second + 1);
    for (;;) {
      const std::string group = root + path + "/memory.";
      const uint64_t limit = numberIn(group + (unified ? "max" : "limit_in_bytes"));
      if (limit != kNoLimit)
        left = std::min(
            left, difference(limit, unified ? usedInGroup(group, "current", "")
                                            : usedInGroup(group, "usage_in_bytes", "total_")));
      if (path.empty())
        break;
      path.resize(path.rfind('/') == std::string::npos ? 0 : path.rfind('/'));
    }
  }
  return left;
}

uint64_t availableOnMachine() {
  std::ifstream file("/proc/meminfo");
  for (std::string line; std::getline(file, line);) {
    unsigned long long kib = 0;
    if (std::sscanf(line.c_str(), "MemAvailable: %llu kB", &kib) == 1)
      return kib * 1024;
  }
  return kNoLimit;
}

} // namespace

uint64_t memoryLeft() {
  // All in pages: the whole address space, four numbers that are not used here, data and stack.
  uint64_t pages = 0, skipped = 0, data = 0;
  std::ifstream("/proc/self/statm") >> pages >> skipped >> skipped >> skipped >> skipped >> data;
  const auto pageBytes = static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  return std::min({leftBelow(RLIMIT_AS, pages * pageBytes),
                   leftBelow(RLIMIT_DATA, data * pageBytes), leftInGroups(), availableOnMachine()});
}

std::string memoryAmount(double bytes) {
  constexpr double kMiB = 1 << 20, kGiB = 1 << 30;
  char text[64];
  if (bytes >= kGiB)
    std::snprintf(text, sizeof text, "%.1f GiB", bytes / kGiB);
  else
    std::snprintf(text, sizeof text, "%.0f MiB", std::max(bytes / kMiB, 1.0));
  return text;
}

std::string lacksMemory(const std::string &what, double bytes) {
  constexpr double kMany = 1 << 20;
  return bytes < kMany || bytes <= static_cast<double>(memoryLeft())
             ? std::string()
             : what + " " + needsMemory(bytes);
}

std::string needsMemory(double bytes) {
  return "needs about " + memoryAmount(bytes) + " of memory, has " +
         memoryAmount(static_cast<double>(memoryLeft()));
}

bool memoryIsGone() {
  // No more than malloc() asks for at least when its heap cannot grow.
  constexpr size_t kLeast = size_t{1} << 20;
  void *memory = mmap(nullptr, kLeast, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED)
    return true;
  munmap(memory, kLeast);
  return false;
}

} // namespace synfire
