// Routes around faulty links: what they promise, on random meshes and tori with random faults.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/DimensionOrder.h"
#include "passes/mapping/FaultRoutes.h"
#include "passes/mapping/LegalTurns.h"
#include "support/MeshPaths.h"
#include "tests/unit/mapping/RandomWorkloads.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <set>

using namespace synfire::mapping;
using synfire::dimensionOrderPath;
using synfire::Direction;
using synfire::kDirections;
using synfire::MeshLinks;
using synfire::MeshPlace;

namespace {

using Path = std::vector<int32_t>;

/// The far end of a link by plain arithmetic; -1 where there is none or it is faulty.
int64_t farEnd(const Board &board, int32_t link) {
  int64_t x = link / 4 % board.width, y = link / 4 / board.width;
  const int direction = link % 4;
  (direction < 2 ? x : y) += direction % 2 == 0 ? 1 : -1;
  const int64_t side = direction < 2 ? board.width : board.height;
  int64_t &moved = direction < 2 ? x : y;
  if (moved < 0 || moved >= side) {
    if (!board.torus || side < 3)
      return -1;
    moved = (moved + side) % side;
  }
  const bool faulty = std::count(board.faultyLinks.begin(), board.faultyLinks.end(), link) > 0;
  return faulty ? -1 : x + y * board.width;
}

bool isWrapLink(const Board &board, int32_t link) {
  const int64_t x = link / 4 % board.width, y = link / 4 / board.width;
  const int64_t ends[] = {board.width - 1, 0, board.height - 1, 0};
  const int64_t side = link % 4 < 2 ? board.width : board.height;
  return board.torus && side >= 3 && (link % 4 < 2 ? x : y) == ends[link % 4];
}

/// The channels of a path: a link, and whether the rest of the straight run from it on has a wrap
/// link.
std::vector<std::pair<int32_t, bool>> channelsOf(const Board &board, const Path &path) {
  std::vector<std::pair<int32_t, bool>> channels(path.size());
  for (size_t i = path.size(); i-- > 0;) {
    const bool straight = i + 1 < path.size() && path[i + 1] % 4 == path[i] % 4;
    channels[i] = {path[i], isWrapLink(board, path[i]) || (straight && channels[i + 1].second)};
  }
  return channels;
}

/// Whether packets on these paths can wait for each other in a circle: colours of a plain search.
bool canDeadlock(const Board &board, const std::vector<Path> &paths) {
  using Channel = std::pair<int32_t, bool>;
  std::map<Channel, std::set<Channel>> waits;
  for (const Path &path : paths) {
    const std::vector<Channel> channels = channelsOf(board, path);
    for (size_t i = 1; i < channels.size(); ++i)
      waits[channels[i - 1]].insert(channels[i]);
  }
  std::map<Channel, int> colour; // 1: on the way, 2: done
  std::function<bool(Channel)> circle = [&](Channel here) {
    colour[here] = 1;
    for (const Channel &next : waits[here])
      if (colour[next] == 1 || (colour[next] == 0 && circle(next)))
        return true;
    colour[here] = 2;
    return false;
  };
  std::vector<Channel> starts;
  for (const auto &[channel, next] : waits)
    starts.push_back(channel);
  return std::any_of(starts.begin(), starts.end(),
                     [&](const Channel &start) { return colour[start] == 0 && circle(start); });
}

/// The lengths of shortest paths of working links from a tile, by router; -1: none.
std::vector<int64_t> distancesFrom(const Board &board, int64_t source) {
  std::vector<int64_t> distance(static_cast<size_t>(board.width * board.height), -1);
  distance[source] = 0;
  for (std::deque<int64_t> queue = {source}; !queue.empty(); queue.pop_front())
    for (int d = 0; d < 4; ++d) {
      const int64_t next = farEnd(board, static_cast<int32_t>(queue.front() * 4 + d));
      if (next >= 0 && distance[next] < 0) {
        distance[next] = distance[queue.front()] + 1;
        queue.push_back(next);
      }
    }
  return distance;
}

/// The rest of a straight run from a link to its wrap link, both included.
Path untilWrap(const Board &board, int32_t link) {
  Path run = {link};
  while (!isWrapLink(board, run.back()) && farEnd(board, run.back()) >= 0)
    run.push_back(static_cast<int32_t>(farEnd(board, run.back()) * 4 + link % 4));
  return run;
}

/// The lengths of shortest paths from a tile of which a set allows every step, by router; -1: none.
/// A plain search over links, each with whether the path has decided to come to a wrap link in the
/// run that the link belongs to; the set is asked about short paths only.
std::vector<int64_t> legalDistances(const Board &board, const LegalTurns &turns, int64_t source) {
  using State = std::pair<int32_t, bool>;
  std::vector<int64_t> distance(static_cast<size_t>(board.width * board.height), -1);
  std::map<State, int64_t> known;
  std::deque<State> queue;
  auto meet = [&](Path before, State next, int64_t length) {
    const auto [link, ahead] = next;
    if (farEnd(board, link) < 0 || isWrapLink(board, link) > ahead || known.contains(next))
      return;
    const Path rest = ahead ? untilWrap(board, link) : Path{link};
    before.insert(before.end(), rest.begin(), rest.end());
    if (farEnd(board, before.back()) < 0 || (ahead && !isWrapLink(board, before.back())) ||
        !turns.allows(before))
      return;
    known[next] = length;
    queue.push_back(next);
    int64_t &reached = distance[farEnd(board, link)];
    if (reached < 0 && (!ahead || isWrapLink(board, link)))
      reached = length;
  };
  distance[source] = 0;
  for (int d = 0; d < 4; ++d)
    for (bool ahead : {false, true})
      meet({}, {static_cast<int32_t>(source * 4 + d), ahead}, 1);
  for (; !queue.empty(); queue.pop_front()) {
    const auto [link, ahead] = queue.front();
    const bool mustGoOn = ahead && !isWrapLink(board, link);
    for (int d = 0; d < 4; ++d)
      for (bool next : {false, true}) {
        const bool straight = d == link % 4;
        if (d == (link % 4 ^ 1) || (straight ? next != mustGoOn : mustGoOn))
          continue;
        meet({link}, {static_cast<int32_t>(farEnd(board, link) * 4 + d), next},
             known[queue.front()] + 1);
      }
  }
  return distance;
}

Board randomBoard(test::Dice &dice) {
  Board board =
      test::makeTestBoard(static_cast<int>(dice.between(1, 6)),
                          static_cast<int>(dice.between(1, 6)), 1, test::amounts(1, 1, 100, 100));
  board.torus = dice.oneIn(2);
  const bool bothWays = dice.oneIn(2);
  std::set<int32_t> faulty;
  for (int64_t count = dice.between(0, 6); count > 0; --count) {
    const auto link = static_cast<int32_t>(dice.between(0, 4 * board.width * board.height - 1));
    const int64_t end = farEnd(board, link);
    if (end < 0)
      continue;
    faulty.insert(link);
    if (bothWays)
      faulty.insert(static_cast<int32_t>(end * 4 + (link % 4 ^ 1)));
  }
  board.faultyLinks.assign(faulty.begin(), faulty.end());
  return board;
}

/// Random pairs of tiles that send to each other: one slice per tile, an edge per sender.
MappingProblem randomTraffic(test::Dice &dice, const Board &board) {
  const int tiles = board.width * board.height;
  std::vector<SliceNode> slices(static_cast<size_t>(tiles), {"s", test::amounts(1, 1, 1, 0)});
  std::vector<Hyperedge> edges;
  const int64_t sparse = dice.between(1, 12);
  for (int s = kHost; s < tiles; ++s) {
    Hyperedge edge{s, 0, 1, 1.0, {}};
    for (int t = 0; t < tiles; ++t)
      if (dice.oneIn(sparse))
        edge.pins.push_back({t, 0, 1});
    if (!edge.pins.empty())
      edges.push_back(edge);
  }
  return MappingProblem(board, slices, edges);
}

/// The links of all routes together; each carries one column.
int64_t linksOf(const Solution &solution) {
  int64_t links = 0;
  for (const std::vector<Route> &routes : solution.routes)
    for (const Route &route : routes)
      links += static_cast<int64_t>(route.links.size());
  return links;
}

Placement onePerTile(const Board &board) {
  Placement placement;
  for (int i = 0; i < board.width * board.height; ++i)
    placement.push_back(i);
  return placement;
}

int64_t sourceRouter(const MappingProblem &problem, size_t edge) {
  const int source = problem.hypergraph().edges()[edge].source;
  return source == kHost ? problem.board().links().router(problem.board().hostPlace()) : source;
}

/// The fewest links of all routes together when one set has a path for each, and dimension order
/// stays where the set and the faults allow it.
int64_t fewestLinks(const MappingProblem &problem, const Solution &straight) {
  const Board &board = problem.board();
  int64_t fewest = -1;
  bool faulty = false;
  for (int set = 0; set < LegalTurns::kSets; ++set) {
    const LegalTurns turns(board.links(), board.faultyLinks, set, board.hostPlace());
    int64_t links = 0;
    bool whole = true;
    for (size_t e = 0; e < straight.routes.size(); ++e) {
      const std::vector<int64_t> legal = legalDistances(board, turns, sourceRouter(problem, e));
      for (const Route &route : straight.routes[e]) {
        for (int32_t link : route.links)
          faulty |= farEnd(board, link) < 0;
        const int64_t length = turns.allows(route.links) ? static_cast<int64_t>(route.links.size())
                                                         : legal[route.core];
        whole &= length >= 0;
        links += length;
      }
    }
    if (whole && (fewest < 0 || links < fewest))
      fewest = links;
  }
  return faulty ? fewest : linksOf(straight);
}

} // namespace

