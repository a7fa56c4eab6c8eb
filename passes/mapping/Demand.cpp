// Demand: memory and table accounting of a slice.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/Demand.h"

#include "support/Saturating.h"

#include <bit>

namespace synfire::mapping {

static SynapseBlock makeSynapses(const Projection &projection, int index, int64_t firstColumn,
                                 int64_t columns) {
  if (!projection.diagonal)
    return {
        index, 0, projection.rows,
        saturatingMultiply(saturatingMultiply(projection.rows, columns), projection.weightBits)};
  int64_t indexBits = std::bit_width(static_cast<uint64_t>(columns - 1));
  return {index, firstColumn, columns,
          saturatingMultiply(columns, projection.weightBits + indexBits)};
}

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

static HeadBlock makeHeads(const Workload &workload, int index, int64_t firstColumn,
                           int64_t columns) {
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
  return {index, firstColumn / d, columns / d, saturatingMultiply(steps, 2 * d * keys)};
}

Slice makeSlice(const Connections &connections, int population, const NeuronBlock &neurons) {
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
    slice.synapses.push_back(
        makeSynapses(workload.projections[projection], projection, firstColumn, columns));
    take(slice.synapses.back().memoryBits,
         axonInEntries(workload, slice.synapses.back(), firstColumn, columns));
  }
  for (int attention : connections.of(population).attentionsInto) {
    slice.heads.push_back(makeHeads(workload, attention, firstColumn, columns));
    take(slice.heads.back().memoryBits, axonInEntries(workload, slice.heads.back()));
  }
  return slice;
}

} // namespace synfire::mapping
