// ChannelDependencies: the channel dependency graph and its search for a cycle.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/ChannelDependencies.h"
#include "passes/mapping/Graphs.h"
#include "support/MeshPaths.h"

#include <map>
#include <set>

namespace synfire::mapping {

std::vector<int32_t> findDependencyCycle(const MeshLinks &mesh,
                                         const std::vector<const std::vector<int32_t> *> &paths) {
  std::set<int32_t> used;
  std::set<std::pair<int32_t, int32_t>> waits;
  for (const std::vector<int32_t> *path : paths)
    for (size_t i = 0; i < path->size(); ++i) {
      const int32_t channel = channelOf(mesh, *path, i);
      used.insert(channel);
      if (i > 0)
        waits.insert({channelOf(mesh, *path, i - 1), channel});
    }
  std::vector<int32_t> channels(used.begin(), used.end());
  std::map<int32_t, size_t> vertexOf;
  for (int32_t channel : channels)
    vertexOf.emplace(channel, vertexOf.size());

  using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
  Graph graph(channels.size());
  for (auto [channel, next] : waits)
    boost::add_edge(vertexOf[channel], vertexOf[next], graph);
  std::vector<int32_t> cycle;
  for (auto vertex : orderOrCycle(graph).cycle)
    cycle.push_back(channelLink(channels[vertex]));
  return cycle;
}

} // namespace synfire::mapping
