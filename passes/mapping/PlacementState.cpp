// PlacementState: incremental accounting of resources and traffic.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/PlacementState.h"

#include <algorithm>

namespace synfire::mapping {

PlacementState::PlacementState(const MappingProblem &problem, bool reserveAxonOut)
    : problem(problem), reserveAxonOut(reserveAxonOut), coreOf(problem.slices().size(), -1),
      used(problem.board().cores.size()), spans(problem.hypergraph().edges().size()) {}

const Pin &PlacementState::pinOf(int edge, int slice) const {
  const std::vector<Pin> &pins = problem.hypergraph().edges()[edge].pins;
  return *std::lower_bound(pins.begin(), pins.end(), slice,
                           [](const Pin &pin, int wanted) { return pin.slice < wanted; });
}

PlacementState::Growth PlacementState::growth(int edge, const Pin &pin, int core) const {
  auto it = spans[edge].find(core);
  if (it == spans[edge].end())
    return {pin.columns, pin.block().neurons()};
  NeuronBlock wider = it->second;
  wider.cover(pin.block());
  return {wider.columns - it->second.columns, wider.neurons() - it->second.neurons()};
}

int64_t PlacementState::ownAxonOut(int slice) const {
  int64_t entries = 0;
  for (int e : problem.hypergraph().edgesFrom(slice)) {
    const Hyperedge &edge = problem.hypergraph().edges()[e];
    if (reserveAxonOut)
      entries += edge.columns * static_cast<int64_t>(edge.pins.size());
    else
      for (auto &[core, span] : spans[e])
        entries += span.columns;
  }
  return entries;
}

int64_t PlacementState::left(int core, Resource resource) const {
  return problem.board().cores[core].capacity[resource] - used[core][resource];
}

std::optional<Shortage> PlacementState::lacking(int slice, int core) const {
  for (Resource resource : kAllResources) {
    int64_t needed = problem.slices()[slice].demand[resource];
    if (needed > left(core, resource))
      return Shortage{resource, needed, left(core, resource)};
  }
  // By core: the axon-out entries that placing the slice takes there. They are its own entries, and
  // those with which the cores of its sources reach it.
  std::map<int, int64_t> axonOut = {{core, ownAxonOut(slice)}};
  if (!reserveAxonOut)
    for (int e : problem.hypergraph().edgesInto(slice)) {
      int source = problem.hypergraph().edges()[e].source;
      if (source == slice) // a slice that feeds itself takes entries of the core it goes to
        axonOut[core] += growth(e, pinOf(e, slice), core).columns;
      else if (source != kHost && placed(source))
        axonOut[coreOf[source]] += growth(e, pinOf(e, slice), core).columns;
    }
  for (auto [where, entries] : axonOut)
    if (entries > left(where, Resource::AxonOut))
      return Shortage{Resource::AxonOut, entries, left(where, Resource::AxonOut)};
  return std::nullopt;
}

double PlacementState::addedPacketHops(int slice, int core) const {
  const Board &board = problem.board();
  const Core &here = board.cores[core];
  const Hypergraph &graph = problem.hypergraph();
  double added = 0;
  for (int e : graph.edgesInto(slice)) {
    const Hyperedge &edge = graph.edges()[e];
    if (edge.source == slice || (edge.source != kHost && !placed(edge.source)))
      continue;
    int hops = edge.source == kHost ? board.hopsFromHost(here)
                                    : board.hops(board.cores[coreOf[edge.source]], here);
    added +=
        static_cast<double>(growth(e, pinOf(e, slice), core).neurons * hops) * edge.spikesPerColumn;
  }
  for (int e : graph.edgesFrom(slice))
    for (auto &[target, span] : spans[e])
      added += static_cast<double>(span.neurons() * board.hops(here, board.cores[target])) *
               graph.edges()[e].spikesPerColumn;
  return added;
}

void PlacementState::place(int slice, int core) {
  const Hypergraph &graph = problem.hypergraph();
  for (Resource resource : kAllResources)
    used[core][resource] += problem.slices()[slice].demand[resource];
  used[core][Resource::AxonOut] += ownAxonOut(slice);
  coreOf[slice] = core;
  for (int e : graph.edgesInto(slice)) {
    const Pin &pin = pinOf(e, slice);
    int source = graph.edges()[e].source;
    if (!reserveAxonOut && source != kHost && placed(source))
      used[coreOf[source]][Resource::AxonOut] += growth(e, pin, core).columns;
    spans[e].emplace(core, pin.block()).first->second.cover(pin.block());
  }
}

} // namespace synfire::mapping
