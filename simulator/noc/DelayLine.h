// DelayLine: a queue of values that become due after the same delay.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_DELAYLINE_H
#define SYNFIRE_SIMULATOR_NOC_DELAYLINE_H

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace synfire::sim {

inline constexpr int64_t kNever = std::numeric_limits<int64_t>::max();

/// A queue of values with due times. Entries are pushed in ascending order of their due time, which
/// holds when all have the same delay. It is kept in a ring that doubles when full and never
/// shrinks.
template <class T> class DelayLine {
public:
  bool empty() const { return first == last; }
  /// The due time of the first entry; kNever when the queue is empty.
  int64_t nextDue() const { return empty() ? kNever : ring[first & mask].due; }

  /// Adds an entry. Precondition: `due` is not before the due time of the last entry.
  void push(int64_t due, const T &value) {
    if (last - first == ring.size())
      grow();
    ring[last++ & mask] = {due, value};
  }
  /// Removes and returns the first entry. Precondition: the queue is not empty.
  T pop() { return ring[first++ & mask].value; }
  void clear() { first = last = 0; }

private:
  struct Entry {
    int64_t due;
    T value;
  };

  void grow() {
    std::vector<Entry> wider(ring.empty() ? 64 : 2 * ring.size());
    for (size_t i = first; i != last; ++i)
      wider[i - first] = ring[i & mask];
    last -= first;
    first = 0;
    ring = std::move(wider);
    mask = ring.size() - 1;
  }

  std::vector<Entry> ring;
  size_t first = 0, last = 0, mask = 0;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_DELAYLINE_H
