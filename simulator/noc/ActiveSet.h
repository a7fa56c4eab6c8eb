// ActiveSet: the units that have something to do, visited in ascending order.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_ACTIVESET_H
#define SYNFIRE_SIMULATOR_NOC_ACTIVESET_H

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace synfire::sim {

class ActiveSet {
public:
  explicit ActiveSet(int size) : words((static_cast<size_t>(size) + 63) / 64) {}

  bool empty() const { return members == 0; }

  void add(int index) {
    uint64_t &word = words[static_cast<size_t>(index) / 64];
    uint64_t member = uint64_t{1} << (index % 64);
    members += (word & member) == 0;
    word |= member;
  }

  /// Calls `stays(index)` for each member and drops those that answer false.
  /// `stays` must not add members.
  template <class Stays> void visit(Stays &&stays) {
    if (empty())
      return;
    for (size_t i = 0; i < words.size(); ++i)
      for (uint64_t rest = words[i]; rest; rest &= rest - 1)
        if (!stays(static_cast<int>(64 * i) + std::countr_zero(rest))) {
          words[i] &= ~(rest & -rest);
          --members;
        }
  }

private:
  std::vector<uint64_t> words;
  int members = 0;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_ACTIVESET_H
