// NaiveClocklessMesh: the clockless mesh once more, written only to be clear.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_NOC_NAIVECLOCKLESSMESH_H
#define SYNFIRE_TESTS_UNIT_NOC_NAIVECLOCKLESSMESH_H

#include "tests/unit/noc/NaiveWay.h"

#include <algorithm>
#include <deque>
#include <numeric>
#include <optional>

namespace synfire::sim {

/// Reference for FlitMesh without a clock, after simulator/noc/README.md. Every
/// round of every instant looks at every interface and every output port; what
/// is under way lies in one unsorted list. It shares no code with FlitMesh.
class NaiveClocklessMesh : public Noc {
public:
  explicit NaiveClocklessMesh(const NocConfig &config) : config(config) {}

  void deliver(std::vector<NocPacket> &all, NocCounters &into) override {
    begin(all, into);
    while (std::optional<int64_t> next = nextInstant()) {
      now = *next;
      std::vector<Completion> due;
      for (size_t i = 0; i < pending.size();)
        if (pending[i].ps == now) {
          due.push_back(pending[i]);
          pending.erase(pending.begin() + static_cast<long>(i));
        } else {
          ++i;
        }
      for (const Completion &completion : due)
        complete(completion);
      for (Interface &interface : interfaces)
        act(interface);
      for (int router = 0; router < config.width * config.height; ++router)
        for (int output = 0; output < ports(); ++output)
          arbitrate(router, output);
    }
    if (counters->ejectedPackets != counters->injectedPackets)
      throw NocDefect("naive clockless mesh stands still");
  }

  void observe(CrossingObserver watcher) { observer = std::move(watcher); }

private:
  struct NaiveFlit {
    int packet, index;
    int64_t arrivedPs;
  };
  struct Queue { // an input virtual channel
    std::deque<NaiveFlit> flits;
    bool frontMoves = false;
    int outputVc = -1; // of the packet whose head has left last
  };
  struct Output {
    bool busy = false;
    int pointer = 0, nextVc = 0;
    std::vector<int> ownerOfVc, creditsOfVc; // owner: queue number or -1
    int64_t headPs = 0;
  };
  struct RouterState {
    std::vector<Queue> queues; // [port * vcs + vc]
    std::vector<Output> outputs;
  };
  struct Interface {
    int router = 0, port = 0;
    std::deque<int> packets;
    std::vector<int> credits;
    int nextVc = 0, vc = 0, flit = 0;
    bool begun = false;
    int64_t enterPs = 0;
  };
  /// Either a flit reaches the far end of its output, or (queue -1) a local
  /// output is free again.
  struct Completion {
    int64_t ps;
    int router, output, queue, vc;
  };

  int ports() const { return 4 + config.localPorts; }
  int vcs() const { return config.virtualChannels; }
  const NocPacket &packetOf(const NaiveFlit &flit) const { return (*packets)[flit.packet]; }
  bool isTail(const NaiveFlit &flit) const { return flit.index + 1 == packetOf(flit).flits; }

  void begin(std::vector<NocPacket> &all, NocCounters &into) {
    packets = &all;
    counters = &into;
    counters->linkFlits.resize(4 * config.width * config.height);
    now = -1;
    pending.clear();
    RouterState fresh;
    fresh.queues.resize(ports() * vcs());
    fresh.outputs.resize(ports());
    for (Output &output : fresh.outputs) {
      output.ownerOfVc.assign(vcs(), -1);
      output.creditsOfVc.assign(vcs(), config.bufferFlits);
    }
    routers.assign(config.width * config.height, fresh);
    interfaces.clear();
    for (int i = 0; i < config.width * config.height * config.localPorts; ++i) {
      Interface interface;
      interface.router = i / config.localPorts;
      interface.port = i % config.localPorts;
      interface.credits.assign(vcs(), config.bufferFlits);
      interfaces.push_back(interface);
    }
    std::vector<int> order(all.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](int a, int b) { return all[a].readyPs < all[b].readyPs; });
    for (int id : order)
      interfaces[all[id].sourceRouter * config.localPorts + all[id].sourcePort].packets.push_back(
          id);
  }

  /// The first time at or after `now` at which something is due; an instant
  /// with completions left has another round.
  std::optional<int64_t> nextInstant() const {
    std::optional<int64_t> next;
    auto consider = [&](int64_t ps) {
      if (!next || ps < *next)
        next = ps;
    };
    for (const Completion &completion : pending)
      consider(completion.ps);
    for (const Interface &interface : interfaces) {
      if (interface.packets.empty())
        continue;
      int64_t ps =
          interface.begun ? interface.enterPs : (*packets)[interface.packets.front()].readyPs;
      if (ps > now)
        consider(ps);
    }
    return next;
  }

  /// The way of the packet at the front of a queue.
  NaiveWay wayOf(int router, int queue) const {
    return naiveWay(config, router, queue / vcs(),
                    packetOf(routers[router].queues[queue].flits.front()));
  }

  int across(int router, int direction) const { return naiveAcross(config, router, direction); }
  static int facing(int direction) {
    const int other[4] = {1, 0, 3, 2};
    return other[direction];
  }

