// Dimension-order paths and the proof that they cannot deadlock.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/ChannelDependencies.h"
#include "passes/mapping/DimensionOrder.h"
#include "support/MeshPaths.h"
#include "tests/unit/mapping/RandomWorkloads.h"

#include <doctest/doctest.h>

#include <tuple>

using namespace synfire::mapping;
using synfire::dimensionOrderPath;
using synfire::Direction;

static int32_t link(const Board &board, int x, int y, Direction direction) {
  return (x + y * board.width) * synfire::kDirections + static_cast<int32_t>(direction);
}

TEST_CASE("a path goes along x first, then along y") {
  Board board = test::makeTestBoard(4, 3, 1, {});
  CHECK(dimensionOrderPath(board.links(), {0, 2}, {2, 1}) ==
        std::vector<int32_t>{link(board, 0, 2, Direction::East), link(board, 1, 2, Direction::East),
                             link(board, 2, 2, Direction::South)});
  CHECK(dimensionOrderPath(board.links(), {3, 0}, {2, 1}) ==
        std::vector<int32_t>{link(board, 3, 0, Direction::West),
                             link(board, 2, 0, Direction::North)});
  CHECK(dimensionOrderPath(board.links(), {1, 1}, {1, 1}).empty());
}

TEST_CASE("one route to a core spans the columns of all its pins, from the host's port on") {
  Board board = test::makeTestBoard(4, 3, 1, {});
  board.hostX = 3;
  board.hostY = 2;
  const MappingProblem problem(board, {{"a", {}}, {"b", {}}},
                               {{kHost, 0, 10, 1.0, {{0, 6, 2}, {1, 1, 3}}}});
  const Solution solution = routeDimensionOrder(problem, {0, 0});
  REQUIRE(solution.routes.size() == 1);
  REQUIRE(solution.routes[0].size() == 1);
  const Route &route = solution.routes[0][0];
  CHECK(route.firstColumn == 1);
  CHECK(route.columns == 7);
  CHECK(route.links == dimensionOrderPath(board.links(), {3, 2}, {0, 0}));
}

TEST_CASE("paths between all pairs of a mesh or torus are shortest and deadlock-free together") {
  for (auto [width, height, torus] :
       {std::tuple(1, 1, false), std::tuple(5, 4, false), std::tuple(2, 7, false),
        std::tuple(1, 1, true), std::tuple(2, 7, true), std::tuple(6, 5, true)}) {
    Board board = test::makeTestBoard(width, height, 1, {});
    board.torus = torus;
    std::vector<std::vector<int32_t>> paths;
    for (const Core &a : board.cores)
      for (const Core &b : board.cores) {
        paths.push_back(dimensionOrderPath(board.links(), a.place(), b.place()));
        CHECK(static_cast<int>(paths.back().size()) == board.hops(a, b));
      }
    std::vector<const std::vector<int32_t> *> all;
    for (const std::vector<int32_t> &path : paths)
      all.push_back(&path);
    CHECK(findDependencyCycle(board.links(), all).empty());
  }
}

TEST_CASE("four paths that turn in a circle are found with their cycle in order") {
  Board board = test::makeTestBoard(2, 2, 1, {});
  int32_t east = link(board, 0, 0, Direction::East), north = link(board, 1, 0, Direction::North),
          west = link(board, 1, 1, Direction::West), south = link(board, 0, 1, Direction::South);
  std::vector<int32_t> a{east, north}, b{north, west}, c{west, south}, d{south, east};
  CHECK(findDependencyCycle(board.links(), {&a, &b, &c}).empty());
  std::vector<int32_t> cycle = findDependencyCycle(board.links(), {&a, &b, &c, &d});
  REQUIRE(cycle.size() == 4);
  auto next = [&](int32_t l) {
    return l == east ? north : l == north ? west : l == west ? south : east;
  };
  for (size_t i = 0; i < 4; ++i)
    CHECK(cycle[(i + 1) % 4] == next(cycle[i]));
}
