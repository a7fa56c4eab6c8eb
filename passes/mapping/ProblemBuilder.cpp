// ProblemBuilder: finds out which source columns each slice reads.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/ProblemBuilder.h"

#include <algorithm>
#include <map>

namespace synfire::mapping {

namespace {

/// Source columns [first, end) of a population.
struct Reads {
  int64_t first, end;
};

/// By population: the span of columns that a slice reads of it.
std::map<int, Reads> readsOf(const Workload &workload, const Slice &slice) {
  std::map<int, Reads> reads;
  auto read = [&](int population, int64_t first, int64_t columns) {
    Reads fresh{first, first + columns};
    auto [it, added] = reads.emplace(population, fresh);
    it->second.first = std::min(it->second.first, fresh.first);
    it->second.end = std::max(it->second.end, fresh.end);
  };
  for (const SynapseBlock &block : slice.synapses) {
    const Projection &projection = workload.projections[block.projection];
    const int64_t stride = projection.rowStride;
    const int64_t first = stride > 0 ? block.firstRow % stride : block.firstRow;
    if (projection.diagonal && (stride == 0 || first + block.rows <= stride))
      read(projection.source, first, block.rows);
    else // rows of later time steps repeat the same source columns
      read(projection.source, 0, workload.populations[projection.source].columns);
  }
  for (const HeadBlock &block : slice.heads) {
    const Attention &attention = workload.attentions[block.attention];
    for (int source : {attention.q, attention.k, attention.v}) {
      int64_t d = workload.populations[source].columns / attention.heads;
      read(source, block.firstHead * d, block.heads * d);
    }
  }
  return reads;
}

} // namespace

BuiltProblem buildProblem(const Workload &workload, const std::vector<Slice> &slices, Board board) {
  std::vector<SliceNode> nodes;
  std::vector<Hyperedge> sources; // one per host population and per slice
  std::vector<int> populations;
  std::vector<std::vector<int>> sourcesOf(workload.populations.size());
  std::vector<int> sliceCount(workload.populations.size(), 0);
  auto addSource = [&](int source, int population, int64_t first, int64_t columns) {
    sourcesOf[population].push_back(static_cast<int>(sources.size()));
    populations.push_back(population);
    sources.push_back({source, first, columns, workload.populations[population].firingRate, {}});
  };
  for (size_t p = 0; p < workload.populations.size(); ++p)
    if (workload.populations[p].onHost)
      addSource(kHost, static_cast<int>(p), 0, workload.populations[p].columns);
  for (size_t s = 0; s < slices.size(); ++s) {
    const Slice &slice = slices[s];
    nodes.push_back({workload.populations[slice.population].name + "/" +
                         std::to_string(sliceCount[slice.population]++),
                     slice.demand});
    addSource(static_cast<int>(s), slice.population, slice.firstColumn, slice.columns);
  }
  for (size_t s = 0; s < slices.size(); ++s)
    for (auto [population, reads] : readsOf(workload, slices[s]))
      for (int source : sourcesOf[population]) {
        Hyperedge &edge = sources[source];
        int64_t first = std::max(reads.first, edge.firstColumn);
        int64_t end = std::min(reads.end, edge.firstColumn + edge.columns);
        if (first < end)
          edge.pins.push_back({static_cast<int>(s), first, end - first});
      }

  std::vector<Hyperedge> edges;
  std::vector<int> populationOfEdge;
  for (size_t i = 0; i < sources.size(); ++i) {
    if (sources[i].pins.empty())
      continue;
    edges.push_back(std::move(sources[i]));
    populationOfEdge.push_back(populations[i]);
  }
  return {MappingProblem(std::move(board), std::move(nodes), std::move(edges)),
          std::move(populationOfEdge)};
}

} // namespace synfire::mapping
