// SourceQueues: the packets of a run that wait to enter the network, one queue per interface.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_SOURCEQUEUES_H
#define SYNFIRE_SIMULATOR_NOC_SOURCEQUEUES_H

#include "simulator/noc/Noc.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace synfire::sim {

/// The packets of one interface that wait to enter: a part of SourceQueues' order.
struct SourceQueue {
  int32_t next = 0, end = 0;
  bool empty() const { return next == end; }
};

/// Sorts the packets of a run by interface, those of one by `readyPs`, ties in vector
/// order. The queues stand with the interfaces, so that a run costs what it uses. An
/// interface is numbered router * localPorts + port.
class SourceQueues {
public:
  explicit SourceQueues(const NocConfig &config) : localPorts(config.localPorts) {}

  /// `queueOf(interface)` is the queue of an interface, empty at {0, 0} before.
  template <class QueueOf>
  void fill(const std::vector<NocPacket> &packets, const QueueOf &queueOf) {
    auto interfaceOf = [&](const NocPacket &packet) {
      return packet.sourceRouter * localPorts + packet.sourcePort;
    };
    used.clear();
    for (const NocPacket &packet : packets)
      if (queueOf(interfaceOf(packet)).end++ == 0)
        used.push_back(interfaceOf(packet));
    std::sort(used.begin(), used.end());
    int32_t sum = 0;
    for (int32_t interface : used) {
      SourceQueue &queue = queueOf(interface);
      const int32_t count = queue.end;
      queue = {sum, sum};
      sum += count;
    }
    order.resize(packets.size());
    for (size_t i = 0; i < packets.size(); ++i)
      order[queueOf(interfaceOf(packets[i])).end++] = static_cast<int32_t>(i);
    auto earlier = [&](int32_t a, int32_t b) { return packets[a].readyPs < packets[b].readyPs; };
    for (int32_t interface : used) {
      const SourceQueue &queue = queueOf(interface);
      const auto first = order.begin() + queue.next, last = order.begin() + queue.end;
      if (!std::is_sorted(first, last, earlier))
        std::stable_sort(first, last, earlier);
    }
  }

  /// The interfaces that have packets in this run, ascending.
  const std::vector<int32_t> &sources() const { return used; }
  /// The packet that enters next; the queue is not empty.
  int32_t front(const SourceQueue &queue) const { return order[queue.next]; }

private:
  int localPorts;
  std::vector<int32_t> order, used;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_SOURCEQUEUES_H
