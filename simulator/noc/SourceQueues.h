// SourceQueues: the packets of a run, per network interface, in entry order.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_SOURCEQUEUES_H
#define SYNFIRE_SIMULATOR_NOC_SOURCEQUEUES_H

#include "simulator/noc/Noc.h"

#include <cstdint>
#include <vector>

namespace synfire::sim {

/// Packets of one interface by `readyPs`, ties in vector order. An interface is
/// numbered router * localPorts + port.
class SourceQueues {
public:
  explicit SourceQueues(const NocConfig &config);

  /// Sorts the packets of a run into their queues.
  void fill(const std::vector<NocPacket> &packets);

  /// Interfaces that have packets in this run, ascending.
  const std::vector<int32_t> &sources() const { return used; }
  bool empty(int interface) const { return cursor[interface] == begin[interface + 1]; }
  int32_t front(int interface) const { return order[cursor[interface]]; }
  void pop(int interface) { ++cursor[interface]; }

private:
  int localPorts;
  std::vector<int32_t> begin, cursor, order, used;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_SOURCEQUEUES_H
