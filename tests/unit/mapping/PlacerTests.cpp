// What every placer's result keeps, whoever the placer is.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/Cost.h"
#include "passes/mapping/DimensionOrder.h"
#include "passes/mapping/FaultRoutes.h"
#include "passes/mapping/Partitioner.h"
#include "passes/mapping/PlacementState.h"
#include "passes/mapping/Placer.h"
#include "tests/unit/mapping/RandomWorkloads.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <set>

using namespace synfire::mapping;
using test::amounts;
using test::Dice;

namespace {

/// Packets x hops counted spike column by spike column, from the pins alone.
double naivePacketHops(const MappingProblem &problem, const Placement &placement) {
  const Board &board = problem.board();
  double total = 0;
  for (const Hyperedge &edge : problem.hypergraph().edges())
    for (int c = 0; c < static_cast<int>(board.cores.size()); ++c)
      for (int64_t column = edge.firstColumn; column < edge.firstColumn + edge.columns; ++column) {
        bool before = false, after = false; // wanted, or between two that are
        for (const Pin &pin : edge.pins)
          if (placement[pin.slice] == c) {
            before |= pin.firstColumn <= column;
            after |= pin.firstColumn + pin.columns > column;
          }
        if (!before || !after)
          continue;
        const Core &core = board.cores[c];
        int fromX = board.hostX, fromY = board.hostY;
        if (edge.source != kHost) {
          fromX = board.cores[placement[edge.source]].x;
          fromY = board.cores[placement[edge.source]].y;
        }
        auto apart = [&](int from, int to, int side) {
          const int direct = std::abs(from - to);
          return board.torus && side >= 3 ? std::min(direct, side - direct) : direct;
        };
        total += edge.spikesPerColumn *
                 (apart(fromX, core.x, board.width) + apart(fromY, core.y, board.height));
      }
  return total;
}

struct Instance {
  Workload workload;
  MappingProblem problem;
};

/// A random problem that passes check(), or none.
std::optional<Instance> randomInstance(uint32_t seed, int layers, Board board) {
  Dice dice(seed);
  Workload workload = test::randomWorkload(dice, layers);
  PartitionResult result = partition(workload, board);
  if (!std::holds_alternative<std::vector<Slice>>(result))
    return std::nullopt;
  BuiltProblem built = buildProblem(workload, std::get<std::vector<Slice>>(result), board);
  REQUIRE(built.problem.check().empty());
  return Instance{workload, std::move(built.problem)};
}

} // namespace

TEST_CASE("every placer's placement of random problems is routed and verified") {
  for (const Placer *placer : placers()) {
    CAPTURE(placer->name());
    int solved = 0, detours = 0;
    for (uint32_t seed = 1; seed <= 200; ++seed) {
      Board board = test::makeTestBoard(5, 3, 1 + seed % 3, amounts(30, 4000, 150, 200));
      board.torus = seed % 2 == 0;
      if (seed % 3 == 0) // the cores of two tiles are faulty
        std::erase_if(board.cores, [](const Core &core) { return core.y == 1 && core.x % 3 == 0; });
      if (seed % 5 == 0) // as are both directions of the link between (2, 0) and (3, 0)
        board.faultyLinks = {2 * 4 + 0, 3 * 4 + 1};
      std::optional<Instance> instance = randomInstance(seed, 8, board);
      if (!instance)
        continue;
      PlacementResult result = placer->place(instance->problem, {});
      REQUIRE(std::holds_alternative<Placement>(result));
      ++solved;
      Solution solution = routeDimensionOrder(instance->problem, std::get<Placement>(result));
      REQUIRE_FALSE(avoidFaults(instance->problem, solution));
      CHECK(instance->problem.verify(solution).empty());
      const double straight = packetHops(instance->problem, solution.coreOfSlice);
      const double routed = mappingCost(instance->problem, solution).packetHops;
      if (board.faultyLinks.empty())
        CHECK(routed == doctest::Approx(straight));
      detours += routed > straight * (1 + 1e-9);
      CHECK(routed >= doctest::Approx(straight));
      CHECK(packetHops(instance->problem, solution.coreOfSlice) ==
            doctest::Approx(naivePacketHops(instance->problem, solution.coreOfSlice)));
      CHECK(std::get<Placement>(placer->place(instance->problem, {})) == solution.coreOfSlice);
    }
    CHECK(solved > 100);
    CHECK(detours > 5);
  }
}

TEST_CASE(
    "the cost function equals a naive count, and no placement beats the brute-force optimum") {
  int optimal = 0, instances = 0;
  for (uint32_t seed = 1; seed <= 40; ++seed) {
    Board board = test::makeTestBoard(2, 2, 1, amounts(40, 6000, 200, 300));
    std::optional<Instance> instance = randomInstance(seed, 4, board);
    if (!instance || instance->problem.slices().size() > 6)
      continue;
    const MappingProblem &problem = instance->problem;
    int slices = static_cast<int>(problem.slices().size());
    double best = std::numeric_limits<double>::infinity();
    Placement placement(slices, 0);
    for (int64_t code = 0; code < int64_t{1} << (2 * slices); ++code) {
      for (int s = 0; s < slices; ++s)
        placement[s] = static_cast<int>(code >> (2 * s) & 3);
      double cost = packetHops(problem, placement);
      CHECK(cost == doctest::Approx(naivePacketHops(problem, placement)));
      if (problem.verifyPlacement(placement).empty())
        best = std::min(best, cost);
    }
    PlacementResult result = findPlacer(kDefaultPlacer)->place(problem, {});
    REQUIRE(std::holds_alternative<Placement>(result));
    double greedy = packetHops(problem, std::get<Placement>(result));
    CHECK(greedy >= best - 1e-9);
    optimal += greedy <= best + 1e-9;
    ++instances;
  }
  CHECK(instances >= 10);
  CHECK(optimal >= instances / 2);
}

