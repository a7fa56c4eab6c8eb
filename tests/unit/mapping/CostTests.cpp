// Costs of a small mapping, worked out by hand: packets, hops, axon-out entries.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/Cost.h"
#include "passes/mapping/DimensionOrder.h"
#include "passes/mapping/PlacementState.h"
#include "tests/unit/mapping/RandomWorkloads.h"

#include <doctest/doctest.h>

using namespace synfire::mapping;
using synfire::Direction;
using synfire::kDirections;
using test::amounts;

namespace {

/// host -> s0 -> {s1, s2}, s1 -> s2 on a 3 x 2 board with the host's port at (2, 0). s1 reads the
/// columns 0 to 3 of s0, s2 the columns 6 to 9.
MappingProblem diamond(int64_t axonOut) {
  Board board = test::makeTestBoard(3, 2, 1, amounts(100, 1000, 100, axonOut));
  std::vector<SliceNode> slices(3, {"s", amounts(10, 10, 10, 0)});
  return MappingProblem(board, slices,
                        {{kHost, 0, 10, 0.5, {{0, 0, 10}}},
                         {0, 0, 10, 1.0, {{1, 0, 4}, {2, 6, 4}}},
                         {1, 0, 8, 0.25, {{2, 0, 8}}}});
}

/// s0 at tile (0, 0); s1 and s2 at tile (2, 1), three hops away.
const Placement kFar = {0, 5, 5};

} // namespace

TEST_CASE("a route costs the columns between the first and the last that its core reads") {
  const MappingProblem problem = diamond(100);
  const Solution solution = routeDimensionOrder(problem, kFar);
  const MappingCost cost = mappingCost(problem, solution);
  // The host: 10 columns x 0.5 over 2 links; s0: 10 columns over 3 links; s1: on its own core.
  CHECK(cost.packets == 5 + 10 + 2);
  CHECK(cost.packetHops == 5 * 2 + 10 * 3);
  CHECK(packetHops(problem, kFar) == 5 * 2 + 10 * 3);
  CHECK(cost.coresUsed == 2);
  // The first of the links with the most packets: east of tile 0, not the host's to the west.
  CHECK(cost.hottestLink == 0 * kDirections + static_cast<int>(Direction::East));
  CHECK(cost.hottestLinkPackets == 10);
}

TEST_CASE("a second slice on a core adds the columns that the first did not ask for") {
  const MappingProblem problem = diamond(10);
  PlacementState state(problem, /*reserveAxonOut=*/false);
  CHECK(state.addedPacketHops(0, kFar[0]) == 5 * 2);
  state.place(0, kFar[0]);
  CHECK(state.addedPacketHops(1, kFar[1]) == 4 * 3);
  state.place(1, kFar[1]);
  CHECK(state.addedPacketHops(2, kFar[2]) == 6 * 3); // columns 4 to 9
  CHECK(state.addedPacketHops(2, kFar[0]) == 8 * 0.25 * 3);
  CHECK_FALSE(state.lacking(2, kFar[2])); // the source's 10 axon-out entries just suffice
}

TEST_CASE("axon-out entries are missed to the unit, on the core of the source") {
  const MappingProblem problem = diamond(9);
  PlacementState state(problem, /*reserveAxonOut=*/false);
  state.place(0, kFar[0]);
  state.place(1, kFar[1]);
  const std::optional<Shortage> shortage = state.lacking(2, kFar[2]);
  REQUIRE(shortage);
  CHECK(shortage->resource == Resource::AxonOut);
  CHECK(shortage->needed == 6);
  CHECK(shortage->left == 9 - 4);
  // On a core of its own a slice takes its 4 columns alone.
  CHECK_FALSE(state.lacking(2, 4));
}

TEST_CASE("reserved axon-out entries are those of as many cores as there are readers") {
  const MappingProblem tight = diamond(19), enough = diamond(20);
  const std::optional<Shortage> shortage = PlacementState(tight, true).lacking(0, 0);
  REQUIRE(shortage);
  CHECK(shortage->needed == 2 * 10);
  CHECK(shortage->left == 19);
  CHECK_FALSE(PlacementState(enough, true).lacking(0, 0));
}
