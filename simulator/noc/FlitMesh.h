// FlitMesh: the network that moves every flit, with or without a clock.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_FLITMESH_H
#define SYNFIRE_SIMULATOR_NOC_FLITMESH_H

#include "simulator/noc/Noc.h"

#include <memory>

namespace synfire::sim {

class ClockedMesh;
class ClocklessMesh;

/// Wormhole mesh with XY routing, virtual channels, finite buffers and credits.
/// The rules, cycle by cycle and picosecond by picosecond, are in README.md.
class FlitMesh : public Noc {
public:
  /// Throws std::invalid_argument when `validate(config)` has an objection.
  explicit FlitMesh(const NocConfig &config);
  ~FlitMesh() override;

  void deliver(std::vector<NocPacket> &packets, NocCounters &counters) override;

  /// Is called for every flit that wins an output port, in time order. An empty
  /// function switches it off.
  void observe(CrossingObserver watcher) { observer = std::move(watcher); }

private:
  const NocConfig config;
  CrossingObserver observer;
  std::unique_ptr<ClockedMesh> clocked; // exactly one of the two
  std::unique_ptr<ClocklessMesh> clockless;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_FLITMESH_H
