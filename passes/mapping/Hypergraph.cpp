// Hypergraph: a bipartite Boost graph of slices and hyperedges.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/Hypergraph.h"
#include "passes/mapping/Graphs.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace synfire::mapping {

/// The vertices [0, slices) are slices, and [slices, slices + edges) are hyperedges.
struct Hypergraph::Graph {
  using Bipartite = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
  Graph(int slices, size_t edges)
      : slices(slices), bipartite(slices + edges), into(slices), from(slices) {}

  int slices;
  Bipartite bipartite;
  std::vector<std::vector<int>> into, from; ///< by slice: the hyperedges into it, and from it
};

Hypergraph::Hypergraph(int slices, std::vector<Hyperedge> edges)
    : hyperedges(std::move(edges)), graph(std::make_unique<Graph>(slices, hyperedges.size())) {
  for (int e = 0; e < static_cast<int>(hyperedges.size()); ++e) {
    Hyperedge &edge = hyperedges[e];
    std::sort(edge.pins.begin(), edge.pins.end(),
              [](const Pin &a, const Pin &b) { return a.slice < b.slice; });
    if (edge.source >= 0 && edge.source < slices) {
      boost::add_edge(edge.source, slices + e, graph->bipartite);
      graph->from[edge.source].push_back(e);
    }
    for (const Pin &pin : edge.pins)
      if (pin.slice >= 0 && pin.slice < slices) {
        boost::add_edge(slices + e, pin.slice, graph->bipartite);
        graph->into[pin.slice].push_back(e);
      }
  }
}

Hypergraph::~Hypergraph() = default;
Hypergraph::Hypergraph(Hypergraph &&) noexcept = default;
Hypergraph &Hypergraph::operator=(Hypergraph &&) noexcept = default;

int Hypergraph::sliceCount() const { return graph->slices; }

const std::vector<int> &Hypergraph::edgesInto(int slice) const { return graph->into[slice]; }

const std::vector<int> &Hypergraph::edgesFrom(int slice) const { return graph->from[slice]; }

std::vector<int> Hypergraph::topologicalOrder() const {
  const Graph::Bipartite &bipartite = graph->bipartite;
  std::vector<int> depth(boost::num_vertices(bipartite), 0);
  for (auto vertex : orderOrCycle(bipartite).order)
    for (auto [arc, end] = boost::out_edges(vertex, bipartite); arc != end; ++arc) {
      int &next = depth[boost::target(*arc, bipartite)];
      next = std::max(next, depth[vertex] + 1);
    }
  std::vector<int> order(graph->slices);
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(),
            [&](int a, int b) { return std::tie(depth[a], a) < std::tie(depth[b], b); });
  return order;
}

} // namespace synfire::mapping
