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

static HeadBlock makeHeads(const Workload &workload, int index, int64_t firstColumn,
                           int64_t columns) {
  const Attention &attention = workload.attentions[index];
  int64_t d = workload.populations[attention.target].columns / attention.heads;
  int64_t steps = saturatingMultiply(workload.maxTokens, workload.timeSteps);
  return {index, firstColumn / d, columns / d, saturatingMultiply(steps, 2 * columns)};
}

Slice makeSlice(const Connections &connections, int population, int64_t firstColumn,
                int64_t columns) {
  const Workload &workload = connections.workload;
  Slice slice;
  slice.population = population;
  slice.firstColumn = firstColumn;
  slice.columns = columns;
  slice.demand[Resource::Neurons] = columns;
  auto take = [&](int64_t memoryBits, int64_t rows) {
    int64_t &memory = slice.demand[Resource::SynapseMemory];
    int64_t &axonIn = slice.demand[Resource::AxonIn];
    memory = saturatingAdd(memory, memoryBits);
    axonIn = saturatingAdd(axonIn, rows);
  };
  for (int projection : connections.of(population).projectionsInto) {
    slice.synapses.push_back(
        makeSynapses(workload.projections[projection], projection, firstColumn, columns));
    take(slice.synapses.back().memoryBits, slice.synapses.back().rows);
  }
  for (int attention : connections.of(population).attentionsInto) {
    slice.heads.push_back(makeHeads(workload, attention, firstColumn, columns));
    take(slice.heads.back().memoryBits, 3 * columns); // the columns of q, k and v
  }
  return slice;
}

} // namespace synfire::mapping
