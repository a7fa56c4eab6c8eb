// Flit: the flow-control unit of the network, and a ring of them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_FLIT_H
#define SYNFIRE_SIMULATOR_NOC_FLIT_H

#include <cstdint>

namespace synfire::sim {

struct Flit {
  int32_t packet;      ///< index into the packets of the run
  uint32_t index : 31; ///< 0 is the head
  uint32_t tail : 1;

  bool head() const { return index == 0; }
};
static_assert(sizeof(Flit) == 8);

/// First and number of occupied slots of a ring whose storage and capacity the
/// owner keeps, so that all buffers of a router are one block of memory.
struct Ring {
  uint16_t first = 0, count = 0;

  int front() const { return first; }
  int back(int capacity) const {
    int slot = first + count;
    return slot < capacity ? slot : slot - capacity;
  }
  void pop(int capacity) {
    if (++first == capacity)
      first = 0;
    --count;
  }
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_FLIT_H