TEST_CASE("routes on meshes and tori with faults cross none, cannot deadlock, and pass the judge; "
          "a route that has none is told, with the reason that a plain search gives") {
  int routed = 0, cut = 0, deadlocked = 0;
  for (uint32_t seed = 1; seed <= 600; ++seed) {
    INFO("seed " << seed);
    test::Dice dice(seed);
    const Board board = randomBoard(dice);
    const MappingProblem problem = randomTraffic(dice, board);
    Solution solution = routeDimensionOrder(problem, onePerTile(board));
    const Solution straight = solution;
    const std::optional<NoRoute> none = avoidFaults(problem, solution);

    bool connected = true;
    for (size_t e = 0; e < straight.routes.size(); ++e)
      for (const Route &route : straight.routes[e])
        connected &= distancesFrom(board, sourceRouter(problem, e))[route.core] >= 0;
    if (none) {
      const int64_t from = board.links().router(none->from), to = board.links().router(none->to);
      REQUIRE(sourceRouter(problem, none->edge) == from);
      REQUIRE(none->core == to);
      REQUIRE(none->connected == connected);
      REQUIRE((distancesFrom(board, from)[to] >= 0) == connected);
      ++(connected ? deadlocked : cut);
      // Refused only when every set lacks a route that the traffic needs.
      for (int set = 0; connected && set < LegalTurns::kSets; ++set) {
        const LegalTurns turns(board.links(), board.faultyLinks, set, board.hostPlace());
        bool lacks = false;
        for (size_t e = 0; e < straight.routes.size(); ++e) {
          LegalTurns::Tree tree = turns.pathsFrom(board.links().place(sourceRouter(problem, e)));
          for (const Route &route : straight.routes[e])
            lacks |= !turns.allows(route.links) && !tree.pathTo(board.links().place(route.core));
        }
        REQUIRE(lacks);
      }
      continue;
    }
    ++routed;
    REQUIRE(connected);
    REQUIRE(linksOf(solution) == fewestLinks(problem, straight));
    REQUIRE(problem.verify(solution).empty());
    std::vector<Path> paths;
    for (size_t e = 0; e < solution.routes.size(); ++e)
      for (const Route &route : solution.routes[e]) {
        int64_t here = sourceRouter(problem, e);
        for (int32_t link : route.links) {
          REQUIRE(link / 4 == here);
          here = farEnd(board, link);
          REQUIRE(here >= 0);
        }
        REQUIRE(here == route.core);
        paths.push_back(route.links);
      }
    REQUIRE_FALSE(canDeadlock(board, paths));
  }
  MESSAGE(routed << " routed, " << cut << " cut off, " << deadlocked
                 << " without deadlock-free paths");
  // The draw has to meet all three.
  CHECK(routed > 300);
  CHECK(cut > 10);
  CHECK(deadlocked > 0);
}

