// RunContext: packets, counters and observer of one run, shared by all units.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_RUNCONTEXT_H
#define SYNFIRE_SIMULATOR_NOC_RUNCONTEXT_H

#include "simulator/noc/Noc.h"

#include <algorithm>

namespace synfire::sim {

struct RunContext {
  std::vector<NocPacket> *packets = nullptr;
  NocCounters *counters = nullptr;
  const CrossingObserver *observer = nullptr; ///< may be null
  int64_t periodPs = 1;                       ///< clocked only

  /// Counted by routers: a flit has won a link.
  void countHop(int router, int direction) const {
    ++counters->flitHops;
    ++counters->linkFlits[router * kDirections + direction];
  }
  /// Counted by interfaces: the tail of a packet has left the network.
  void countEjection(int32_t packet, int64_t arrivalPs) const {
    (*packets)[packet].arrivalPs = arrivalPs;
    counters->lastArrivalPs = std::max(counters->lastArrivalPs, arrivalPs);
    ++counters->ejectedPackets;
  }
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_RUNCONTEXT_H
