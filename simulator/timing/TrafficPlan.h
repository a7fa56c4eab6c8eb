// TrafficPlan: what a mapping means for one spike: which packets leave, and
// which blocks read them on arrival. Made once per program.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_TIMING_TRAFFICPLAN_H
#define SYNFIRE_SIMULATOR_TIMING_TRAFFICPLAN_H

#include "simulator/program/Program.h"

#include <cstdint>
#include <vector>

namespace synfire::sim {

/// A block on a target core that reads rows of one source population.
struct Receiver {
  OpId op = -1;
  bool attention = false;   ///< else synapses
  bool storesSpike = false; ///< attention: a K or V spike
  SynapseEncoding encoding = SynapseEncoding::Dense;
  int32_t firstRow = 0, rows = 0; ///< of the block
  int32_t rowStride = 0;
  bool lastStepOnly = false;
  int32_t synopsPerRow = 0; ///< stored entries of one row in this block

  /// Whether the block has a row for source column `column` in step `step`.
  bool reads(int32_t column, int32_t step) const {
    const int32_t row = column + step * rowStride;
    return row >= firstRow && row < firstRow + rows;
  }
};

/// One target core of a flow.
struct Delivery {
  int32_t core = -1;
  int32_t firstColumn = 0, columns = 0; ///< source columns it needs
  int32_t hops = 0;
  std::array<int32_t, kDirections> hopsByDirection{};
  std::vector<Receiver> receivers;
};

/// The spikes of some columns of a population, leaving one core.
struct Departure {
  int32_t population = -1;
  int32_t firstColumn = 0, columns = 0;
  int32_t core = -1;
  std::vector<Delivery> deliveries;
};

/// An op that uses a population's spikes, once, however many slices or readers
/// hold its weights: the base of spikes_in and of the account `op_count`.
struct Consumer {
  OpId op = -1;
  /// Outputs that a spike is added to: the width of a dense op. None where a
  /// spike only enters a stream, and in attention, which is counted by its work.
  int32_t accumulatesPerSpike = 0;
  bool lastStepOnly = false;
};

struct TrafficPlan {
  std::vector<std::vector<Departure>> departures; ///< by population, ascending columns
  std::vector<std::vector<Consumer>> consumers;   ///< by population
  int32_t tilesUsed = 0;

  explicit TrafficPlan(const Program &program);
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_TIMING_TRAFFICPLAN_H
