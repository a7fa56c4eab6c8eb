// NaiveMesh: the clocked mesh once more, written only to be clear.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_NOC_NAIVEMESH_H
#define SYNFIRE_TESTS_UNIT_NOC_NAIVEMESH_H

#include "tests/unit/noc/NaiveWay.h"

#include <algorithm>
#include <deque>
#include <map>
#include <numeric>

namespace synfire::sim {

/// Reference for FlitMesh with a clock, after simulator/noc/README.md. Every
/// cycle visits every router and every stage; a stage reads a plain copy of the
/// state and writes another. It shares no code with FlitMesh.
class NaiveMesh : public Noc {
public:
  explicit NaiveMesh(const NocConfig &config) : config(config) {}

  void deliver(std::vector<NocPacket> &packets, NocCounters &counters) override {
    begin(packets, counters);
    for (cycle = 0; ejected < static_cast<int64_t>(packets.size()); ++cycle) {
      if (cycle > lastUseful + 100000)
        throw NocDefect("naive mesh stands still");
      arrive();
      inject();
      for (int router = 0; router < routers(); ++router)
        stepRouter(router);
    }
  }

  void observe(CrossingObserver watcher) { observer = std::move(watcher); }

private:
  struct NaiveFlit {
    int packet, index;
  };
  enum class Stage { Idle, Routing, Waiting, Active };
  struct InputVc {
    std::deque<NaiveFlit> buffer;
    Stage stage = Stage::Idle;
    int output = -1, firstVc = 0, endVc = 0, outputVc = -1;
  };
  struct OutputVc {
    bool taken = false;
    int credits = 0;
  };
  struct RouterState {
    std::vector<std::vector<InputVc>> inputs;   // [port][vc]
    std::vector<std::vector<OutputVc>> outputs; // [port][vc]
    // Round-robin pointers of the two allocators and of the choice of a VC.
    std::vector<int> vcGrant, vcAccept, switchGrant, switchAccept, vcOfInput;
  };
  struct Interface {
    std::deque<int> packets;
    int flit = 0, vc = 0, nextVc = 0;
    int64_t enter = -1, left = 0; // cycles: first flit of the front, last packet out
    std::vector<int> credits;
  };
  struct Arrival {
    int router, port, vc;
    NaiveFlit flit;
  };
  struct Credit {
    bool toInterface;
    int router, port, vc;
  };

  int routers() const { return config.width * config.height; }
  int ports() const { return 4 + config.localPorts; }
  int vcs() const { return config.virtualChannels; }
  int64_t cyclesOf(int64_t ps) const {
    int64_t cycles = 0;
    while (cycles * config.periodPs < ps)
      ++cycles;
    return cycles;
  }
  int64_t linkCycles() const { return std::max<int64_t>(cyclesOf(config.linkPs), 1); }

  void begin(std::vector<NocPacket> &all, NocCounters &into) {
    packets = &all;
    counters = &into;
    counters->linkFlits.resize(routers() * 4);
    ejected = lastUseful = 0;
    arrivals.clear();
    credits.clear();

    RouterState fresh;
    fresh.inputs.assign(ports(), std::vector<InputVc>(vcs()));
    fresh.outputs.assign(ports(), std::vector<OutputVc>(vcs()));
    for (auto &port : fresh.outputs)
      for (OutputVc &vc : port)
        vc.credits = config.bufferFlits;
    fresh.vcGrant.assign(ports() * vcs(), 0);
    fresh.vcAccept.assign(ports() * vcs(), 0);
    fresh.switchGrant.assign(ports(), 0);
    fresh.switchAccept.assign(ports(), 0);
    fresh.vcOfInput.assign(ports(), 0);
    state.assign(routers(), fresh);

    Interface idle;
    idle.credits.assign(vcs(), config.bufferFlits);
    interfaces.assign(routers(), std::vector<Interface>(config.localPorts, idle));
    std::vector<int> order(all.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](int a, int b) { return all[a].readyPs < all[b].readyPs; });
    for (int packet : order)
      interfaces[all[packet].sourceRouter][all[packet].sourcePort].packets.push_back(packet);
  }

