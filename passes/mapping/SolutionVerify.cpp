// SolutionVerify: the rules of a solution, S1 to S11.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/ChannelDependencies.h"
#include "passes/mapping/MappingProblem.h"
#include "support/Saturating.h"

#include <algorithm>
#include <map>
#include <set>

namespace synfire::mapping {

namespace {

using Violations = std::vector<Violation>;

/// The source neurons that a core needs, and a slice there that reads some.
struct Span {
  NeuronBlock neurons;
  int reader;
};

/// Per target core of an edge, the neurons that its pins there span.
std::map<int, Span> neededSpans(const Hyperedge &edge, const Placement &placement) {
  std::map<int, Span> spans;
  for (const Pin &pin : edge.pins) {
    auto [it, fresh] = spans.emplace(placement[pin.slice], Span{pin.block(), pin.slice});
    it->second.neurons.cover(pin.block());
  }
  return spans;
}

/// Follows the links of a route over the mesh from `place`, and adds the first fault to `found`.
/// `fault` has the edge, route and core.
void verifyPath(const Board &board, const Route &route, MeshPlace place, Violation fault,
                Violations &found) {
  const MeshLinks mesh = board.links();
  std::set<int32_t> taken;
  for (int32_t link : route.links) {
    fault.link = link;
    fault.router = place;
    auto broken = [&](Rule rule) {
      fault.rule = rule;
      found.push_back(fault);
    };
    if (!mesh.isLink(link))
      return broken(Rule::LinkOutsideMesh);
    if (linkRouter(link) != mesh.router(place))
      return broken(Rule::PathBroken);
    const std::optional<MeshPlace> next = mesh.next(place, linkDirection(link));
    if (!next)
      return broken(Rule::LinkOutsideMesh);
    if (board.isFaulty(link))
      return broken(Rule::LinkFaulty);
    if (!taken.insert(link).second)
      return broken(Rule::LinkTwice);
    place = *next;
  }
  if (place == board.cores[route.core].place())
    return;
  fault.rule = Rule::PathBroken;
  fault.link = -1;
  fault.router = place;
  found.push_back(fault);
}

void verifyRoutes(const MappingProblem &problem, const Placement &placement, int e,
                  const std::vector<Route> &routes, Violations &found) {
  const Hyperedge &edge = problem.hypergraph().edges()[e];
  const Board &board = problem.board();
  const MeshPlace start =
      edge.source == kHost ? board.hostPlace() : board.cores[placement[edge.source]].place();
  std::map<int, Span> missing = neededSpans(edge, placement);
  const std::map<int, Span> needed = missing;
  for (int r = 0; r < static_cast<int>(routes.size()); ++r) {
    const Route &route = routes[r];
    Violation fault{.edge = e, .core = route.core, .route = r};
    auto need = needed.find(route.core);
    if (need == needed.end() || !missing.erase(route.core)) {
      fault.rule = need == needed.end() ? Rule::RouteUnneeded : Rule::RouteTwice;
      found.push_back(fault);
      continue;
    }
    const Span &span = need->second;
    if (route.block() != span.neurons) {
      Violation columns = fault;
      columns.rule = Rule::RouteColumns;
      columns.slice = span.reader;
      columns.neededNeurons = span.neurons;
      columns.hasNeurons = route.block();
      found.push_back(columns);
    }
    verifyPath(board, route, start, fault, found);
  }
  for (auto &[core, span] : missing)
    found.push_back({.rule = Rule::RouteMissing,
                     .slice = span.reader,
                     .edge = e,
                     .core = core,
                     .neededNeurons = span.neurons});
}

} // namespace

std::vector<Violation> MappingProblem::verifyPlacement(const Placement &placement) const {
  Violations found;
  int cores = static_cast<int>(mesh.cores.size());
  for (int s = 0; s < static_cast<int>(nodes.size()); ++s) {
    bool placed =
        s < static_cast<int>(placement.size()) && placement[s] >= 0 && placement[s] < cores;
    if (!placed)
      found.push_back({.rule = Rule::SliceUnplaced, .slice = s, .available = cores});
  }
  if (!found.empty())
    return found;

  // What each slice takes, and all slices of a core together.
  std::vector<Amounts> taken, used(mesh.cores.size());
  for (const SliceNode &node : nodes)
    taken.push_back(node.demand);
  for (const Hyperedge &edge : graph.edges())
    if (edge.source != kHost)
      for (auto &[core, span] : neededSpans(edge, placement)) {
        int64_t &entries = taken[edge.source][Resource::AxonOut];
        entries = saturatingAdd(entries, span.neurons.columns);
      }
  std::vector<std::vector<int>> slicesOf(mesh.cores.size());
  for (int s = 0; s < static_cast<int>(nodes.size()); ++s) {
    slicesOf[placement[s]].push_back(s);
    for (Resource resource : kAllResources) {
      int64_t &sum = used[placement[s]][resource];
      sum = saturatingAdd(sum, taken[s][resource]);
    }
  }
  for (int c = 0; c < cores; ++c)
    for (Resource resource : kAllResources) {
      if (used[c][resource] <= mesh.cores[c].capacity[resource])
        continue;
      Violation &fault = found.emplace_back();
      fault.rule = Rule::CapacityExceeded;
      fault.core = c;
      fault.resource = resource;
      fault.needed = used[c][resource];
      fault.available = mesh.cores[c].capacity[resource];
      for (int s : slicesOf[c])
        if (taken[s][resource] > 0)
          fault.shares.push_back({s, taken[s][resource]});
    }
  return found;
}

std::vector<Violation> MappingProblem::verify(const Solution &solution) const {
  Violations found = verifyPlacement(solution.coreOfSlice);
  for (const Violation &violation : found)
    if (violation.rule == Rule::SliceUnplaced)
      return found;
  std::vector<const std::vector<int32_t> *> paths;
  static const std::vector<Route> none;
  const MeshLinks links = mesh.links();
  const auto isLink = [&](int32_t link) { return links.isLink(link); };
  for (size_t e = 0; e < graph.edges().size(); ++e) {
    const std::vector<Route> &routes = e < solution.routes.size() ? solution.routes[e] : none;
    verifyRoutes(*this, solution.coreOfSlice, static_cast<int>(e), routes, found);
    for (const Route &route : routes)
      if (std::ranges::all_of(route.links, isLink)) // else it has been refused
        paths.push_back(&route.links);
  }
  std::vector<int32_t> cycle = findDependencyCycle(links, paths);
  if (!cycle.empty())
    found.push_back({.rule = Rule::DependencyCycle, .link = cycle.front(), .links = cycle});
  return found;
}

} // namespace synfire::mapping
