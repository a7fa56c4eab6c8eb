// ClockedMesh: the flit-level mesh of chips with a clock, cycle by cycle.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_CLOCKEDMESH_H
#define SYNFIRE_SIMULATOR_NOC_CLOCKEDMESH_H

#include "simulator/noc/ActiveSet.h"
#include "simulator/noc/NetworkInterface.h"

#include <queue>

namespace synfire::sim {

/// Steps only routers and interfaces that can do something, and skips cycles
/// in which nothing can. The rule of the network is in README.md.
class ClockedMesh {
public:
  explicit ClockedMesh(const NocConfig &config);
  ClockedMesh(const ClockedMesh &) = delete; // its units point into it
  void deliver(std::vector<NocPacket> &packets, NocCounters &counters,
               const CrossingObserver *observer);

private:
  void start(std::vector<NocPacket> &packets);
  void receive();
  void step();
  int64_t nextCycle() const;
  void finish();
  void wake(int interface, int64_t cycle);
  void touch(int router);

  const NocConfig config;
  MeshGeometry geometry;
  Links links;
  SourceQueues queues;
  RunContext run;
  std::vector<Router> routers;
  std::vector<NetworkInterface> interfaces;
  ActiveSet activeRouters, activeInterfaces;
  /// (cycle, interface): interfaces whose next packet is not ready yet.
  using Alarm = std::pair<int64_t, int32_t>;
  std::priority_queue<Alarm, std::vector<Alarm>, std::greater<>> alarms;
  std::vector<int32_t> touchedRouters; // since the start of the run
  std::vector<char> touched;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_CLOCKEDMESH_H
