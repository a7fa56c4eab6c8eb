// MappedRanges: a list that grows only, so that a handler of signals can walk it at any time.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/MappedRanges.h"

#include <atomic>
#include <cstdint>
#include <cstring>

namespace synfire::mappedRanges {
namespace {

struct Range {
  std::atomic<uintptr_t> start; ///< 0 when it was removed
  size_t size;
  char *path;
  Range *older;
};

std::atomic<Range *> newest = nullptr;

} // namespace

// Entries are never freed: a process maps few files, and a handler may be reading any of them.
void add(const void *start, size_t size, const std::string &path) {
  auto *range =
      new Range{reinterpret_cast<uintptr_t>(start), size, strdup(path.c_str()), newest.load()};
  while (!newest.compare_exchange_weak(range->older, range)) {
  }
}

void remove(const void *start) {
  for (Range *range = newest; range; range = range->older)
    if (range->start == reinterpret_cast<uintptr_t>(start))
      range->start = 0;
}

const char *fileAt(const void *address) {
  const auto place = reinterpret_cast<uintptr_t>(address);
  for (Range *range = newest; range; range = range->older) {
    const uintptr_t start = range->start;
    if (start != 0 && place >= start && place - start < range->size)
      return range->path;
  }
  return nullptr;
}

} // namespace synfire::mappedRanges
