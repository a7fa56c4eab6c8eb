// FlitMesh: checks its input, then leaves the work to one of two engines.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/noc/FlitMesh.h"

#include "simulator/noc/ClockedMesh.h"
#include "simulator/noc/ClocklessMesh.h"

namespace synfire::sim {

FlitMesh::FlitMesh(const NocConfig &config) : config(config) {
  if (std::string error = validate(config); !error.empty())
    throw std::invalid_argument("network on chip: " + error);
  if (config.periodPs > 0)
    clocked = std::make_unique<ClockedMesh>(config);
  else
    clockless = std::make_unique<ClocklessMesh>(config);
}

FlitMesh::~FlitMesh() = default;

void FlitMesh::deliver(std::vector<NocPacket> &packets, NocCounters &counters) {
  if (std::string error = validate(config, packets); !error.empty())
    throw std::invalid_argument("network on chip: " + error);
  size_t links = static_cast<size_t>(config.width) * config.height * kDirections;
  if (counters.linkFlits.size() < links)
    counters.linkFlits.resize(links);
  const CrossingObserver *watcher = observer ? &observer : nullptr;
  if (clocked)
    clocked->deliver(packets, counters, watcher);
  else
    clockless->deliver(packets, counters, watcher);
}

} // namespace synfire::sim
