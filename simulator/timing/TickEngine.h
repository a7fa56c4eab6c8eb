// TickEngine: times one tick; the core pipeline and its traffic.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_TIMING_TICKENGINE_H
#define SYNFIRE_SIMULATOR_TIMING_TICKENGINE_H

#include "simulator/metrics/Counters.h"
#include "simulator/metrics/SimTime.h"
#include "simulator/noc/Noc.h"
#include "simulator/timing/TrafficPlan.h"
#include "simulator/trace/ActivityTrace.h"

#include <memory>
#include <vector>

namespace synfire::sim {

/// The network of a chip, as its model sees it.
NocConfig networkConfig(const ChipModel &chip);

/// One barrier-synchronised tick. Each core has two
/// sides that work at the same time: the sending side computes attention,
/// updates neurons one after the other and makes packets; the receiving side
/// looks up arriving packets in order of arrival and accumulates. The tick
/// ends when both sides of all cores are done, the network is drained, the
/// host has read what it reads, and the barrier has passed.
///
/// Keeps buffers between ticks; used by one thread.
class TickEngine {
public:
  /// `network` is one of networkConfig(program.chip).
  TickEngine(const Program &program, const TrafficPlan &plan, const ActivityTrace &trace,
             std::unique_ptr<Noc> network, Counters &counters);

  /// Times the tick of `stage` in time step `step` of `token`; adds to the
  /// counters. Ticks are independent: any order gives the same sums.
  /// Throws TimeOverflow.
  void run(int32_t token, int32_t step, int32_t stage);

private:
  /// Attention of a slice's heads, which precedes its neurons.
  void attend(const Slice &slice, int32_t token, int32_t step);
  void update(const Slice &slice, int32_t token, int32_t step);
  void idle(const Slice &slice);
  void sendFromHost(int32_t population, int32_t token, int32_t step);
  /// Emits the packets of one spike; returns when the sender is free again.
  void emit(const Departure &departure, int32_t column, OpId op, int32_t payloadBits);
  void countFiring(int32_t population, int32_t step, int64_t spikes, int32_t core);
  void receive(int32_t step);
  /// Bits that the host reads from readouts; picoseconds it takes.
  int64_t readByHost(int32_t step, int32_t stage);
  /// The host's own work on a token, whose time no chip file states.
  void countHostWork(int32_t token);
  void count(OpId op, int32_t core, Action action, int64_t times);
  /// Adds the time of `times` actions to a core's clock.
  void spend(int64_t &clock, Action action, int64_t times) const {
    addTime(clock, program.chip.timePs[action].value_or(0), times, infoOf(action).key, kMaxTickPs);
  }
  /// Picoseconds of `bits` between host and chip, without the latency.
  int64_t hostPs(int64_t bits) const;
  /// That the network delivers the tick's packets within what time can tell.
  void checkNetworkTime() const;
  const Departure &departureOf(int32_t population, int32_t column);

  struct InFlight {
    const Delivery *delivery;
    OpId op;
    int32_t population, column, flits;
  };

  const Program &program;
  const TrafficPlan &plan;
  const ActivityTrace &trace;
  Counters &counters;
  std::unique_ptr<Noc> network;
  std::vector<int64_t> sendEndPs, receiveEndPs; ///< by core, within the tick
  std::vector<NocPacket> packets;
  std::vector<InFlight> inFlight; ///< parallel to packets
  std::vector<int32_t> order;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_TIMING_TICKENGINE_H
