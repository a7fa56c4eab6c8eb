// FlitMesh: the network model that moves every flit, with or without a clock.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_NOC_FLITMESH_H
#define SYNFIRE_SIMULATOR_NOC_FLITMESH_H

#include "simulator/noc/Noc.h"

#include <memory>

namespace synfire::sim {

class ClockedMesh;
class ClocklessMesh;

/// A mesh or torus with wormhole switching, dimension-order routing or given paths, virtual
/// channels, finite buffers and credits. README.md defines its behaviour, cycle by cycle and
/// picosecond by picosecond.
class FlitMesh : public Noc {
public:
  /// Throws std::invalid_argument when `validate(config)` has an objection.
  explicit FlitMesh(const NocConfig &config);
  ~FlitMesh() override;

  void deliver(std::vector<NocPacket> &packets, NocCounters &counters) override;

  /// Sets a function that is called, in time order, for every flit that wins an output port. An
  /// empty function ends the calls.
  void observe(CrossingObserver watcher) { observer = std::move(watcher); }

private:
  const NocConfig config;
  CrossingObserver observer;
  std::unique_ptr<ClockedMesh> clocked; // null on a chip without a clock, which has the other
  std::unique_ptr<ClocklessMesh> clockless;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_NOC_FLITMESH_H
