// ClockedMesh: the flit-level mesh of chips with a clock, cycle by cycle.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_CLOCKEDMESH_H
#define SYNFIRE_SIMULATOR_NOC_CLOCKEDMESH_H

#include "simulator/noc/ActiveSet.h"
#include "simulator/noc/NetworkInterface.h"
#include "simulator/noc/TileTable.h"

#include <queue>

namespace synfire::sim {

/// Steps only routers and interfaces that can do something, and skips cycles
/// in which nothing can. A tile is made when traffic first reaches it, so that a mesh
/// of a million tiles costs what is used. The rule of the network is in README.md.
class ClockedMesh {
public:
  explicit ClockedMesh(const NocConfig &config);
  ClockedMesh(const ClockedMesh &) = delete; // routers hold a pointer to `geometry`
  /// See Noc::deliver. `observer` may be null.
  void deliver(std::vector<NocPacket> &packets, NocCounters &counters,
               const CrossingObserver *observer);

private:
  using Tiles = TileTable<Router, NetworkInterface>;

  void start(std::vector<NocPacket> &packets);
  void receive();
  void step();
  int64_t nextCycle() const;
  void finish();
  void wake(int interface, int64_t cycle);

  const NocConfig config;
  MeshGeometry geometry;
  Links links;
  SourceQueues queues;
  RunContext run;
  Tiles tiles;
  ActiveSet activeRouters, activeInterfaces;
  /// Interfaces whose next packet is not ready yet, as pairs (cycle, interface).
  using Alarm = std::pair<int64_t, int32_t>;
  std::priority_queue<Alarm, std::vector<Alarm>, std::greater<>> alarms;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_CLOCKEDMESH_H
