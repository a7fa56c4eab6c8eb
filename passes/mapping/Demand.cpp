// Demand: memory and table accounting of a slice.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/Demand.h"

#include "support/Saturating.h"

#include <algorithm>
#include <bit>

namespace synfire::mapping {

NeuronBlock neuronsRead(const Workload &workload, const SynapseBlock &block,
                        const NeuronBlock &neurons) {
  const Projection &projection = workload.projections[block.projection];
  const Population &source = workload.populations[projection.source];
  const int64_t stride = projection.rowStride;
  const int64_t first = stride > 0 ? block.firstRow % stride : block.firstRow;
  NeuronBlock read{0, source.columns, 0, source.points};
  if (projection.conv)
    read = projection.columnsRead(neurons.firstColumn, neurons.columns, source.columns);
  else if (projection.diagonal && (stride == 0 || first + block.rows <= stride))
    read = {.firstColumn = first, .columns = block.rows};
  // Else all columns: rows of later time steps repeat them.
  if (projection.window) {
    const PointRange points = projection.window->sourcesOf({neurons.firstPoint, neurons.points});
    read.firstPoint = points.first;
    read.points = points.count;
  }
  return read;
}

namespace {

/// How many weights of columns [firstColumn, firstColumn + columns) are not 0.
int64_t nonzerosOf(const Projection &projection, int64_t firstColumn, int64_t columns) {
  return projection.nonzerosBefore[firstColumn + columns] - projection.nonzerosBefore[firstColumn];
}

/// The same of those adjacent columns that have the most.
int64_t mostNonzeros(const Projection &projection, int64_t columns) {
  int64_t most = 0;
  for (int64_t first = 0; first + columns <= projection.columns; ++first)
    most = std::max(most, nonzerosOf(projection, first, columns));
  return most;
}

/// The memory of an indexed block of a projection with so many weights.
int64_t indexedBits(const Workload &workload, const Projection &projection, int64_t weights,
                    int64_t columns) {
  const int64_t needed = std::bit_width(static_cast<uint64_t>(columns - 1));
  if (workload.indexBits && needed > *workload.indexBits)
    return INT64_MAX;
  const int64_t least = projection.diagonal ? 0 : 1;
  return saturatingMultiply(weights, projection.weightBits +
                                         workload.indexBits.value_or(std::max(needed, least)));
}

/// Which of the slices with as many columns is meant.
enum class Which { AtColumn, Largest };

/// Bits of the spikes that a block holds back; of the largest, those of the adjacent columns of the
/// source that wait longest.
int64_t heldBits(const Workload &workload, const SynapseBlock &block, const NeuronBlock &neurons,
                 Which which) {
  const Projection &projection = workload.projections[block.projection];
  if (projection.delays.empty())
    return 0;
  const Population &source = workload.populations[projection.source];
  const NeuronBlock read = neuronsRead(workload, block, neurons);
  int64_t steps = 0;
  for (int64_t c = 0; c < read.columns; ++c)
    steps = saturatingAdd(steps, projection.heldSteps(read.firstColumn + c));
  if (which == Which::Largest && projection.delays.size() > 1)
    for (int64_t c = read.columns, here = steps; c < source.columns; ++c) {
      here += projection.heldSteps(c) - projection.heldSteps(c - read.columns);
      steps = std::max(steps, here);
    }
  return saturatingMultiply(steps, saturatingMultiply(read.points, source.spikeBits));
}

SynapseBlock makeSynapses(const Workload &workload, int index, int64_t firstColumn, int64_t columns,
                          Which which) {
  const Projection &projection = workload.projections[index];
  if (projection.diagonal)
    return {index, firstColumn, columns, indexedBits(workload, projection, columns, columns)};
  const int64_t dense =
      saturatingMultiply(saturatingMultiply(projection.rows, columns), projection.weightBits);
  if (projection.nonzerosBefore.empty())
    return {index, 0, projection.rows, dense};
  const int64_t weights = which == Which::Largest ? mostNonzeros(projection, columns)
                                                  : nonzerosOf(projection, firstColumn, columns);
  const int64_t indexed = indexedBits(workload, projection, weights, columns);
  return {index, 0, projection.rows, std::min(dense, indexed), indexed < dense};
}

} // namespace

int64_t axonInEntries(const Workload &workload, const SynapseBlock &block, int64_t firstColumn,
                      int64_t columns) {
  const Projection &projection = workload.projections[block.projection];
  if (!projection.conv)
    return block.rows;
  const int64_t sourceColumns = workload.populations[projection.source].columns;
  return projection.columnsRead(firstColumn, columns, sourceColumns).columns;
}

int64_t axonInEntries(const Workload &workload, const HeadBlock &block) {
  const Attention &attention = workload.attentions[block.attention];
  const int64_t d = workload.populations[attention.target].columns / attention.groups.heads;
  const int64_t keys = attention.groups.keyHeadsOf(block.firstHead, block.heads).count;
  return saturatingMultiply(d, (attention.q < 0 ? 0 : block.heads) + 2 * keys);
}

static HeadBlock makeHeads(const Workload &workload, int index, const NeuronBlock &neurons) {
  const int64_t firstColumn = neurons.firstColumn, columns = neurons.columns;
  const Attention &attention = workload.attentions[index];
  const Population &target = workload.populations[attention.target];
  int64_t d = target.columns / attention.groups.heads;
  int64_t positions = saturatingMultiply(workload.maxTokens, target.points);
  if (attention.q < 0) {
    const int64_t bits = std::bit_width(static_cast<uint64_t>(positions));
    return {index, firstColumn / d, columns / d,
            saturatingMultiply(workload.timeSteps, saturatingMultiply(columns, bits))};
  }
  int64_t steps = saturatingMultiply(positions, workload.timeSteps);
  const int64_t keys = attention.groups.keyHeadsOf(firstColumn / d, columns / d).count;
  // The membranes of the scores of one token at a time, but of all points, which step together.
  const int64_t scores =
      saturatingMultiply(positions, saturatingMultiply(columns / d, neurons.points));
  const int64_t membranes = saturatingMultiply(scores, attention.scoreBits);
  return {index, firstColumn / d, columns / d,
          saturatingAdd(saturatingMultiply(steps, 2 * d * keys), membranes)};
}

static Slice makeSlice(const Connections &connections, int population, const NeuronBlock &neurons,
                       Which which) {
  const Workload &workload = connections.workload;
  const int64_t firstColumn = neurons.firstColumn, columns = neurons.columns;
  Slice slice;
  slice.population = population;
  slice.firstColumn = firstColumn;
  slice.columns = columns;
  slice.firstPoint = neurons.firstPoint;
  slice.points = neurons.points;
  slice.demand[Resource::Neurons] = saturatingMultiply(columns, neurons.points);
  auto take = [&](int64_t memoryBits, int64_t entries) {
    int64_t &memory = slice.demand[Resource::SynapseMemory];
    int64_t &axonIn = slice.demand[Resource::AxonIn];
    memory = saturatingAdd(memory, memoryBits);
    axonIn = saturatingAdd(axonIn, entries);
  };
  for (int projection : connections.of(population).projectionsInto) {
    slice.synapses.push_back(makeSynapses(workload, projection, firstColumn, columns, which));
    int64_t &bits = slice.synapses.back().memoryBits;
    bits = saturatingAdd(bits, heldBits(workload, slice.synapses.back(), neurons, which));
    take(slice.synapses.back().memoryBits,
         axonInEntries(workload, slice.synapses.back(), firstColumn, columns));
  }
  for (int attention : connections.of(population).attentionsInto) {
    slice.heads.push_back(makeHeads(workload, attention, neurons));
    take(slice.heads.back().memoryBits, axonInEntries(workload, slice.heads.back()));
  }
  return slice;
}

Slice makeSlice(const Connections &connections, int population, const NeuronBlock &neurons) {
  return makeSlice(connections, population, neurons, Which::AtColumn);
}

Amounts largestDemand(const Connections &connections, int population, int64_t columns,
                      int64_t points) {
  return makeSlice(connections, population, {0, columns, 0, points}, Which::Largest).demand;
}

} // namespace synfire::mapping
