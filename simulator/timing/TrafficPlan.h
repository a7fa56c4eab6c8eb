// TrafficPlan: for each neuron, the packets that one of its spikes makes, and the blocks that read
// each packet on arrival. It is computed once per program from the mapping.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_TIMING_TRAFFICPLAN_H
#define SYNFIRE_SIMULATOR_TIMING_TRAFFICPLAN_H

#include "simulator/program/Program.h"

#include <cstdint>
#include <vector>

namespace synfire::sim {

/// A block of synapses or of attention heads on a target core that reads the spikes of one source
/// population.
struct Receiver {
  OpId op = -1;
  bool attention = false;   ///< whether the block is of attention heads; otherwise of synapses
  bool storesSpike = false; ///< attention: whether it stores the spike, which is of K or V
  SynapseEncoding encoding = SynapseEncoding::Dense;
  int32_t firstRow = 0, rows = 0; ///< the block has rows [firstRow, firstRow + rows)
  int32_t rowStride = 0;          ///< see Projection
  bool lastStepOnly = false;      ///< see Projection
  int32_t synopsPerRow = 0;       ///< weights of one row in this block: 1 if sparse, 0 of attention

  /// Whether the block has a row for a spike of source column `column` in time step `step`.
  bool reads(int32_t column, int32_t step) const {
    const int32_t row = column + step * rowStride;
    return row >= firstRow && row < firstRow + rows;
  }
};

/// One target core of a flow, and all blocks there that read the flow's population;
/// Receiver::reads() says which of them have a row for a given spike.
struct Delivery {
  int32_t core = -1;
  int32_t firstColumn = 0, columns = 0; ///< the source columns whose spikes the core needs
  int32_t hops = 0;                     ///< links on the path
  std::array<int32_t, kDirections> hopsByDirection{};
  std::vector<Receiver> receivers;
};

/// The columns [firstColumn, firstColumn + columns) of a population, whose spikes leave from one
/// core, and the target cores.
struct Departure {
  int32_t population = -1;
  int32_t firstColumn = 0, columns = 0;
  int32_t core = -1;
  std::vector<Delivery> deliveries;
};

/// An op that reads the spikes of a population. An op counts once, however many slices hold its
/// weights; the counters spikesIn and accumulates are computed from the consumers.
struct Consumer {
  OpId op = -1;
  /// The number of sums to which a spike is added: the columns of a dense op. 0 for an op that only
  /// passes spikes into a residual stream, for ops of the host, and for attention, whose
  /// accumulates are counted in TickEngine::attend.
  int32_t accumulatesPerSpike = 0;
  bool lastStepOnly = false; ///< whether only spikes of the last time step are added
};

/// The plan of a whole program.
struct TrafficPlan {
  std::vector<std::vector<Departure>> departures; ///< by population, ascending columns
  std::vector<std::vector<Consumer>> consumers;   ///< by population
  int32_t tilesUsed = 0;                          ///< tiles that hold a slice, over all chips

  /// One Departure per flow and one Delivery per target of it. Precondition: a validated program.
  explicit TrafficPlan(const Program &program);
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_TIMING_TRAFFICPLAN_H
