// Graphs: the Boost.Graph searches that several files need.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_GRAPHS_H
#define SYNFIRE_PASSES_MAPPING_GRAPHS_H

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/depth_first_search.hpp>

namespace synfire::mapping {

/// Result of one depth-first search over a directed graph.
template <typename Graph> struct OrderOrCycle {
  using Vertex = typename boost::graph_traits<Graph>::vertex_descriptor;
  std::vector<Vertex> order; ///< sources first; empty when there is a cycle
  std::vector<Vertex> cycle; ///< in edge direction; empty when there is none
};

namespace detail {
template <typename Graph> class CycleVisitor : public boost::default_dfs_visitor {
public:
  using Vertex = typename boost::graph_traits<Graph>::vertex_descriptor;
  using Edge = typename boost::graph_traits<Graph>::edge_descriptor;
  CycleVisitor(OrderOrCycle<Graph> &result, std::vector<Vertex> &parent)
      : result(result), parent(parent) {}

  void tree_edge(Edge edge, const Graph &graph) {
    parent[boost::target(edge, graph)] = boost::source(edge, graph);
  }
  void back_edge(Edge edge, const Graph &graph) {
    if (!result.cycle.empty())
      return;
    Vertex first = boost::target(edge, graph);
    for (Vertex v = boost::source(edge, graph); v != first; v = parent[v])
      result.cycle.push_back(v);
    result.cycle.push_back(first);
    std::reverse(result.cycle.begin(), result.cycle.end());
  }
  void finish_vertex(Vertex vertex, const Graph &) { result.order.push_back(vertex); }

private:
  OrderOrCycle<Graph> &result;
  std::vector<Vertex> &parent;
};
} // namespace detail

/// Topological order (sources first) or the first cycle met. Vertices are
/// integers (vecS).
template <typename Graph> OrderOrCycle<Graph> orderOrCycle(const Graph &graph) {
  OrderOrCycle<Graph> result;
  std::vector<typename OrderOrCycle<Graph>::Vertex> parent(boost::num_vertices(graph));
  boost::depth_first_search(graph, boost::visitor(detail::CycleVisitor<Graph>(result, parent)));
  if (!result.cycle.empty())
    result.order.clear();
  std::reverse(result.order.begin(), result.order.end());
  return result;
}

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_GRAPHS_H
