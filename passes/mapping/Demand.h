// Demand: what a slice takes of a core's resources.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_DEMAND_H
#define SYNFIRE_PASSES_MAPPING_DEMAND_H

#include "passes/mapping/Resources.h"
#include "passes/mapping/Workload.h"

#include <vector>

namespace synfire::mapping {

/// Rows of a projection that a slice holds, for the slice's columns.
struct SynapseBlock {
  int projection = -1;
  int64_t firstRow = 0, rows = 0, memoryBits = 0;
  bool indexed = false; ///< stored as rows of indexed weights, without zeros
};

/// The neurons of a projection's source that the columns and points `neurons` of its target read by
/// the rows of `block`.
NeuronBlock neuronsRead(const Workload &workload, const SynapseBlock &block,
                        const NeuronBlock &neurons);

/// Heads of an attention op that a slice computes for its neurons.
struct HeadBlock {
  int attention = -1;
  int64_t firstHead = 0, heads = 0, memoryBits = 0;
};

/// Columns of one population at some of its points on one core, with all rows of all that feeds
/// them. `demand` leaves axon-out at 0: it depends on where the targets are.
struct Slice {
  int population = -1;
  int64_t firstColumn = 0, columns = 0;
  Amounts demand;
  std::vector<SynapseBlock> synapses;
  std::vector<HeadBlock> heads;
  int64_t firstPoint = 0, points = 1;

  NeuronBlock block() const { return {firstColumn, columns, firstPoint, points}; }
};

/// The slice of these neurons of a population, with its demand. Memory in bits: a dense block, or a
/// convolution, takes rows * columns * weightBits, whatever its points; an indexed block, which is
/// chosen where it takes less, (weights that are not 0) * (weightBits + indexBits). A diagonal
/// block takes columns * (weightBits + indexBits), too. Of indexBits there are as many as the
/// workload says, else ceil(log2 columns), but at least 1 in an indexed block; a block of more
/// columns than they tell apart is not indexed, and a diagonal one has no room anywhere. Spikes
/// that a block holds back take their bits for each of these updates and each neuron that it reads
/// (Projection::heldSteps()). Each head of K and V, of d columns, that the slice's heads read takes
/// positions * timeSteps * 2d, the spikes that it keeps of maxTokens tokens, or of all points of a
/// grid; without queries timeSteps * d * ceil(log2(positions + 1)), the sums of products of K and
/// V. Score neurons take scoreBits for each head, point of the slice and position. Axon-in entries:
/// axonInEntries() of every block. An amount beyond the largest int64 is that number. Precondition:
/// firstColumn and columns are multiples of columnUnit().
Slice makeSlice(const Connections &connections, int population, const NeuronBlock &neurons);

/// The largest demand of slices of so many columns and points of a population: that of makeSlice(),
/// but where weights that are 0 are left out, of the columns with the fewest zeros, and where
/// spikes are held back, of those whose sources wait longest.
Amounts largestDemand(const Connections &connections, int population, int64_t columns,
                      int64_t points);

/// The axon-in entries that a block of a projection takes for target columns [firstColumn,
/// firstColumn + columns): one for each of its rows. The spikes of a grid carry their point, and
/// synapses with a window find the weights of it by arithmetic: these take one entry for each
/// source column, whatever its points.
int64_t axonInEntries(const Workload &workload, const SynapseBlock &block, int64_t firstColumn,
                      int64_t columns);
/// The same of a block of heads: the columns of q, k and v that they read.
int64_t axonInEntries(const Workload &workload, const HeadBlock &block);

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_DEMAND_H
