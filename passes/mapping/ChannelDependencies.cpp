// ChannelDependencies: the channel dependency graph and its search for a cycle.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/ChannelDependencies.h"
#include "passes/mapping/Graphs.h"

#include <map>
#include <set>

namespace synfire::mapping {

std::vector<int32_t> findDependencyCycle(const std::vector<const std::vector<int32_t> *> &paths) {
  std::set<int32_t> used;
  std::set<std::pair<int32_t, int32_t>> waits;
  for (const std::vector<int32_t> *path : paths) {
    used.insert(path->begin(), path->end());
    for (size_t i = 1; i < path->size(); ++i)
      waits.insert({(*path)[i - 1], (*path)[i]});
  }
  std::vector<int32_t> links(used.begin(), used.end());
  std::map<int32_t, size_t> vertexOf;
  for (int32_t link : links)
    vertexOf.emplace(link, vertexOf.size());

  using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
  Graph graph(links.size());
  for (auto [link, next] : waits)
    boost::add_edge(vertexOf[link], vertexOf[next], graph);
  std::vector<int32_t> cycle;
  for (auto vertex : orderOrCycle(graph).cycle)
    cycle.push_back(links[vertex]);
  return cycle;
}

} // namespace synfire::mapping