  void complete(const Completion &c) {
    RouterState &router = routers[c.router];
    if (c.queue < 0) {
      router.outputs[c.output].busy = false;
      return;
    }
    Queue &from = router.queues[c.queue];
    NaiveFlit flit = from.flits.front();
    from.flits.pop_front();
    from.frontMoves = false;
    int input = c.queue / vcs(), vc = c.queue % vcs();
    if (input < 4)
      ++routers[across(c.router, input)].outputs[facing(input)].creditsOfVc[vc];
    else
      ++interfaces[c.router * config.localPorts + input - 4].credits[vc];
    if (c.output < 4) {
      flit.arrivedPs = now;
      routers[across(c.router, c.output)].queues[facing(c.output) * vcs() + c.vc].flits.push_back(
          flit);
    }
    if (c.output < 4 || !isTail(flit))
      router.outputs[c.output].busy = false;
  }

  void act(Interface &source) {
    while (!source.packets.empty()) {
      int id = source.packets.front();
      const NocPacket &packet = (*packets)[id];
      if (!source.begun) {
        if (packet.readyPs > now)
          return;
        source.begun = true;
        source.enterPs = now + config.injectPs;
      }
      if (source.enterPs > now)
        return;
      if (source.flit == 0) {
        int tried = 0;
        while (tried < vcs() && source.credits[(source.nextVc + tried) % vcs()] == 0)
          ++tried;
        if (tried == vcs())
          return;
        source.vc = (source.nextVc + tried) % vcs();
        source.nextVc = (source.vc + 1) % vcs();
      }
      if (source.credits[source.vc] == 0)
        return;
      --source.credits[source.vc];
      routers[source.router].queues[(4 + source.port) * vcs() + source.vc].flits.push_back(
          {id, source.flit, now});
      if (++source.flit == packet.flits) {
        source.flit = 0;
        source.begun = false;
        source.packets.pop_front();
        ++counters->injectedPackets;
      }
    }
  }

  /// The VC with which the front of `queue` could leave now, or -1. A local
  /// output is one VC with as many credits as it likes.
  int vcFor(int index, int queue, const NaiveWay &way) const {
    const RouterState &router = routers[index];
    const int output = way.output;
    const Output &out = router.outputs[output];
    bool head = router.queues[queue].flits.front().index == 0;
    if (output >= 4)
      return out.ownerOfVc[0] == (head ? -1 : queue) ? 0 : -1;
    if (!head) {
      int vc = router.queues[queue].outputVc;
      return out.creditsOfVc[vc] > 0 ? vc : -1;
    }
    for (int k = 0; k < vcs(); ++k) {
      int vc = (out.nextVc + k) % vcs();
      if (vc >= way.firstVc && vc < way.endVc && out.ownerOfVc[vc] == -1 && out.creditsOfVc[vc] > 0)
        return vc;
    }
    return -1;
  }

  void arbitrate(int index, int output) {
    RouterState &router = routers[index];
    Output &out = router.outputs[output];
    if (out.busy)
      return;
    int size = ports() * vcs(), winner = -1;
    for (int k = 0; k < size; ++k) {
      int queue = (out.pointer + k) % size;
      const Queue &candidate = router.queues[queue];
      if (candidate.flits.empty() || candidate.frontMoves)
        continue;
      const NaiveWay way = wayOf(index, queue);
      if (way.output != output || vcFor(index, queue, way) < 0)
        continue;
      if (winner < 0 ||
          candidate.flits.front().arrivedPs < router.queues[winner].flits.front().arrivedPs)
        winner = queue;
    }
    if (winner < 0)
      return;
    Queue &from = router.queues[winner];
    NaiveFlit flit = from.flits.front();
    int vc = vcFor(index, winner, wayOf(index, winner));
    bool tail = isTail(flit);
    from.frontMoves = true;
    from.outputVc = vc;
    out.busy = true;
    out.pointer = (winner + 1) % size;
    out.ownerOfVc[vc] = tail ? -1 : winner;
    if (observer)
      observer({now, index, output, vc, flit.packet, flit.index});
    if (output < 4) {
      if (flit.index == 0)
        out.nextVc = (vc + 1) % vcs();
      --out.creditsOfVc[vc];
      ++counters->flitHops;
      ++counters->linkFlits[index * 4 + output];
      pending.push_back({now + config.hopPs[output], index, output, winner, vc});
      return;
    }
    if (flit.index == 0)
      out.headPs = now;
    pending.push_back({now, index, output, winner, vc});
    if (tail) {
      NocPacket &packet = (*packets)[flit.packet];
      packet.arrivalPs = std::max(now, out.headPs + config.ejectPs);
      pending.push_back({packet.arrivalPs, index, output, -1, -1});
      ++counters->ejectedPackets;
      counters->lastArrivalPs = std::max(counters->lastArrivalPs, packet.arrivalPs);
    }
  }

  const NocConfig config;
  CrossingObserver observer;
  std::vector<NocPacket> *packets = nullptr;
  NocCounters *counters = nullptr;
  int64_t now = 0;
  std::vector<RouterState> routers;
  std::vector<Interface> interfaces;
  std::vector<Completion> pending;
};

} // namespace synfire::sim

#endif // SYNFIRE_TESTS_UNIT_NOC_NAIVECLOCKLESSMESH_H
