// ProblemBuilder: finds out which source neurons each slice reads.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/ProblemBuilder.h"

#include <algorithm>
#include <map>

namespace synfire::mapping {

namespace {

/// By population: the neurons that a slice reads of it.
std::map<int, NeuronBlock> readsOf(const Workload &workload, const Slice &slice) {
  std::map<int, NeuronBlock> reads;
  auto read = [&](int population, const NeuronBlock &neurons) {
    if (!neurons.empty())
      reads.emplace(population, neurons).first->second.cover(neurons);
  };
  for (const SynapseBlock &block : slice.synapses) {
    read(workload.projections[block.projection].source,
         neuronsRead(workload, block, slice.block()));
  }
  for (const HeadBlock &block : slice.heads) {
    const Attention &attention = workload.attentions[block.attention];
    const int64_t d = workload.populations[attention.target].columns / attention.groups.heads;
    const HeadGroups::Range keys = attention.groups.keyHeadsOf(block.firstHead, block.heads);
    for (int source : attention.sources()) {
      const int64_t points = workload.populations[source].points;
      NeuronBlock neurons{keys.first * d, keys.count * d, 0, points};
      // Queries of other points are not read, and there may be more heads of them.
      if (source == attention.q && source != attention.k && source != attention.v)
        neurons = {block.firstHead * d, block.heads * d, slice.firstPoint, slice.points};
      read(source, neurons);
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
  auto addSource = [&](int source, int population, const NeuronBlock &neurons) {
    sourcesOf[population].push_back(static_cast<int>(sources.size()));
    populations.push_back(population);
    sources.push_back({source,
                       neurons.firstColumn,
                       neurons.columns,
                       workload.populations[population].firingRate,
                       {},
                       neurons.firstPoint,
                       neurons.points});
  };
  for (size_t p = 0; p < workload.populations.size(); ++p)
    if (workload.populations[p].onHost)
      addSource(kHost, static_cast<int>(p),
                {0, workload.populations[p].columns, 0, workload.populations[p].points});
  for (size_t s = 0; s < slices.size(); ++s) {
    const Slice &slice = slices[s];
    nodes.push_back({workload.populations[slice.population].name + "/" +
                         std::to_string(sliceCount[slice.population]++),
                     slice.demand});
    addSource(static_cast<int>(s), slice.population, slice.block());
  }
  for (size_t s = 0; s < slices.size(); ++s)
    for (auto [population, reads] : readsOf(workload, slices[s]))
      for (int source : sourcesOf[population]) {
        Hyperedge &edge = sources[source];
        const NeuronBlock shared = reads.shared(edge.block());
        if (!shared.empty())
          edge.pins.push_back({static_cast<int>(s), shared.firstColumn, shared.columns,
                               shared.firstPoint, shared.points});
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