  void arrive() {
    for (const Arrival &a : arrivals[cycle]) {
      InputVc &vc = state[a.router].inputs[a.port][a.vc];
      vc.buffer.push_back(a.flit);
      if (vc.stage == Stage::Idle)
        vc.stage = Stage::Routing;
    }
    for (const Credit &c : credits[cycle]) {
      if (c.toInterface)
        ++interfaces[c.router][c.port].credits[c.vc];
      else
        ++state[c.router].outputs[c.port][c.vc].credits;
    }
    arrivals.erase(cycle);
    credits.erase(cycle);
  }

  void inject() {
    for (int router = 0; router < routers(); ++router)
      for (int port = 0; port < config.localPorts; ++port) {
        Interface &source = interfaces[router][port];
        if (source.packets.empty())
          continue;
        int id = source.packets.front();
        NocPacket &packet = (*packets)[id];
        if (packet.readyPs > cycle * config.periodPs)
          continue;
        if (source.enter < 0)
          source.enter = cycle + cyclesOf(config.injectPs);
        if (cycle < source.enter)
          continue;
        if (source.flit == 0) {
          int tried = 0;
          while (tried < vcs() && source.credits[(source.nextVc + tried) % vcs()] == 0)
            ++tried;
          if (tried == vcs())
            continue;
          source.vc = (source.nextVc + tried) % vcs();
          source.nextVc = (source.vc + 1) % vcs();
        }
        if (source.credits[source.vc] == 0)
          continue;
        --source.credits[source.vc];
        arrivals[cycle + 2].push_back({router, 4 + port, source.vc, {id, source.flit}});
        lastUseful = cycle;
        if (++source.flit == packet.flits) {
          source.flit = 0;
          source.enter = -1;
          source.packets.pop_front();
          ++counters->injectedPackets;
        }
      }
  }

  void stepRouter(int router) {
    const RouterState before = state[router];
    RouterState &after = state[router];
    computeRoutes(router, before, after);
    const RouterState routed = after;
    // With four stages a head waits a cycle between RC and VA, with three or
    // more between VA and SA.
    allocateVcs(config.routerStages >= 4 ? before : routed, after);
    const RouterState granted = after;
    allocateSwitch(router, config.routerStages >= 3 ? before : granted, after);
  }

  void computeRoutes(int router, const RouterState &seen, RouterState &after) {
    for (int port = 0; port < ports(); ++port)
      for (int vc = 0; vc < vcs(); ++vc) {
        if (seen.inputs[port][vc].stage != Stage::Routing)
          continue;
        int id = seen.inputs[port][vc].buffer.front().packet;
        const NocPacket &packet = (*packets)[id];
        const NaiveWay way = naiveWay(config, router, port, packet);
        InputVc &head = after.inputs[port][vc];
        head.output = way.output;
        head.firstVc = way.firstVc;
        head.endVc = way.endVc;
        head.stage = Stage::Waiting;
      }
  }

  /// One iteration of iSLIP. Returns the output of each input, or -1.
  static std::vector<int> islip(const std::vector<std::vector<bool>> &requests,
                                std::vector<int> &grant, std::vector<int> &accept) {
    int size = static_cast<int>(requests.size());
    std::vector<int> grantedTo(size, -1), match(size, -1);
    for (int output = 0; output < size; ++output)
      for (int k = size - 1; k >= 0; --k) {
        int input = (grant[output] + k) % size;
        if (requests[input][output])
          grantedTo[output] = input;
      }
    for (int input = 0; input < size; ++input)
      for (int k = size - 1; k >= 0; --k) {
        int output = (accept[input] + k) % size;
        if (grantedTo[output] == input)
          match[input] = output;
      }
    for (int input = 0; input < size; ++input)
      if (match[input] >= 0) {
        grant[match[input]] = (input + 1) % size;
        accept[input] = (match[input] + 1) % size;
      }
    return match;
  }

