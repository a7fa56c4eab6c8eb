// SolutionVerify: the rules of a solution, S1 to S9.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/ChannelDependencies.h"
#include "passes/mapping/MappingProblem.h"
#include "support/MeshLinks.h"

#include <algorithm>
#include <map>

namespace synfire::mapping {

namespace {

using Violations = std::vector<Violation>;

/// First and one past the last source column that a core needs.
struct Span {
  int64_t first, end;
};

/// Per target core of an edge, the columns that its pins there span.
std::map<int, Span> neededSpans(const Hyperedge &edge, const Placement &placement) {
  std::map<int, Span> spans;
  for (const Pin &pin : edge.pins) {
    Span span{pin.firstColumn, pin.firstColumn + pin.columns};
    auto [it, fresh] = spans.emplace(placement[pin.slice], span);
    it->second.first = std::min(it->second.first, span.first);
    it->second.end = std::max(it->second.end, span.end);
  }
  return spans;
}

/// Follows the links of a route over the mesh; reports the first that fails.
void verifyPath(const Board &board, const Route &route, int x, int y, int edge, Violations &found) {
  const MeshLinks mesh{board.width, board.height};
  MeshPlace place{x, y};
  for (int32_t link : route.links) {
    Violation broken{.rule = Rule::LinkOutsideMesh, .edge = edge, .core = route.core, .link = link};
    if (!mesh.isLink(link))
      return found.push_back(broken);
    if (linkRouter(link) != mesh.router(place)) {
      broken.rule = Rule::PathBroken;
      return found.push_back(broken);
    }
    place = place.next(linkDirection(link));
    if (!mesh.holds(place))
      return found.push_back(broken);
  }
  const Core &core = board.cores[route.core];
  if (place != MeshPlace{core.x, core.y})
    found.push_back({.rule = Rule::PathBroken,
                     .edge = edge,
                     .core = route.core,
                     .link = route.links.empty() ? -1 : route.links.back()});
}

void verifyRoutes(const MappingProblem &problem, const Placement &placement, int e,
                  const std::vector<Route> &routes, Violations &found) {
  const Hyperedge &edge = problem.hypergraph().edges()[e];
  const Board &board = problem.board();
  std::map<int, Span> missing = neededSpans(edge, placement);
  const std::map<int, Span> needed = missing;
  for (const Route &route : routes) {
    auto need = needed.find(route.core);
    if (need == needed.end()) {
      found.push_back({.rule = Rule::RouteUnneeded, .edge = e, .core = route.core});
      continue;
    }
    if (!missing.erase(route.core)) {
      found.push_back({.rule = Rule::RouteTwice, .edge = e, .core = route.core});
      continue;
    }
    auto [first, end] = need->second;
    if (route.firstColumn != first || route.columns != end - first)
      found.push_back({.rule = Rule::RouteColumns,
                       .edge = e,
                       .core = route.core,
                       .needed = end - first,
                       .available = route.columns});
    bool fromHost = edge.source == kHost;
    const Core &source = board.cores[fromHost ? 0 : placement[edge.source]];
    verifyPath(board, route, fromHost ? board.hostX : source.x, fromHost ? board.hostY : source.y,
               e, found);
  }
  for (auto &[core, span] : missing)
    found.push_back(
        {.rule = Rule::RouteMissing, .edge = e, .core = core, .needed = span.end - span.first});
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

  std::vector<Amounts> used(mesh.cores.size());
  for (size_t s = 0; s < nodes.size(); ++s)
    for (Resource resource : kAllResources)
      used[placement[s]][resource] += nodes[s].demand[resource];
  for (const Hyperedge &edge : graph.edges())
    if (edge.source != kHost)
      for (auto &[core, span] : neededSpans(edge, placement))
        used[placement[edge.source]][Resource::AxonOut] += span.end - span.first;
  for (int c = 0; c < cores; ++c)
    for (Resource resource : kAllResources)
      if (used[c][resource] > mesh.cores[c].capacity[resource])
        found.push_back({.rule = Rule::CapacityExceeded,
                         .core = c,
                         .resource = resource,
                         .needed = used[c][resource],
                         .available = mesh.cores[c].capacity[resource]});
  return found;
}

std::vector<Violation> MappingProblem::verify(const Solution &solution) const {
  Violations found = verifyPlacement(solution.coreOfSlice);
  for (const Violation &violation : found)
    if (violation.rule == Rule::SliceUnplaced)
      return found;
  std::vector<const std::vector<int32_t> *> paths;
  static const std::vector<Route> none;
  for (size_t e = 0; e < graph.edges().size(); ++e) {
    const std::vector<Route> &routes = e < solution.routes.size() ? solution.routes[e] : none;
    verifyRoutes(*this, solution.coreOfSlice, static_cast<int>(e), routes, found);
    for (const Route &route : routes)
      paths.push_back(&route.links);
  }
  std::vector<int32_t> cycle = findDependencyCycle(paths);
  if (!cycle.empty())
    found.push_back({.rule = Rule::DependencyCycle, .link = cycle.front(), .links = cycle});
  return found;
}

} // namespace synfire::mapping