TEST_CASE(
    "a route is dimension order where its set allows that, and else as short as any path that "
    "the set allows") {
  int64_t detours = 0;
  for (uint32_t seed = 1; seed <= 60; ++seed) {
    INFO("seed " << seed);
    test::Dice dice(seed);
    const Board board = randomBoard(dice);
    const MeshLinks mesh = board.links();
    for (int set = 0; set < LegalTurns::kSets; ++set) {
      const LegalTurns turns(mesh, board.faultyLinks, set, board.hostPlace());
      std::vector<Path> all;
      for (int64_t from = 0; from < mesh.routers(); ++from) {
        LegalTurns::Tree tree = turns.pathsFrom(mesh.place(from));
        const std::vector<int64_t> plain = distancesFrom(board, from);
        const std::vector<int64_t> legal = legalDistances(board, turns, from);
        for (int64_t to = 0; to < mesh.routers(); ++to) {
          const std::optional<Path> path = tree.pathTo(mesh.place(to));
          const int64_t least = legal[to];
          REQUIRE(least == (path ? static_cast<int64_t>(path->size()) : -1));
          if (!path)
            continue;
          REQUIRE(turns.allows(*path));
          REQUIRE(least >= plain[to]);
          detours += least > plain[to];
          all.push_back(*path);
          const Path straight = dimensionOrderPath(mesh, mesh.place(from), mesh.place(to));
          const bool intact = std::all_of(straight.begin(), straight.end(),
                                          [&](int32_t link) { return farEnd(board, link) >= 0; });
          // The sets of detours have all of dimension order.
          if (set < LegalTurns::kDetours)
            REQUIRE(turns.allows(straight) == intact);
          if (turns.allows(straight))
            all.push_back(straight);
        }
      }
      REQUIRE_FALSE(canDeadlock(board, all));
    }
  }
  CHECK(detours > 100);
}

