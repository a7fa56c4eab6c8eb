// ClocklessMesh: the loop over events.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/noc/ClocklessMesh.h"

namespace synfire::sim {

ClocklessMesh::ClocklessMesh(const NocConfig &config)
    : config(config), geometry(config), queues(config), tiles(this->config, geometry) {
  busyRouters.listed.resize(geometry.routers());
  busyInterfaces.listed.resize(static_cast<size_t>(geometry.routers()) * config.localPorts);
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
  queues.fill(packets,
              [this](int interface) -> SourceQueue & { return tiles.interface(interface).queue; });
  for (int32_t source : queues.sources())
    events.alarms.push(
        {packets[queues.front(tiles.interface(source).queue)].readyPs, source, false});
}

/// First part of a round: completes the moves of flits and the alarms that are due now.
void ClocklessMesh::complete() {
  for (DelayLine<MovingFlit> &line : events.moving)
    while (line.nextDue() == events.now)
      complete(line.pop());
  for (; !events.alarms.empty() && events.alarms.top().due == events.now; events.alarms.pop()) {
    Alarm alarm = events.alarms.top();
    if (alarm.outputFree) {
      int router = alarm.interface / config.localPorts;
      tiles[router].router.freeOutput(kFirstLocalPort + alarm.interface % config.localPorts);
      busyRouters.add(router);
    } else {
      busyInterfaces.add(alarm.interface);
    }
  }
}

void ClocklessMesh::complete(const MovingFlit &moved) {
  ClocklessRouter &router = tiles[moved.router].router;
  Flit flit = router.removeFront(moved.inputNumber, run);
  busyRouters.add(moved.router);
  returnCredit(moved.router, moved.inputNumber);
  if (moved.output < kFirstLocalPort) {
    int next = geometry.neighbour(moved.router, moved.output);
    tiles[next].router.receiveFlit(oppositePort(moved.output), moved.outputChannel, flit,
                                   events.now, run);
    busyRouters.add(next);
    tiles.touch(next);
  }
  // After a tail, a port to an interface becomes free later, by an alarm, once the packet has left.
  if (moved.output < kFirstLocalPort || !flit.tail)
    router.freeOutput(moved.output);
}

void ClocklessMesh::returnCredit(int router, int inputNumber) {
  int input = inputNumber / config.virtualChannels;
  int channel = inputNumber % config.virtualChannels;
  if (input < kFirstLocalPort) {
    int sender = geometry.neighbour(router, input);
    tiles[sender].router.receiveCredit(oppositePort(input), channel);
    busyRouters.add(sender);
  } else {
    int sender = router * config.localPorts + input - kFirstLocalPort;
    tiles.interface(sender).receiveCredit(channel);
    busyInterfaces.add(sender);
  }
}

/// Second and third part of a round: interfaces send, then output ports arbitrate.
void ClocklessMesh::act() {
  busyInterfaces.drain([&](int32_t interface) {
    int router = interface / config.localPorts;
    tiles.interface(interface).step(tiles[router].router, events, run, queues);
    busyRouters.add(router);
    tiles.touch(router);
  });
  busyRouters.drain([&](int32_t router) { tiles[router].router.arbitrate(events, run); });
}

void ClocklessMesh::finish(int64_t missing) {
  if (missing != 0)
    throw NocDefect("the network stands still with " + std::to_string(missing) + " packets inside");
  tiles.renew();
}

} // namespace synfire::sim
