// ClocklessMesh: the flit-level mesh of chips without a clock, event by event.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_CLOCKLESSMESH_H
#define SYNFIRE_SIMULATOR_NOC_CLOCKLESSMESH_H

#include "simulator/noc/ClocklessInterface.h"
#include "simulator/noc/TileTable.h"

namespace synfire::sim {

/// Time passes in int64 picoseconds; what happens at one instant happens in
/// rounds (README.md), so that no result depends on the order of events. A tile is made
/// when traffic first reaches it.
class ClocklessMesh {
public:
  explicit ClocklessMesh(const NocConfig &config);
  ClocklessMesh(const ClocklessMesh &) = delete; // routers hold a pointer to `geometry`
  /// See Noc::deliver. `observer` may be null.
  void deliver(std::vector<NocPacket> &packets, NocCounters &counters,
               const CrossingObserver *observer);

private:
  /// The units to visit in this round, each listed once.
  struct WorkList {
    std::vector<int32_t> units;
    std::vector<char> listed;
    void add(int32_t unit) {
      if (!listed[unit]) {
        listed[unit] = 1;
        units.push_back(unit);
      }
    }
    template <class Visit> void drain(Visit &&visit) {
      for (int32_t unit : units) {
        listed[unit] = 0;
        visit(unit);
      }
      units.clear();
    }
  };

  using Tiles = TileTable<ClocklessRouter, ClocklessInterface>;

  void start(std::vector<NocPacket> &packets);
  void complete();
  void complete(const MovingFlit &moved);
  void returnCredit(int router, int inputNumber);
  void act();
  void finish(int64_t missing);

  const NocConfig config;
  MeshGeometry geometry;
  SourceQueues queues;
  ClocklessEvents events;
  RunContext run;
  Tiles tiles;
  WorkList busyRouters, busyInterfaces;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_CLOCKLESSMESH_H