TEST_CASE("with one faulty link, or both directions of one, each tile of a mesh or torus of at "
          "least 2 x 2 reaches every other one") {
  for (auto [width, height, torus] : {std::tuple(2, 2, false), std::tuple(3, 2, false),
                                      std::tuple(4, 4, false), std::tuple(4, 3, true)}) {
    Board board = test::makeTestBoard(width, height, 1, {});
    board.torus = torus;
    for (int32_t link = 0; link < 4 * width * height; ++link)
      for (bool both : {false, true}) {
        board.faultyLinks.clear();
        const int64_t end = farEnd(board, link);
        if (end < 0)
          continue;
        board.faultyLinks = {link};
        if (both)
          board.faultyLinks.push_back(static_cast<int32_t>(end * 4 + (link % 4 ^ 1)));
        std::sort(board.faultyLinks.begin(), board.faultyLinks.end());
        std::vector<Hyperedge> edges;
        for (int s = 0; s < width * height; ++s) {
          edges.push_back({s, 0, 1, 1.0, {}});
          for (int t = 0; t < width * height; ++t)
            edges.back().pins.push_back({t, 0, 1});
        }
        const MappingProblem problem(
            board, std::vector<SliceNode>(edges.size(), {"s", test::amounts(1, 1, 1, 0)}), edges);
        Solution solution = routeDimensionOrder(problem, onePerTile(board));
        INFO(width << " x " << height << ", link " << link << ", both " << both);
        REQUIRE_FALSE(avoidFaults(problem, solution));
      }
  }
}

TEST_CASE("where every fault takes both directions of a link, all tiles that are connected reach "
          "each other up and down") {
  for (uint32_t seed = 1; seed <= 200; ++seed) {
    INFO("seed " << seed);
    test::Dice dice(seed);
    Board board = randomBoard(dice);
    std::set<int32_t> faulty(board.faultyLinks.begin(), board.faultyLinks.end());
    for (int32_t link : board.faultyLinks) {
      Board whole = board;
      whole.faultyLinks.clear();
      faulty.insert(static_cast<int32_t>(farEnd(whole, link) * 4 + (link % 4 ^ 1)));
    }
    board.faultyLinks.assign(faulty.begin(), faulty.end());
    const MeshLinks mesh = board.links();
    const LegalTurns turns(mesh, board.faultyLinks, LegalTurns::kDetours, board.hostPlace());
    const int64_t root = mesh.router(board.hostPlace());
    const std::vector<int64_t> near = distancesFrom(board, root);
    for (int64_t from = 0; from < mesh.routers(); ++from) {
      if (near[from] < 0)
        continue; // the order begins at the host's tile
      LegalTurns::Tree tree = turns.pathsFrom(mesh.place(from));
      for (int64_t to = 0; to < mesh.routers(); ++to)
        REQUIRE(tree.pathTo(mesh.place(to)).has_value() == (near[to] >= 0));
    }
  }
}
