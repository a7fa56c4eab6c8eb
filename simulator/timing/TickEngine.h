// TickEngine: simulates the time of one tick: the work of the cores and the traffic between them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_TIMING_TICKENGINE_H
#define SYNFIRE_SIMULATOR_TIMING_TICKENGINE_H

#include "simulator/metrics/Counters.h"
#include "simulator/metrics/SimTime.h"
#include "simulator/noc/Noc.h"
#include "simulator/timing/TrafficPlan.h"
#include "simulator/trace/ActivityTrace.h"

#include <array>
#include <memory>
#include <vector>

namespace synfire::sim {

/// The configuration of the network model for a chip.
NocConfig networkConfig(const ChipModel &chip);

/// Simulates ticks, which barriers separate. Each core has two sides that work at the same time.
/// The sending side computes attention, updates neurons one after the other and makes packets. The
/// receiving side handles packets in their order of arrival: it looks up the rows of each and
/// accumulates them. A tick ends when both sides of all cores are done, the network is empty, the
/// host has read the readouts of the tick, and the barrier has passed.
///
/// An engine keeps buffers between ticks and is used by one thread.
class TickEngine {
public:
  /// `network` was made for networkConfig(program.chip). All references must outlive the engine.
  TickEngine(const Program &program, const TrafficPlan &plan, const ActivityTrace &trace,
             std::unique_ptr<Noc> network, Counters &counters);

  /// Times the tick of `stage` in time step `step` of `token`; adds to the
  /// counters. Ticks are independent: any order gives the same sums.
  /// Throws TimeOverflow.
  void run(int32_t token, int32_t step, int32_t stage);

private:
  /// Computes the attention heads of a slice, which comes before the update of its neurons.
  void attend(const Slice &slice, int32_t token, int32_t step);
  /// The same for attention without queries, whose work is sums of products.
  void addProducts(const Slice &slice, const Attention &attention, int32_t token, int32_t step);
  /// Updates the neurons of a slice whose stage this is, and sends their spikes.
  void update(const Slice &slice, int32_t token, int32_t step);
  /// Visits the neurons of a slice of another stage, which are not updated in this tick.
  void idle(const Slice &slice);
  /// Sends the spikes of a population of the host.
  void sendFromHost(int32_t population, int32_t token, int32_t step);
  /// Makes the packets of one spike, one for each target core that needs the column.
  void emit(const Departure &departure, int32_t point, int32_t column, int32_t value, OpId op,
            int32_t payloadBits);
  /// Spikes, and the sum of their values.
  struct Fired {
    int64_t spikes = 0, values = 0;
    void add(int32_t value) {
      ++spikes;
      values += value;
    }
  };
  /// Neurons of a population at one point.
  struct Firing {
    int32_t population, position, point, firstColumn, columns;
  };
  /// Counts the spikes of these neurons at the op that emits them and at the ops that read them.
  void countFiring(const Firing &neurons, int32_t step, Fired fired, int32_t core);
  /// Those of these spikes that the op which reads them adds.
  Fired countAdded(const Firing &neurons, const Consumer &consumer, int32_t step,
                   Fired fired) const;
  /// How many links of each direction a packet crosses, from the two ends of its path or its
  /// detour.
  std::array<int64_t, kDirections> linksCrossed(const NocPacket &packet) const;
  /// Handles all packets of the tick on their target cores, in order of arrival.
  void receive(int32_t step);
  /// Counts the bits of the readouts that the host reads in this tick, and returns the time in ps
  /// that reading takes.
  int64_t readByHost(int32_t step, int32_t stage);
  /// Counts the work of the host ops for a token. It takes no time here: no key of a chip file
  /// states the time of the host's work.
  void countHostWork(int32_t token);
  /// Adds `times` actions to the counts of the op, of the core and of the whole run.
  void count(OpId op, int32_t core, Action action, int64_t times);
  /// Adds the time of `times` actions to a core's clock.
  void spend(int64_t &clock, Action action, int64_t times) const {
    addTime(clock, program.chip.timePs[action].value_or(0), times, infoOf(action).key, kMaxTickPs);
  }
  /// Picoseconds of `bits` between host and chip, without the latency.
  int64_t hostPs(int64_t bits) const;
  /// That the network delivers the tick's packets within what time can tell.
  void checkNetworkTime() const;
  /// The departure that has this neuron; null when no core reads it.
  const Departure *departureOf(int32_t population, int32_t point, int32_t column);

  /// What is known of a packet besides its NocPacket.
  struct InFlight {
    const Delivery *delivery;
    OpId op;
    int32_t population, point, column, value, flits;
  };

  const Program &program;
  const TrafficPlan &plan;
  const ActivityTrace &trace;
  Counters &counters;
  std::unique_ptr<Noc> network;
  /// By core: the time since the start of the tick at which the side has finished its work so far.
  std::vector<int64_t> sendEndPs, receiveEndPs;
  std::vector<NocPacket> packets;
  std::vector<InFlight> inFlight; ///< entry i belongs to packets[i]
  std::vector<int32_t> order;
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_TIMING_TICKENGINE_H
