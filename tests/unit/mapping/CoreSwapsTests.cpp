// Exchanges of cores: what they keep, and that the cost which they return is that of the result.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/CoreSwaps.h"
#include "passes/mapping/Cost.h"
#include "passes/mapping/Partitioner.h"
#include "passes/mapping/Placer.h"
#include "tests/unit/mapping/RandomWorkloads.h"

#include <doctest/doctest.h>

#include <numeric>
#include <optional>

using namespace synfire::mapping;
using test::amounts;
using test::Dice;

namespace {

/// A random problem, and its slices on cores that are shuffled; none if it cannot be cut.
struct Shuffled {
  MappingProblem problem;
  Placement placement;
};
std::optional<Shuffled> shuffled(uint32_t seed, const Board &board) {
  Dice dice(seed);
  const Workload workload = test::randomWorkload(dice, 12);
  PartitionResult parts = partition(workload, board);
  if (!std::holds_alternative<std::vector<Slice>>(parts))
    return std::nullopt;
  BuiltProblem built = buildProblem(workload, std::get<std::vector<Slice>>(parts), board);
  PlacementResult placed = placers().front()->place(built.problem, {});
  if (!std::holds_alternative<Placement>(placed))
    return std::nullopt;
  Shuffled result{std::move(built.problem), std::get<Placement>(placed)};
  std::vector<int> to(board.cores.size());
  std::iota(to.begin(), to.end(), 0);
  for (size_t i = to.size() - 1; i > 0; --i)
    std::swap(to[i], to[dice.between(0, static_cast<int64_t>(i))]);
  for (int &core : result.placement)
    core = to[core];
  return result;
}

Board randomBoard(uint32_t seed) {
  Board board = test::makeTestBoard(7, 5, 1 + seed % 2, amounts(30, 4000, 150, 200));
  board.torus = seed % 3 == 0;
  if (seed % 4 == 0) // a faulty core is no core of the board
    board.cores.erase(board.cores.begin() + 4);
  return board;
}

} // namespace

TEST_CASE("exchanges of cores make packets x hops fewer, and say how many are left") {
  int tried = 0;
  double before = 0, after = 0;
  for (uint32_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    const auto instance = shuffled(seed, randomBoard(seed));
    if (!instance)
      continue;
    ++tried;
    const auto &[problem, start] = *instance;
    Placement placement = start;
    const double told = swapCores(problem, placement);
    CHECK(told == doctest::Approx(packetHops(problem, placement)).epsilon(1e-9));
    CHECK(told <= packetHops(problem, start) * (1 + 1e-9));
    before += packetHops(problem, start);
    after += told;
    for (size_t a = 0; a < placement.size(); ++a)
      for (size_t b = 0; b < a; ++b)
        CHECK((placement[a] == placement[b]) == (start[a] == start[b]));
    Placement again = start;
    CHECK(swapCores(problem, again) == told);
    CHECK(again == placement);
  }
  CHECK(tried > 30);
  CHECK(after < 0.6 * before);
}

TEST_CASE("two cores that talk to each other and to the host end beside it") {
  // The host sends to slice 0, twice as much as this one to slice 1; both stand at the far end.
  const Board board = test::makeTestBoard(6, 1, 1, amounts(30, 4000, 150, 200));
  std::vector<Hyperedge> edges(2);
  edges[0] = {kHost, 0, 4, 2.0, {{0, 0, 4}}};
  edges[1] = {0, 0, 4, 1.0, {{1, 0, 4}}};
  const MappingProblem problem(board, std::vector<SliceNode>(2), std::move(edges));
  Placement placement = {1, 0};
  CHECK(packetHops(problem, placement) == 4 * 8 + 1 * 4);
  CHECK(swapCores(problem, placement) == 4);
  CHECK((placement == Placement{5, 4}));
}

TEST_CASE("where cores differ in what they hold, nothing is exchanged") {
  Board board = test::makeTestBoard(6, 1, 1, amounts(30, 4000, 150, 200));
  board.cores[3].capacity = amounts(29, 4000, 150, 200);
  std::vector<Hyperedge> edges(1);
  edges[0] = {kHost, 0, 4, 1.0, {{0, 0, 4}}};
  const MappingProblem problem(board, std::vector<SliceNode>(1), std::move(edges));
  Placement placement = {1};
  CHECK(swapCores(problem, placement) == 16);
  CHECK((placement == Placement{1}));
}
