// Hypergraph: who sends spikes to whom, one hyperedge per source.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_HYPERGRAPH_H
#define SYNFIRE_PASSES_MAPPING_HYPERGRAPH_H

#include "passes/mapping/NeuronBlock.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace synfire::mapping {

/// Source of the edges that enter through the host's port.
inline constexpr int kHost = -1;

/// A target slice and the source neurons it reads, in the coordinates of the
/// source's population.
struct Pin {
  int slice = -1;
  int64_t firstColumn = 0, columns = 0;
  int64_t firstPoint = 0, points = 1;

  NeuronBlock block() const { return {firstColumn, columns, firstPoint, points}; }
};

/// The spikes of one slice (or of the host) and all slices that read them.
struct Hyperedge {
  int source = kHost;                   ///< slice, or kHost
  int64_t firstColumn = 0, columns = 0; ///< of the source's population
  double spikesPerColumn = 0;           ///< expected, per (token, time step), at each point
  std::vector<Pin> pins;                ///< ascending slices, each once
  int64_t firstPoint = 0, points = 1;

  NeuronBlock block() const { return {firstColumn, columns, firstPoint, points}; }
};

/// A directed bipartite graph (Boost.Graph): a vertex per slice and one per
/// hyperedge, arcs source slice -> hyperedge -> pin's slice.
class Hypergraph {
public:
  Hypergraph(int slices, std::vector<Hyperedge> edges);
  ~Hypergraph();
  Hypergraph(Hypergraph &&) noexcept;
  Hypergraph &operator=(Hypergraph &&) noexcept;

  int sliceCount() const;
  const std::vector<Hyperedge> &edges() const { return hyperedges; }
  /// Edges that have the slice among their pins, ascending.
  const std::vector<int> &edgesInto(int slice) const;
  /// Edges whose source the slice is, ascending.
  const std::vector<int> &edgesFrom(int slice) const;
  /// Slices with every source before its targets, else by index. With a cycle
  /// (recurrent networks): by index alone.
  std::vector<int> topologicalOrder() const;

private:
  struct Graph;
  std::vector<Hyperedge> hyperedges;
  std::unique_ptr<Graph> graph;
};

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_HYPERGRAPH_H
