// MeshLinksTest: the numbers of links, and where they lead.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/MeshLinks.h"
#include "support/MeshNames.h"
#include "support/MeshPaths.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <initializer_list>

using namespace synfire;

TEST_CASE("a link has a number, a begin and an end") {
  constexpr MeshLinks mesh{3, 2};
  CHECK(mesh.routers() == 6);
  CHECK(mesh.router({1, 1}) == 4);
  CHECK(mesh.place(4) == MeshPlace{1, 1});
  CHECK(mesh.link({1, 1}, Direction::South) == 19);
  CHECK(linkRouter(19) == 4);
  CHECK(linkDirection(19) == Direction::South);
  const MeshPlace here{1, 1};
  CHECK(here.next(Direction::East) == MeshPlace{2, 1});
  CHECK(here.next(Direction::West) == MeshPlace{0, 1});
  CHECK(here.next(Direction::North) == MeshPlace{1, 2});
  CHECK(here.next(Direction::South) == MeshPlace{1, 0});
}

TEST_CASE("what lies in a mesh") {
  constexpr MeshLinks mesh{3, 2};
  CHECK(mesh.isLink(0));
  CHECK(mesh.isLink(23));
  CHECK_FALSE(mesh.isLink(24));
  CHECK_FALSE(mesh.isLink(-1)); // not link 1 of router 0
  CHECK(mesh.holds({2, 1}));
  for (MeshPlace beyond : {MeshPlace{3, 0}, MeshPlace{0, 2}, MeshPlace{-1, 0}, MeshPlace{0, -1}})
    CHECK_FALSE(mesh.holds(beyond));
}

TEST_CASE("the wrap links of a torus join opposite edges, along sides of at least 3 tiles") {
  constexpr MeshLinks torus{4, 3, true}, mesh{4, 3};
  CHECK(torus.next({3, 1}, Direction::East) == MeshPlace{0, 1});
  CHECK(torus.next({0, 1}, Direction::West) == MeshPlace{3, 1});
  CHECK(torus.next({2, 2}, Direction::North) == MeshPlace{2, 0});
  CHECK(torus.next({2, 0}, Direction::South) == MeshPlace{2, 2});
  CHECK(torus.next({2, 0}, Direction::North) == MeshPlace{2, 1});
  CHECK(!mesh.next({3, 1}, Direction::East));
  CHECK(torus.isWrap(torus.link({3, 1}, Direction::East)));
  CHECK_FALSE(torus.isWrap(torus.link({3, 1}, Direction::West)));
  CHECK_FALSE(mesh.isWrap(mesh.link({3, 1}, Direction::East)));
  CHECK(linkName(torus.link({3, 1}, Direction::East), torus) == "link (3, 1) -> (0, 1)");
  CHECK(linkName(mesh.link({3, 1}, Direction::East), mesh) == "link (3, 1) -> (4, 1)");
  constexpr MeshLinks flat{2, 3, true}, small{2, 2, true}, tall{1, 3, true};
  CHECK_FALSE(flat.wraps(Direction::West));
  CHECK(flat.wraps(Direction::South));
  CHECK(!flat.next({1, 0}, Direction::East));
  CHECK(flat.next({1, 2}, Direction::North) == MeshPlace{1, 0});
  CHECK_FALSE(small.hasRings());
  CHECK(tall.hasRings());
}

TEST_CASE(
    "on a ring, dimension order goes the shorter way, and of two equal ones the one within the "
    "mesh") {
  constexpr MeshLinks torus{5, 4, true};
  // Signed links from column 1 to each column of five, and from row 3 to each row of four.
  const int along[] = {-1, 0, 1, 2, -2}, up[] = {1, -2, -1, 0};
  for (int x = 0; x < 5; ++x)
    for (int y = 0; y < 4; ++y) {
      CHECK(torus.offset({1, 3}, {x, y}) == MeshPlace{along[x], up[y]});
      CHECK(torus.distance({1, 3}, {x, y}) == std::abs(along[x]) + std::abs(up[y]));
      const std::vector<int32_t> path = dimensionOrderPath(torus, {1, 3}, {x, y});
      CHECK(static_cast<int64_t>(path.size()) == torus.distance({1, 3}, {x, y}));
      CHECK(isDimensionOrder(torus, {1, 3}, {x, y}, path));
    }
  CHECK(dimensionOrderPath(torus, {4, 3}, {0, 0}) ==
        std::vector<int32_t>{torus.link({4, 3}, Direction::East),
                             torus.link({0, 3}, Direction::North)});
  CHECK_FALSE(isDimensionOrder(torus, {4, 3}, {0, 0}, {}));
  const std::vector<int32_t> north = {torus.link({4, 3}, Direction::North),
                                      torus.link({4, 0}, Direction::East)};
  CHECK_FALSE(isDimensionOrder(torus, {4, 3}, {0, 0}, north));
}

TEST_CASE("a wrap link lies before a packet up to the end of the run that takes it") {
  constexpr MeshLinks torus{5, 2, true};
  const auto east = [&](int x) { return torus.link({x, 0}, Direction::East); };
  const std::vector<int32_t> path = {east(3), east(4), east(0),
                                     torus.link({1, 0}, Direction::North),
                                     torus.link({1, 1}, Direction::East)};
  const bool ahead[] = {true, true, false, false, false};
  for (size_t i = 0; i < path.size(); ++i) {
    CHECK(wrapAhead(torus, path, i) == ahead[i]);
    CHECK(channelOf(torus, path, i) == 2 * path[i] + !ahead[i]);
    CHECK(channelLink(channelOf(torus, path, i)) == path[i]);
  }
}

TEST_CASE("neighbours by number are neighbours by place") {
  constexpr MeshLinks mesh{3, 4};
  for (int64_t router = 0; router < mesh.routers(); ++router)
    for (int d = 0; d < kDirections; ++d) {
      const MeshPlace next = mesh.place(router).next(Direction(d));
      if (mesh.holds(next))
        CHECK(mesh.neighbour(router, Direction(d)) == mesh.router(next));
    }
}
