// Cost: traffic of placements and of routed solutions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/Cost.h"

#include <map>
#include <set>

namespace synfire::mapping {

double packetHops(const MappingProblem &problem, const Placement &placement) {
  const Board &board = problem.board();
  double total = 0;
  for (const Hyperedge &edge : problem.hypergraph().edges()) {
    std::map<int, NeuronBlock> spans; // by core: what it reads
    for (const Pin &pin : edge.pins)
      spans.emplace(placement[pin.slice], pin.block()).first->second.cover(pin.block());
    for (auto &[core, span] : spans) {
      const Core &target = board.cores[core];
      int hops = edge.source == kHost ? board.hopsFromHost(target)
                                      : board.hops(board.cores[placement[edge.source]], target);
      total += static_cast<double>(span.neurons() * hops) * edge.spikesPerColumn;
    }
  }
  return total;
}

MappingCost mappingCost(const MappingProblem &problem, const Solution &solution) {
  MappingCost cost;
  std::map<int32_t, double> packetsOver;
  const std::vector<Hyperedge> &edges = problem.hypergraph().edges();
  for (size_t e = 0; e < edges.size(); ++e)
    for (const Route &route : solution.routes[e]) {
      double packets = static_cast<double>(route.block().neurons()) * edges[e].spikesPerColumn;
      cost.packets += packets;
      cost.packetHops += packets * static_cast<double>(route.links.size());
      for (int32_t link : route.links)
        packetsOver[link] += packets;
    }
  for (auto [link, packets] : packetsOver)
    if (packets > cost.hottestLinkPackets) {
      cost.hottestLinkPackets = packets;
      cost.hottestLink = link;
    }
  std::set<int> used(solution.coreOfSlice.begin(), solution.coreOfSlice.end());
  cost.coresUsed = static_cast<int>(used.size());
  return cost;
}

} // namespace synfire::mapping
