// RunContext: the packets, counters and observer of one run, which all units share.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_RUNCONTEXT_H
#define SYNFIRE_SIMULATOR_NOC_RUNCONTEXT_H

#include "simulator/noc/Noc.h"

#include <algorithm>

namespace synfire::sim {

/// What the units of a mesh need to know of the present run.
struct RunContext {
  std::vector<NocPacket> *packets = nullptr;
  NocCounters *counters = nullptr;
  const CrossingObserver *observer = nullptr; ///< may be null
  int64_t periodPs = 1;                       ///< period of the clock; unused without one

  /// Called by a router when a flit has won a link.
  void countHop(int router, int direction) const {
    ++counters->flitHops;
    ++counters->linkFlits[router * kDirections + direction];
  }
  /// Called when the tail of a packet leaves the network at time `arrivalPs`.
  void countEjection(int32_t packet, int64_t arrivalPs) const {
    (*packets)[packet].arrivalPs = arrivalPs;
    counters->lastArrivalPs = std::max(counters->lastArrivalPs, arrivalPs);
    ++counters->ejectedPackets;
  }
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_RUNCONTEXT_H
