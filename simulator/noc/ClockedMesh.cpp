// ClockedMesh: the cycle loop.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/noc/ClockedMesh.h"

namespace synfire::sim {

ClockedMesh::ClockedMesh(const NocConfig &config)
    : config(config), geometry(config), links(config), queues(config),
      activeRouters(geometry.routers()), activeInterfaces(geometry.routers() * config.localPorts),
      touched(geometry.routers()) {
  routers.reserve(geometry.routers());
  for (int i = 0; i < geometry.routers(); ++i)
    routers.emplace_back(this->config, geometry, i);
  interfaces.reserve(static_cast<size_t>(geometry.routers()) * config.localPorts);
  for (int i = 0; i < geometry.routers() * config.localPorts; ++i)
    interfaces.emplace_back(this->config, i);
}

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
  queues.fill(packets);
  links.now = 0;
  for (int32_t source : queues.sources())
    wake(source, NetworkInterface::readyCycle(packets[queues.front(source)], config.periodPs));
}

void ClockedMesh::wake(int interface, int64_t cycle) {
  if (cycle != kNever)
    alarms.push({cycle, interface});
}

void ClockedMesh::touch(int router) {
  activeRouters.add(router);
  if (!touched[router]) {
    touched[router] = 1;
    touchedRouters.push_back(router);
  }
}

/// The next cycle from `now` on in which anything can happen.
int64_t ClockedMesh::nextCycle() const {
  if (!activeRouters.empty() || !activeInterfaces.empty())
    return links.now;
  int64_t alarm = alarms.empty() ? kNever : alarms.top().first;
  return std::min(alarm, links.nextDue());
}

/// Everything that arrives in this cycle.
void ClockedMesh::receive() {
  for (auto *line : {&links.flits, &links.injected})
    while (line->nextDue() == links.now) {
      FlitInFlight arriving = line->pop();
      routers[arriving.router].receiveFlit(arriving.port, arriving.channel, arriving.flit);
      touch(arriving.router);
    }
  while (links.credits.nextDue() == links.now) {
    CreditInFlight arriving = links.credits.pop();
    if (routers[arriving.router].receiveCredit(arriving.port, arriving.channel))
      activeRouters.add(arriving.router);
  }
  while (links.localCredits.nextDue() == links.now) {
    CreditInFlight arriving = links.localCredits.pop();
    NetworkInterface &interface = interfaces[arriving.router];
    if (interface.receiveCredit(arriving.channel))
      activeInterfaces.add(arriving.router);
  }
  for (; !alarms.empty() && alarms.top().first == links.now; alarms.pop())
    activeInterfaces.add(alarms.top().second);
}

void ClockedMesh::step() {
  activeInterfaces.visit([&](int index) {
    int64_t next = interfaces[index].step(links, run, queues);
    if (next == links.now + 1)
      return true;
    wake(index, next);
    return false;
  });
  activeRouters.visit([&](int index) {
    Router &router = routers[index];
    router.step(links, run, [&](int localPort, Flit flit) {
      interfaces[index * config.localPorts + localPort].receiveFlit(links, run, flit);
    });
    return router.hasWork();
  });
}

/// All packets are out: checks that nothing is left behind and makes the parts
/// that were used as new, so that no run depends on an earlier one.
void ClockedMesh::finish() {
  for (int32_t router : touchedRouters) {
    if (!routers[router].empty())
      throw NocDefect("router " + std::to_string(router) +
                      " holds flits after the last packet has left");
    routers[router].reset();
    touched[router] = 0;
  }
  for (int32_t source : queues.sources())
    interfaces[source].reset();
  touchedRouters.clear();
  activeRouters.visit([](int) { return false; });
  activeInterfaces.visit([](int) { return false; });
  links.clear();
}

} // namespace synfire::sim
