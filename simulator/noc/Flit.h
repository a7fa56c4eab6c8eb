// Flit: the flow-control unit of the network, and a queue of them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_FLIT_H
#define SYNFIRE_SIMULATOR_NOC_FLIT_H

#include <cstdint>
#include <memory>
#include <utility>

namespace synfire::sim {

/// A flit of a packet.
struct Flit {
  int32_t packet;      ///< index of its packet in the vector of the run
  uint32_t index : 31; ///< its place in the packet; 0 is the head
  uint32_t tail : 1;   ///< whether it is the last flit of its packet

  bool head() const { return index == 0; }
};
static_assert(sizeof(Flit) == 8);

/// First in, first out. Takes memory for the most entries that it has held at once, not
/// for the capacity that its owner keeps to: a chip may have buffers far deeper than its
/// traffic fills.
template <class Entry> class FlitQueue {
public:
  int size() const { return count; }
  bool empty() const { return count == 0; }
  const Entry &front() const { return slots[first]; }
  void push(const Entry &entry) {
    if (count == room)
      grow();
    slots[(first + count++) & (room - 1)] = entry;
  }
  void pop() {
    first = (first + 1) & (room - 1);
    --count;
  }
  void clear() { first = count = 0; }

private:
  void grow() {
    const uint32_t wider = room == 0 ? 4 : 2 * room;
    auto moved = std::make_unique_for_overwrite<Entry[]>(wider);
    for (uint32_t i = 0; i < count; ++i)
      moved[i] = slots[(first + i) & (room - 1)];
    slots = std::move(moved);
    first = 0;
    room = wider;
  }

  std::unique_ptr<Entry[]> slots;
  uint32_t first = 0, count = 0, room = 0; // room: 0 or a power of two
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_FLIT_H
