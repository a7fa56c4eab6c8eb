// ChannelWaits: circles of waiting are found, and programs that have some refused.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/program/ChannelWaits.h"
#include "tests/unit/simulator/RandomProgram.h"

#include <doctest/doctest.h>

#include <map>

using namespace synfire;
using namespace synfire::sim;

TEST_CASE("paths that can wait for each other in a circle are found, with the circle in order") {
  // Four paths around the square of tiles (0, 0), (1, 0), (1, 1), (0, 1), each over two links.
  const int32_t east = 0 * 4 + 0, north = 1 * 4 + 2, west = 17 * 4 + 1, south = 16 * 4 + 3;
  ChannelWaits waits({16, 16});
  waits.add(std::vector<int32_t>{east, north});
  waits.add(std::vector<int32_t>{north, west});
  waits.add(std::vector<int32_t>{west, south});
  CHECK(waits.findCircle().empty());
  waits.add(std::vector<int32_t>{south, east});
  const std::vector<int32_t> circle = waits.findCircle();
  REQUIRE(circle.size() == 4);
  const std::map<int32_t, int32_t> next = {
      {east, north}, {north, west}, {west, south}, {south, east}};
  for (size_t i = 0; i < 4; ++i)
    CHECK(circle[(i + 1) % 4] == next.at(circle[i]));
}

TEST_CASE("a program whose flows can wait for each other in a circle is refused with the circle") {
  RandomProgram random(4, 6);
  Program &p = random.program;
  const auto coreOn = [&](int32_t x) {
    for (int32_t core = 0; core < p.hostCore(); ++core)
      if (p.cores[core].x == x && p.cores[core].y == 0)
        return core;
    FAIL("no core on the tile");
    return -1;
  };
  // Around the square of tiles (0, 0), (1, 0), (1, 1), (0, 1), and the other way from the third
  // link of that path to its first one. Each alone is good.
  const std::vector<int32_t> around = {0 * 4 + 0, 1 * 4 + 2, 17 * 4 + 1, 16 * 4 + 3};
  const std::vector<int32_t> back = {0 * 4 + 2, 16 * 4 + 3, 0 * 4 + 0};
  Flow flow;
  flow.population = 0;
  flow.columns = p.populations[0].columns;
  flow.sourceCore = p.hostCore();
  const auto validated = [&](std::vector<Flow::Target> targets) {
    flow.targets = std::move(targets);
    p.flows = {flow};
    return p.validate();
  };
  const Flow::Target first{coreOn(0), 0, flow.columns, around},
      second{coreOn(1), 0, flow.columns, back};
  CHECK(validated({first}) == "");
  CHECK(validated({second}) == "");
  const std::string refused = validated({first, second});
  CHECK(refused.find("the flows can deadlock: link (0, ") != std::string::npos);
  CHECK(refused.find("link (1, 1) -> (0, 1) waits for link (0, 1) -> (0, 0)") != std::string::npos);
}

TEST_CASE("on a ring, one half of the channels never waits for the other one") {
  // Two paths around a ring of four tiles: together they take every link to the east.
  const MeshLinks ring{4, 1, true}, row{4, 1, false};
  const auto east = [](int tile) { return tile * 4; };
  ChannelWaits waits(ring);
  for (int tile = 0; tile < 4; ++tile)
    waits.add(std::vector<int32_t>{east(tile), east((tile + 1) % 4)});
  CHECK(waits.findCircle().empty());
  // Links of a mesh with the same numbers are one channel each.
  ChannelWaits single(row);
  for (int tile = 0; tile < 4; ++tile)
    single.add(std::vector<int32_t>{east(tile), east((tile + 1) % 4)});
  CHECK(single.findCircle().size() == 4);
}