TEST_CASE("costs added slice by slice sum to the cost of the whole, in any order") {
  for (uint32_t seed = 1; seed <= 60; ++seed) {
    Board board = test::makeTestBoard(3, 3, 1, amounts(40, 6000, 200, 400));
    std::optional<Instance> instance = randomInstance(seed, 6, board);
    if (!instance)
      continue;
    Dice dice(seed);
    const MappingProblem &problem = instance->problem;
    PlacementState state(problem, false);
    std::vector<int> order = problem.hypergraph().topologicalOrder();
    for (size_t i = order.size(); i > 1; --i)
      std::swap(order[i - 1], order[dice.between(0, static_cast<int64_t>(i) - 1)]);
    double sum = 0;
    bool fits = true;
    for (int slice : order) {
      int core = static_cast<int>(dice.between(0, 8));
      fits &= !state.lacking(slice, core);
      sum += state.addedPacketHops(slice, core);
      state.place(slice, core);
    }
    CHECK(sum == doctest::Approx(packetHops(problem, state.placement())));
    // Refused on the way exactly where the verifier finds a core overfull.
    CHECK(fits == problem.verifyPlacement(state.placement()).empty());
  }
}

TEST_CASE("a chain fills one core before it opens the next, nearest to the host's port") {
  Board board = test::makeTestBoard(3, 2, 1, amounts(20, 10000, 1000, 1000)); // port at (2, 0)
  MappingProblem problem = test::chainProblem(board, 4, 10);
  PlacementResult result = greedySnakePlacer().place(problem, {});
  REQUIRE(std::holds_alternative<Placement>(result));
  CHECK(std::get<Placement>(result) == Placement{2, 2, 1, 1});
}

TEST_CASE("slices without traffic fill the cores along the snake, from the corner at the port") {
  struct Corner {
    int width, height, portX, portY;
    Placement snake; // core c is on tile (c % width, c / width)
  };
  for (const Corner &c :
       {Corner{3, 3, 0, 0, {0, 1, 2, 5, 4, 3, 6, 7, 8}},
        Corner{3, 3, 2, 0, {2, 1, 0, 3, 4, 5, 8, 7, 6}},
        Corner{3, 3, 0, 2, {6, 7, 8, 5, 4, 3, 0, 1, 2}},
        Corner{3, 3, 2, 2, {8, 7, 6, 3, 4, 5, 2, 1, 0}}, Corner{2, 2, 1, 1, {3, 2, 0, 1}}}) {
    CAPTURE(c.width);
    CAPTURE(c.portX);
    CAPTURE(c.portY);
    Board board = test::makeTestBoard(c.width, c.height, 1, amounts(10, 100, 10, 10));
    board.hostX = c.portX;
    board.hostY = c.portY;
    std::vector<SliceNode> slices(c.snake.size(), {"s", amounts(10, 1, 1, 0)});
    PlacementResult result = greedySnakePlacer().place(MappingProblem(board, slices, {}), {});
    REQUIRE(std::holds_alternative<Placement>(result));
    CHECK(std::get<Placement>(result) == c.snake);
  }
}

TEST_CASE("where axon-out tables run full, slices spread over more cores") {
  // Each slice sends 10 columns to one core; a core has 10 axon-out entries.
  Board board = test::makeTestBoard(3, 2, 1, amounts(100, 10000, 1000, 10));
  MappingProblem problem = test::chainProblem(board, 4, 10);
  PlacementResult result = greedySnakePlacer().place(problem, {});
  REQUIRE(std::holds_alternative<Placement>(result));
  CHECK(problem.verifyPlacement(std::get<Placement>(result)).empty());
  std::set<int> used(std::get<Placement>(result).begin(), std::get<Placement>(result).end());
  CHECK(used.size() >= 3);
}

TEST_CASE("without room the failure names slice, resource, needed and available") {
  Board board = test::makeTestBoard(2, 1, 1, amounts(100, 10000, 1000, 9));
  MappingProblem problem = test::chainProblem(board, 2, 10);
  PlacementResult result = greedySnakePlacer().place(problem, {});
  REQUIRE(std::holds_alternative<PlacementFailure>(result));
  const auto &failure = std::get<PlacementFailure>(result);
  CHECK(failure.resource == Resource::AxonOut);
  CHECK(failure.needed == 10);
  CHECK(failure.available == 9);
}

TEST_CASE("placers have unique names, the default one among them") {
  CHECK(findPlacer(kDefaultPlacer) == &greedySnakePlacer());
  CHECK(findPlacer("no-such-placer") == nullptr);
  for (size_t i = 1; i < placers().size(); ++i)
    CHECK(placers()[i - 1]->name() < placers()[i]->name());
}
