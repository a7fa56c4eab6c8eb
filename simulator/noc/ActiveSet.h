// ActiveSet: the set of units that have something to do, visited in ascending order.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_ACTIVESET_H
#define SYNFIRE_SIMULATOR_NOC_ACTIVESET_H

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace synfire::sim {

/// A bit per unit and, above them, a bit per word of units that is not empty: the cost of
/// a visit follows the members, not the size of the mesh.
class ActiveSet {
public:
  explicit ActiveSet(int size)
      : words((static_cast<size_t>(size) + 63) / 64), summary((words.size() + 63) / 64) {}

  bool empty() const { return members == 0; }

  void add(int index) {
    const size_t i = static_cast<size_t>(index) / 64;
    const uint64_t member = uint64_t{1} << (index % 64);
    members += (words[i] & member) == 0;
    words[i] |= member;
    summary[i / 64] |= uint64_t{1} << (i % 64);
  }

  /// Calls `stays(index)` for each member in ascending order, and removes the member when the call
  /// returns false. `stays` must not add members.
  template <class Stays> void visit(Stays &&stays) {
    if (empty())
      return;
    for (size_t s = 0; s < summary.size(); ++s)
      for (uint64_t open = summary[s]; open; open &= open - 1) {
        const size_t i = 64 * s + static_cast<size_t>(std::countr_zero(open));
        for (uint64_t rest = words[i]; rest; rest &= rest - 1)
          if (!stays(static_cast<int>(64 * i) + std::countr_zero(rest))) {
            words[i] &= ~(rest & -rest);
            --members;
          }
        if (words[i] == 0)
          summary[s] &= ~(open & -open);
      }
  }

private:
  std::vector<uint64_t> words, summary;
  int members = 0;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_ACTIVESET_H
