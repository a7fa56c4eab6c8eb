// MeshLinksTest: the numbers of links, and where they lead.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/MeshLinks.h"

#include <doctest/doctest.h>

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

TEST_CASE("neighbours by number are neighbours by place") {
  constexpr MeshLinks mesh{3, 4};
  for (int64_t router = 0; router < mesh.routers(); ++router)
    for (int d = 0; d < kDirections; ++d) {
      const MeshPlace next = mesh.place(router).next(Direction(d));
      if (mesh.holds(next))
        CHECK(mesh.neighbour(router, Direction(d)) == mesh.router(next));
    }
}
