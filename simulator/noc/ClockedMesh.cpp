// ClockedMesh: the loop over cycles.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/noc/ClockedMesh.h"

namespace synfire::sim {

ClockedMesh::ClockedMesh(const NocConfig &config)
    : config(config), geometry(config), links(config), queues(config),
      tiles(this->config, geometry), activeRouters(geometry.routers()),
      activeInterfaces(geometry.routers() * config.localPorts) {}

void ClockedMesh::deliver(std::vector<NocPacket> &packets, NocCounters &counters,
                          const CrossingObserver *observer) {
  run = {&packets, &counters, observer, config.periodPs};
  int64_t toEject = counters.ejectedPackets + static_cast<int64_t>(packets.size());
  start(packets);
  while (counters.ejectedPackets != toEject) {
    links.now = nextCycle();
    if (links.now == kNever)
      throw NocDefect("the network stands still with " +
                      std::to_string(toEject - counters.ejectedPackets) + " packets inside");
    receive();
    step();
    ++links.now;
  }
  finish();
}

void ClockedMesh::start(std::vector<NocPacket> &packets) {
  for (NocPacket &packet : packets)
    packet.arrivalPs = -1;
  queues.fill(packets,
              [this](int interface) -> SourceQueue & { return tiles.interface(interface).queue; });
  links.now = 0;
  for (int32_t source : queues.sources()) {
    const NocPacket &first = packets[queues.front(tiles.interface(source).queue)];
    wake(source, NetworkInterface::readyCycle(first, config.periodPs));
    tiles.touch(source / config.localPorts);
  }
}

void ClockedMesh::wake(int interface, int64_t cycle) {
  if (cycle != kNever)
    alarms.push({cycle, interface});
}

/// The first cycle, not before links.now, in which a unit can do something.
int64_t ClockedMesh::nextCycle() const {
  if (!activeRouters.empty() || !activeInterfaces.empty())
    return links.now;
  int64_t alarm = alarms.empty() ? kNever : alarms.top().first;
  return std::min(alarm, links.nextDue());
}

/// Hands the flits and credits that arrive in this cycle to their routers and interfaces.
void ClockedMesh::receive() {
  for (auto *line : {&links.flits, &links.injected})
    while (line->nextDue() == links.now) {
      FlitInFlight arriving = line->pop();
      tiles.touch(arriving.router).receiveFlit(arriving.port, arriving.channel, arriving.flit);
      activeRouters.add(arriving.router);
    }
  while (links.credits.nextDue() == links.now) {
    CreditInFlight arriving = links.credits.pop();
    if (tiles[arriving.router].router.receiveCredit(arriving.port, arriving.channel))
      activeRouters.add(arriving.router);
  }
  while (links.localCredits.nextDue() == links.now) {
    CreditInFlight arriving = links.localCredits.pop();
    if (tiles.interface(arriving.router).receiveCredit(arriving.channel))
      activeInterfaces.add(arriving.router);
  }
  for (; !alarms.empty() && alarms.top().first == links.now; alarms.pop())
    activeInterfaces.add(alarms.top().second);
}

void ClockedMesh::step() {
  activeInterfaces.visit([&](int index) {
    int64_t next = tiles.interface(index).step(links, run, queues);
    if (next == links.now + 1)
      return true;
    wake(index, next);
    return false;
  });
  activeRouters.visit([&](int index) {
    Tiles::Tile &tile = tiles[index];
    tile.router.step(links, run, [&](int localPort, Flit flit) {
      tile.interfaces[localPort].receiveFlit(links, run, flit);
    });
    return tile.router.hasWork();
  });
}

/// Ends a run after the last packet has left: checks that no flit is left, and resets the routers
/// and interfaces that were used, so that no run depends on an earlier one.
void ClockedMesh::finish() {
  tiles.renew();
  activeRouters.visit([](int) { return false; });
  activeInterfaces.visit([](int) { return false; });
  links.clear();
}

} // namespace synfire::sim
