// ClocklessMesh: the event loop.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/noc/ClocklessMesh.h"

namespace synfire::sim {

ClocklessMesh::ClocklessMesh(const NocConfig &config)
    : config(config), geometry(config), queues(config) {
  int count = geometry.routers();
  routers.reserve(count);
  for (int i = 0; i < count; ++i)
    routers.emplace_back(this->config, geometry, i);
  interfaces.reserve(static_cast<size_t>(count) * config.localPorts);
  for (int i = 0; i < count * config.localPorts; ++i)
    interfaces.emplace_back(this->config, i);
  busyRouters.listed.resize(count);
  usedRouters.listed.resize(count);
  busyInterfaces.listed.resize(interfaces.size());
}

void ClocklessMesh::deliver(std::vector<NocPacket> &packets, NocCounters &counters,
                            const CrossingObserver *observer) {
  run = {&packets, &counters, observer, 1};
  int64_t toEject = counters.ejectedPackets + static_cast<int64_t>(packets.size());
  start(packets);
  for (; (events.now = events.nextDue()) != kNever;) {
    complete();
    act();
  }
  finish(toEject - counters.ejectedPackets);
}

void ClocklessMesh::start(std::vector<NocPacket> &packets) {
  for (NocPacket &packet : packets)
    packet.arrivalPs = -1;
  queues.fill(packets);
  for (int32_t source : queues.sources())
    events.alarms.push({packets[queues.front(source)].readyPs, source, false});
}

/// First part of a round: everything that is due takes effect.
void ClocklessMesh::complete() {
  for (DelayLine<MovingFlit> &line : events.moving)
    while (line.nextDue() == events.now)
      complete(line.pop());
  for (; !events.alarms.empty() && events.alarms.top().due == events.now; events.alarms.pop()) {
    Alarm alarm = events.alarms.top();
    if (alarm.outputFree) {
      int router = alarm.interface / config.localPorts;
      routers[router].freeOutput(kFirstLocalPort + alarm.interface % config.localPorts);
      busyRouters.add(router);
    } else {
      busyInterfaces.add(alarm.interface);
    }
  }
}

void ClocklessMesh::complete(const MovingFlit &moved) {
  ClocklessRouter &router = routers[moved.router];
  Flit flit = router.removeFront(moved.inputNumber, run);
  busyRouters.add(moved.router);
  returnCredit(moved.router, moved.inputNumber);
  if (moved.output < kFirstLocalPort) {
    int next = geometry.neighbour(moved.router, moved.output);
    routers[next].receiveFlit(oppositePort(moved.output), moved.outputChannel, flit, events.now,
                              run);
    busyRouters.add(next);
    usedRouters.add(next);
  }
  // The port to an interface stays taken until the packet has left.
  if (moved.output < kFirstLocalPort || !flit.tail)
    router.freeOutput(moved.output);
}

void ClocklessMesh::returnCredit(int router, int inputNumber) {
  int input = inputNumber / config.virtualChannels;
  int channel = inputNumber % config.virtualChannels;
  if (input < kFirstLocalPort) {
    int sender = geometry.neighbour(router, input);
    routers[sender].receiveCredit(oppositePort(input), channel);
    busyRouters.add(sender);
  } else {
    int sender = router * config.localPorts + input - kFirstLocalPort;
    interfaces[sender].receiveCredit(channel);
    busyInterfaces.add(sender);
  }
}

/// Second and third part of a round: interfaces send, output ports arbitrate.
void ClocklessMesh::act() {
  busyInterfaces.drain([&](int32_t interface) {
    int router = interface / config.localPorts;
    interfaces[interface].step(routers[router], events, run, queues);
    busyRouters.add(router);
    usedRouters.add(router);
  });
  busyRouters.drain([&](int32_t router) { routers[router].arbitrate(events, run); });
}

void ClocklessMesh::finish(int64_t missing) {
  if (missing != 0)
    throw NocDefect("the network stands still with " + std::to_string(missing) + " packets inside");
  usedRouters.drain([&](int32_t router) {
    if (!routers[router].empty())
      throw NocDefect("router " + std::to_string(router) +
                      " holds flits after the last packet has left");
    routers[router].reset();
  });
  for (int32_t source : queues.sources())
    interfaces[source].reset();
}

} // namespace synfire::sim
