// FaultRoutes: routes around faulty links.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/FaultRoutes.h"

#include "passes/mapping/LegalTurns.h"

#include <algorithm>

namespace synfire::mapping {

namespace {

using Routes = std::vector<std::vector<Route>>;

MeshPlace sourceOf(const MappingProblem &problem, const Solution &solution, size_t edge) {
  const int source = problem.hypergraph().edges()[edge].source;
  return source == kHost ? problem.board().hostPlace()
                         : problem.board().cores[solution.coreOfSlice[source]].place();
}

/// Whether working links lead from a tile to all the others, by router.
std::vector<char> connectedFrom(const Board &board, MeshPlace source) {
  const MeshLinks mesh = board.links();
  std::vector<char> reached(mesh.routers());
  std::vector<MeshPlace> queue = {source};
  reached[mesh.router(source)] = 1;
  for (size_t i = 0; i < queue.size(); ++i)
    for (int d = 0; d < kDirections; ++d) {
      const MeshPlace here = queue[i];
      const std::optional<MeshPlace> next = mesh.next(here, Direction(d));
      if (!next || reached[mesh.router(*next)] || board.isFaulty(mesh.link(here, Direction(d))))
        continue;
      reached[mesh.router(*next)] = 1;
      queue.push_back(*next);
    }
  return reached;
}

/// Reroutes what a set does not allow. Returns the first route that has no path in it.
std::optional<NoRoute> reroute(const MappingProblem &problem, const Solution &solution,
                               const LegalTurns &turns, Routes &routes) {
  for (size_t e = 0; e < routes.size(); ++e) {
    const MeshPlace from = sourceOf(problem, solution, e);
    std::optional<LegalTurns::Tree> paths;
    for (Route &route : routes[e]) {
      if (turns.allows(route.links))
        continue;
      if (!paths)
        paths = turns.pathsFrom(from);
      const MeshPlace to = problem.board().cores[route.core].place();
      std::optional<std::vector<int32_t>> path = paths->pathTo(to);
      if (!path)
        return NoRoute{static_cast<int>(e), route.core, from, to, true};
      route.links = std::move(*path);
    }
  }
  return std::nullopt;
}

/// Expected packets x links of the routes.
double packetsTimesLinks(const MappingProblem &problem, const Routes &routes) {
  double total = 0;
  for (size_t e = 0; e < routes.size(); ++e)
    for (const Route &route : routes[e])
      total += static_cast<double>(route.columns) * static_cast<double>(route.links.size()) *
               problem.hypergraph().edges()[e].spikesPerColumn;
  return total;
}

/// The first route between tiles that no path of working links joins.
std::optional<NoRoute> findCut(const MappingProblem &problem, const Solution &solution) {
  for (size_t e = 0; e < solution.routes.size(); ++e) {
    const MeshPlace from = sourceOf(problem, solution, e);
    std::vector<char> reached;
    for (const Route &route : solution.routes[e]) {
      const auto faulty = [&](int32_t link) { return problem.board().isFaulty(link); };
      if (std::ranges::none_of(route.links, faulty))
        continue;
      if (reached.empty())
        reached = connectedFrom(problem.board(), from);
      const MeshPlace to = problem.board().cores[route.core].place();
      if (!reached[problem.board().links().router(to)])
        return NoRoute{static_cast<int>(e), route.core, from, to, false};
    }
  }
  return std::nullopt;
}

} // namespace

std::optional<NoRoute> avoidFaults(const MappingProblem &problem, Solution &solution) {
  const Board &board = problem.board();
  const auto faulty = [&](int32_t link) { return board.isFaulty(link); };
  const bool any = !board.faultyLinks.empty() &&
                   std::ranges::any_of(solution.routes, [&](const std::vector<Route> &routes) {
                     return std::ranges::any_of(routes, [&](const Route &route) {
                       return std::ranges::any_of(route.links, faulty);
                     });
                   });
  if (!any)
    return std::nullopt;
  if (std::optional<NoRoute> cut = findCut(problem, solution))
    return cut;
  std::optional<NoRoute> first;
  std::optional<Routes> best;
  double leastTraffic = 0;
  for (int set = 0; set < LegalTurns::kSets; ++set) {
    const LegalTurns turns(board.links(), board.faultyLinks, set, board.hostPlace());
    Routes routes = solution.routes;
    const std::optional<NoRoute> none = reroute(problem, solution, turns, routes);
    if (none) {
      if (!first)
        first = none;
      continue;
    }
    const double traffic = packetsTimesLinks(problem, routes);
    if (!best || traffic < leastTraffic) {
      best = std::move(routes);
      leastTraffic = traffic;
    }
  }
  if (!best)
    return first;
  solution.routes = std::move(*best);
  return std::nullopt;
}

} // namespace synfire::mapping