  void allocateVcs(const RouterState &seen, RouterState &after) {
    int size = ports() * vcs();
    std::vector<std::vector<bool>> requests(size, std::vector<bool>(size));
    for (int i = 0; i < size; ++i) {
      const InputVc &head = seen.inputs[i / vcs()][i % vcs()];
      if (head.stage == Stage::Waiting)
        for (int vc = head.firstVc; vc < head.endVc; ++vc)
          if (!seen.outputs[head.output][vc].taken)
            requests[i][head.output * vcs() + vc] = true;
    }
    std::vector<int> match = islip(requests, after.vcGrant, after.vcAccept);
    for (int i = 0; i < size; ++i)
      if (match[i] >= 0) {
        InputVc &head = after.inputs[i / vcs()][i % vcs()];
        head.stage = Stage::Active;
        head.outputVc = match[i] % vcs();
        after.outputs[head.output][head.outputVc].taken = true;
      }
  }

  void allocateSwitch(int router, const RouterState &seen, RouterState &after) {
    auto ready = [&](int port, int vc, int output) {
      const InputVc &in = seen.inputs[port][vc];
      return in.stage == Stage::Active && in.output == output && !in.buffer.empty() &&
             (output >= 4 || seen.outputs[output][in.outputVc].credits > 0);
    };
    std::vector<std::vector<bool>> requests(ports(), std::vector<bool>(ports()));
    for (int port = 0; port < ports(); ++port)
      for (int output = 0; output < ports(); ++output)
        for (int vc = 0; vc < vcs(); ++vc)
          if (ready(port, vc, output))
            requests[port][output] = true;
    std::vector<int> match = islip(requests, after.switchGrant, after.switchAccept);
    for (int port = 0; port < ports(); ++port)
      if (match[port] >= 0) {
        int vc = after.vcOfInput[port];
        while (!ready(port, vc, match[port]))
          vc = (vc + 1) % vcs();
        after.vcOfInput[port] = (vc + 1) % vcs();
        leave(router, port, vc, after);
      }
  }

  /// A flit has won the crossbar.
  void leave(int router, int port, int vc, RouterState &after) {
    InputVc &in = after.inputs[port][vc];
    NaiveFlit flit = in.buffer.front();
    in.buffer.pop_front();
    NocPacket &packet = (*packets)[flit.packet];
    bool tail = flit.index + 1 == packet.flits;
    lastUseful = cycle;
    if (observer)
      observer({cycle * config.periodPs, router, in.output, in.outputVc, flit.packet, flit.index});

    int64_t traversal = config.routerStages >= 2 ? 1 : 0;
    const int facing[4] = {1, 0, 3, 2};
    if (in.output < 4) {
      --after.outputs[in.output][in.outputVc].credits;
      ++counters->flitHops;
      ++counters->linkFlits[router * 4 + in.output];
      arrivals[cycle + traversal + linkCycles() + 1].push_back(
          {naiveAcross(config, router, in.output), facing[in.output], in.outputVc, flit});
    } else if (tail) {
      ++ejected;
      ++counters->ejectedPackets;
      int64_t &left = interfaces[router][in.output - 4].left;
      left = std::max(left, cycle + traversal + 2) + cyclesOf(config.ejectPs);
      packet.arrivalPs = left * config.periodPs;
      counters->lastArrivalPs = std::max(counters->lastArrivalPs, packet.arrivalPs);
    }
    if (port < 4)
      credits[cycle + linkCycles() + 2].push_back(
          {false, naiveAcross(config, router, port), facing[port], vc});
    else
      credits[cycle + 3].push_back({true, router, port - 4, vc});

    if (tail) {
      after.outputs[in.output][in.outputVc].taken = false;
      in.stage = in.buffer.empty() ? Stage::Idle : Stage::Routing;
    }
  }

  const NocConfig config;
  CrossingObserver observer;
  std::vector<NocPacket> *packets = nullptr;
  NocCounters *counters = nullptr;
  int64_t cycle = 0, ejected = 0, lastUseful = 0;
  std::vector<RouterState> state;
  std::vector<std::vector<Interface>> interfaces; // [router][local port]
  std::map<int64_t, std::vector<Arrival>> arrivals;
  std::map<int64_t, std::vector<Credit>> credits;
};

} // namespace synfire::sim

#endif // SYNFIRE_TESTS_UNIT_NOC_NAIVEMESH_H
