// TrafficPlan: for each neuron, the packets that one of its spikes makes, and the blocks that read
// each packet on arrival. It is computed once per program from the mapping.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_SIMULATOR_TIMING_TRAFFICPLAN_H
#define SYNFIRE_SIMULATOR_TIMING_TRAFFICPLAN_H

#include "simulator/program/Program.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace synfire::sim {

/// By point of a source: how many points of a target read it.
struct Reach {
  int64_t first = 0; ///< the first point that has an entry; without one, no point reads it
  std::vector<int32_t> targets;

  int64_t of(int64_t point) const {
    const int64_t at = point - first;
    return at >= 0 && at < static_cast<int64_t>(targets.size()) ? targets[at] : 0;
  }
};

/// A block of synapses or of attention heads on a target core that reads the spikes of one source
/// population.
struct Receiver {
  OpId op = -1;
  bool attention = false;   ///< whether the block is of attention heads; otherwise of synapses
  bool storesSpike = false; ///< attention: whether it stores the spike, which is of K or V
  SynapseEncoding encoding = SynapseEncoding::Dense;
  Action synop = Action::SynopDense; ///< what a stored entry costs that a spike reads
  bool perValue = false;             ///< whether it costs that once for each 1 of the spike's value
  int32_t firstRow = 0, rows = 0;    ///< the block has rows [firstRow, firstRow + rows)
  int32_t rowStride = 0;             ///< see Projection
  int32_t pointStride = 0;           ///< rows from one point of the source to the next
  const Projection *projection = nullptr; ///< of synapses
  int32_t synopsPerRow = 0; ///< weights of one row in this block: 1 if sparse, 0 of attention
  /// By point of the source: how many points of the slice read it. Null: 1 of every point.
  std::shared_ptr<const Reach> reach = {};
  /// Of an indexed block: the weights of each row that are not 0. Null: all of a row are stored.
  std::shared_ptr<const std::vector<int32_t>> entries = {};
  // Of a convolution: the columns of the slice, and those that a group has in source and target.
  int32_t firstColumn = 0, columns = 0, groupInputs = 0, groupOutputs = 0;

  /// The time step in which a spike of time step `step` takes effect.
  int32_t dueStep(int32_t column, int32_t step) const {
    return projection ? step + projection->delayOf(column) : step;
  }
  /// How many weights the block reads for a spike of this source that takes effect in time step
  /// `step`; none when it has no row for it. Attention reads no weights: 0.
  std::optional<int64_t> synops(int32_t point, int32_t column, int32_t step) const {
    const int64_t targets = reach ? reach->of(point) : 1;
    if (targets == 0)
      return std::nullopt;
    if (encoding == SynapseEncoding::Conv && !entries) {
      const int32_t first = column / groupInputs * groupOutputs;
      const int32_t shared =
          std::min(first + groupOutputs, firstColumn + columns) - std::max(first, firstColumn);
      return shared > 0 ? std::optional(targets * shared) : std::nullopt;
    }
    const int32_t row = point * pointStride + column + step * rowStride;
    if (row < firstRow || row >= firstRow + rows)
      return std::nullopt;
    return targets * (entries ? (*entries)[row - firstRow] : synopsPerRow);
  }
};

/// One target core of a flow, and all blocks there that read the flow's population;
/// Receiver::synops() says which of them have a row for a given spike.
struct Delivery {
  int32_t core = -1;
  int32_t firstColumn = 0, columns = 0; ///< the source columns whose spikes the core needs
  int32_t firstPoint = 0, points = 1;   ///< and the points
  int32_t hops = 0;                     ///< links on the path
  std::array<int32_t, kDirections> hopsByDirection{};
  std::vector<int32_t> detour; ///< the links of a path that is not dimension order; else empty
  std::vector<Receiver> receivers;

  bool needs(int32_t point, int32_t column) const {
    return column >= firstColumn && column < firstColumn + columns && point >= firstPoint &&
           point < firstPoint + points;
  }
};

/// Columns and points of a population, whose spikes leave from one core, and the target cores.
struct Departure {
  int32_t population = -1;
  int32_t firstColumn = 0, columns = 0;
  int32_t firstPoint = 0, points = 1;
  int32_t core = -1;
  std::vector<Delivery> deliveries;
};

/// An op that reads the spikes of a population. An op counts once, however many slices hold its
/// weights; the counters spikesIn and accumulates are computed from the consumers.
struct Consumer {
  OpId op = -1;
  /// The number of sums to which a spike is added at one point: the columns of a dense op. 0 for an
  /// op that only passes spikes into a residual stream or compares them, for ops of the host, and
  /// for attention, whose accumulates are counted in TickEngine::attend.
  int32_t accumulatesPerSpike = 0;
  const Projection *projection = nullptr; ///< the first of a synapse op
  /// Whether each of these sums takes a product of weight and spike; otherwise it takes as many
  /// accumulates as the value of the spike.
  bool multiplies = false;
  /// By point of the source: how many points read it. Null: 1 of every point.
  std::shared_ptr<const Reach> reach = {};
};

/// The plan of a whole program.
struct TrafficPlan {
  std::vector<std::vector<Departure>> departures; ///< by population, ascending points and columns
  std::vector<std::vector<Consumer>> consumers;   ///< by population
  int32_t tilesUsed = 0;                          ///< tiles that hold a slice, over all chips

  /// One Departure per flow and one Delivery per target of it. Precondition: a validated program.
  explicit TrafficPlan(const Program &program);
};

} // namespace synfire::sim

#endif // SYNFIRE_SIMULATOR_TIMING_TRAFFICPLAN_H
