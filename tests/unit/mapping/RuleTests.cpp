// Each rule of problems and solutions: a planted violation is found, alone.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/DimensionOrder.h"
#include "passes/mapping/Placer.h"
#include "tests/unit/mapping/RandomWorkloads.h"

#include <doctest/doctest.h>

#include <functional>

using namespace synfire::mapping;
using synfire::Direction;
using synfire::kDirections;
using synfire::MeshPlace;
using test::amounts;

namespace {

/// A 3 x 2 board and the chain host -> s0 -> s1 -> s2, open to damage.
struct Parts {
  Board board = test::makeTestBoard(3, 2, 1, amounts(20, 1000, 100, 40));
  std::vector<SliceNode> slices;
  std::vector<Hyperedge> edges = {{kHost, 0, 10, 1.0, {{0, 0, 10}}},
                                  {0, 0, 10, 1.0, {{1, 0, 10}, {2, 4, 6}}},
                                  {1, 0, 10, 1.0, {{2, 0, 10}}}};
  Parts() {
    for (const char *name : {"s0", "s1", "s2"})
      slices.push_back({name, amounts(10, 400, 30, 0)});
  }
  MappingProblem problem() const { return MappingProblem(board, slices, edges); }
};

/// s0 and s1 on core 0, (0, 0); s2 on core 5, (2, 1). The host's port is at
/// (2, 0).
Solution solve(const MappingProblem &problem) { return routeDimensionOrder(problem, {0, 0, 5}); }

/// The only violation of the damaged problem.
Violation checkAfter(const std::function<void(Parts &)> &damage) {
  Parts parts;
  damage(parts);
  std::vector<Violation> found = parts.problem().check();
  REQUIRE(found.size() == 1);
  return found[0];
}

/// The only violation of the damaged solution.
Violation verifyAfter(const std::function<void(Solution &)> &damage) {
  MappingProblem problem = Parts().problem();
  Solution solution = solve(problem);
  damage(solution);
  std::vector<Violation> found = problem.verify(solution);
  REQUIRE(found.size() == 1);
  return found[0];
}

} // namespace

TEST_CASE("the undamaged problem and solution break no rule") {
  MappingProblem problem = Parts().problem();
  CHECK(problem.check().empty());
  CHECK(problem.verify(solve(problem)).empty());
}

TEST_CASE("P1: a slice without neurons, or with a negative demand") {
  Violation found = checkAfter([](Parts &p) { p.slices[1].demand[Resource::Neurons] = 0; });
  CHECK(found.rule == Rule::SliceDemand);
  CHECK(found.slice == 1);
  found = checkAfter([](Parts &p) { p.slices[2].demand[Resource::AxonIn] = -1; });
  CHECK(found.rule == Rule::SliceDemand);
  CHECK(found.resource == Resource::AxonIn);
}

TEST_CASE("P2: a core outside the mesh") {
  Violation found = checkAfter([](Parts &p) { p.board.cores[4].y = 2; });
  CHECK(found.rule == Rule::CoreOutsideMesh);
  CHECK(found.core == 4);
  CHECK(found.needed == 2);
  CHECK(checkAfter([](Parts &p) { p.board.cores[0].x = -1; }).rule == Rule::CoreOutsideMesh);
  found = checkAfter([](Parts &p) { p.board.cores[5].x = p.board.width; });
  CHECK(found.rule == Rule::CoreOutsideMesh);
  CHECK(found.core == 5);
}

TEST_CASE("P3: a core that stands twice in the list") {
  Violation found = checkAfter([](Parts &p) { p.board.cores[3] = p.board.cores[1]; });
  CHECK(found.rule == Rule::CoreTwice);
  CHECK(found.core == 3);
}

TEST_CASE("P4: an edge from or to a slice that does not exist") {
  CHECK(checkAfter([](Parts &p) { p.edges[2].source = 3; }).rule == Rule::EdgeEndpoint);
  CHECK(checkAfter([](Parts &p) { p.edges[2].source = -2; }).rule == Rule::EdgeEndpoint);
  Violation found = checkAfter([](Parts &p) { p.edges[2].pins[0].slice = 7; });
  CHECK(found.rule == Rule::EdgeEndpoint);
  CHECK(found.slice == 7);
  CHECK(found.edge == 2);
}

TEST_CASE("P5: a pin that reads columns beyond its edge") {
  CHECK(checkAfter([](Parts &p) { p.edges[1].pins[1].columns = 7; }).rule == Rule::EdgeColumns);
  CHECK(checkAfter([](Parts &p) { p.edges[1].pins[1].firstColumn = -1; }).rule ==
        Rule::EdgeColumns);
  CHECK(checkAfter([](Parts &p) { p.edges[1].pins[1].columns = 0; }).rule == Rule::EdgeColumns);
}

TEST_CASE("P6: a slice that is a pin of an edge twice") {
  Violation found = checkAfter([](Parts &p) { p.edges[1].pins.push_back({1, 0, 2}); });
  CHECK(found.rule == Rule::PinTwice);
  CHECK(found.slice == 1);
}

TEST_CASE("P7: two edges with the same source columns") {
  Violation found = checkAfter([](Parts &p) { p.edges.push_back({1, 9, 1, 1.0, {{0, 9, 1}}}); });
  CHECK(found.rule == Rule::SourceTwice);
  CHECK(found.slice == 1);
}

TEST_CASE("P8: a slice larger than any core, P9: slices larger than all cores, per resource") {
  for (Resource resource : {Resource::Neurons, Resource::SynapseMemory, Resource::AxonIn}) {
    int64_t capacity = Parts().board.cores[0].capacity[resource];
    Violation found = checkAfter([&](Parts &p) { p.slices[1].demand[resource] = capacity + 1; });
    CHECK(found.rule == Rule::SliceTooLarge);
    CHECK(found.slice == 1);
    CHECK(found.resource == resource);
    CHECK(found.needed == capacity + 1);
    CHECK(found.available == capacity);

    Parts parts; // 6 cores: 3 slices of 2 cores and 1 fit not, nor does each
    for (SliceNode &slice : parts.slices)
      slice.demand[resource] = 2 * capacity + 1;
    Violation total = parts.problem().check().back();
    CHECK(total.rule == Rule::TotalTooLarge);
    CHECK(total.needed == 6 * capacity + 3);
    CHECK(total.available == 6 * capacity);
  }
}

TEST_CASE("S1: a slice without a core, or with one that the board has not") {
  for (int core : {-1, 6}) {
    Violation found = verifyAfter([&](Solution &s) { s.coreOfSlice[2] = core; });
    CHECK(found.rule == Rule::SliceUnplaced);
    CHECK(found.slice == 2);
  }
  CHECK(verifyAfter([](Solution &s) { s.coreOfSlice.pop_back(); }).rule == Rule::SliceUnplaced);
}

TEST_CASE("S2: a core that holds more than it has, per resource, to the unit") {
  for (Resource resource : kAllResources) {
    Parts parts;
    MappingProblem exact = parts.problem();
    // Core 0 holds s0 and s1; out of it go s0 to cores 0 and 5, s1 to core 5.
    Amounts used = amounts(20, 800, 60, 10 + 6 + 10);
    for (Core &core : parts.board.cores)
      core.capacity[resource] = used[resource];
    CHECK(parts.problem().verifyPlacement({0, 0, 5}).empty());
    for (Core &core : parts.board.cores)
      core.capacity[resource] = used[resource] - 1;
    std::vector<Violation> found = parts.problem().verifyPlacement({0, 0, 5});
    REQUIRE(found.size() == 1);
    CHECK(found[0].rule == Rule::CapacityExceeded);
    CHECK(found[0].core == 0);
    CHECK(found[0].resource == resource);
    CHECK(found[0].needed == used[resource]);
    CHECK(found[0].available == used[resource] - 1);
    REQUIRE(found[0].shares.size() == 2);
    CHECK(found[0].shares[0].slice == 0);
    CHECK(found[0].shares[1].slice == 1);
    CHECK(found[0].shares[0].amount + found[0].shares[1].amount == used[resource]);
    CHECK(found[0].shares[1].amount == amounts(10, 400, 30, 10)[resource]);
  }
}

TEST_CASE("S3: a core with a pin that no route reaches") {
  Violation found = verifyAfter([](Solution &s) { s.routes[1].pop_back(); });
  CHECK(found.rule == Rule::RouteMissing);
  CHECK(found.edge == 1);
  CHECK(found.core == 5);
  CHECK(found.neededNeurons == NeuronBlock{4, 6});
  CHECK(found.slice == 2);
  CHECK(verifyAfter([](Solution &s) { s.routes.pop_back(); }).rule == Rule::RouteMissing);
}

TEST_CASE("S4: a route to a core without a pin") {
  Violation found = verifyAfter([](Solution &s) { s.routes[2].push_back({1, 0, 10, {}}); });
  CHECK(found.rule == Rule::RouteUnneeded);
  CHECK(found.core == 1);
  CHECK(found.route == 1);
}

TEST_CASE("S5: two routes of an edge to one core") {
  Violation found = verifyAfter([](Solution &s) { s.routes[2].push_back(s.routes[2][0]); });
  CHECK(found.rule == Rule::RouteTwice);
  CHECK(found.core == 5);
}

TEST_CASE("S6: a route with more or fewer columns than its pins span") {
  Violation found = verifyAfter([](Solution &s) { --s.routes[1][1].columns; });
  CHECK(found.rule == Rule::RouteColumns);
  CHECK(found.neededNeurons == NeuronBlock{4, 6});
  CHECK(found.hasNeurons == NeuronBlock{4, 5});
  CHECK(found.slice == 2);
  CHECK(found.route == 1);
  CHECK(verifyAfter([](Solution &s) { --s.routes[1][1].firstColumn; }).rule == Rule::RouteColumns);
}

TEST_CASE("S7: links that are not on the mesh, or lead out of it") {
  CHECK(verifyAfter([](Solution &s) { s.routes[2][0].links[1] = 99; }).rule ==
        Rule::LinkOutsideMesh);
  CHECK(verifyAfter([](Solution &s) { s.routes[2][0].links[1] = -1; }).rule ==
        Rule::LinkOutsideMesh);
  Violation found = verifyAfter([](Solution &s) {
    s.routes[2][0].links = {static_cast<int32_t>(Direction::South)}; // of router 0
  });
  CHECK(found.rule == Rule::LinkOutsideMesh);
  CHECK(found.link == 3);
  CHECK(found.router == MeshPlace{0, 0});
}

TEST_CASE("S8: links that do not lead from the source's router to the core's") {
  CHECK(verifyAfter([](Solution &s) { s.routes[2][0].links.pop_back(); }).rule == Rule::PathBroken);
  Violation early = verifyAfter([](Solution &s) { s.routes[2][0].links.clear(); });
  CHECK(early.rule == Rule::PathBroken);
  CHECK(early.link == -1);
  CHECK(early.router == MeshPlace{0, 0});
  Violation found = verifyAfter([](Solution &s) {
    auto &links = s.routes[2][0].links;
    links.erase(links.begin());
  });
  CHECK(found.rule == Rule::PathBroken);
  CHECK(found.edge == 2);
  // A link of the right direction in another row, so that the path would end where it must.
  CHECK(verifyAfter([](Solution &s) {
          s.routes[2][0].links[1] = 4 * kDirections + static_cast<int32_t>(Direction::East);
        }).rule == Rule::PathBroken);
  // The host's spikes start at its port, not at a core.
  CHECK(verifyAfter([](Solution &s) {
          s.routes[0][0].links.erase(s.routes[0][0].links.begin());
        }).rule == Rule::PathBroken);
}

TEST_CASE("S9: a path over a faulty link") {
  // Slice 1 on core 0, (0, 0), sends to core 5, (2, 1), by (1, 0) and (2, 0). Slice 0 does, too.
  Parts parts;
  auto link = [](int router, Direction d) { return router * kDirections + static_cast<int>(d); };
  parts.board.faultyLinks = {link(1, Direction::East)};
  const Solution solution = solve(parts.problem());
  const std::vector<Violation> found = parts.problem().verify(solution);
  REQUIRE(found.size() == 2);
  CHECK(found[0].rule == Rule::LinkFaulty);
  CHECK(found[1].rule == Rule::LinkFaulty);
  CHECK(found[1].edge == 2);
  CHECK(found[1].link == link(1, Direction::East));
  CHECK(found[1].router == MeshPlace{1, 0});
  // The link back, from (1, 0) to (0, 0), is another one.
  parts.board.faultyLinks = {link(5, Direction::West)};
  CHECK(parts.problem().verify(solution).empty());
}

TEST_CASE("a path may turn from y to x where no circle of waits comes of it") {
  auto link = [](int router, Direction d) { return router * kDirections + static_cast<int>(d); };
  MappingProblem problem = Parts().problem();
  Solution solution = solve(problem);
  solution.routes[2][0].links = {link(0, Direction::East), link(1, Direction::North),
                                 link(4, Direction::East)};
  CHECK(problem.verify(solution).empty());
}

TEST_CASE("S10: a path that takes a link twice") {
  auto link = [](int router, Direction d) { return router * kDirections + static_cast<int>(d); };
  MappingProblem problem = Parts().problem();
  Solution solution = solve(problem);
  std::vector<int32_t> &links = solution.routes[2][0].links;
  links.insert(links.begin(), {link(0, Direction::East), link(1, Direction::West)});
  const std::vector<Violation> found = problem.verify(solution);
  REQUIRE(found.size() == 2); // such a path waits for itself, too
  CHECK(found[0].rule == Rule::LinkTwice);
  CHECK(found[0].link == link(0, Direction::East));
  CHECK(found[1].rule == Rule::DependencyCycle);
}

TEST_CASE("S11: contiguous paths whose channels wait for each other in a circle") {
  // Four slices on the corners of 2 x 2, each sends to the opposite corner.
  Board board = test::makeTestBoard(2, 2, 1, amounts(10, 100, 10, 10));
  std::vector<SliceNode> slices(4, {"s", amounts(1, 1, 1, 0)});
  std::vector<Hyperedge> edges;
  for (int s = 0; s < 4; ++s)
    edges.push_back({s, 0, 1, 1.0, {{3 - s, 0, 1}}});
  MappingProblem problem(board, slices, edges);
  REQUIRE(problem.check().empty());
  Solution solution = routeDimensionOrder(problem, {0, 1, 2, 3});
  CHECK(problem.verify(solution).empty());
  auto link = [](int router, Direction d) { return router * kDirections + static_cast<int>(d); };
  solution.routes[0][0].links = {link(0, Direction::East), link(1, Direction::North)};
  solution.routes[1][0].links = {link(1, Direction::North), link(3, Direction::West)};
  solution.routes[3][0].links = {link(3, Direction::West), link(2, Direction::South)};
  solution.routes[2][0].links = {link(2, Direction::South), link(0, Direction::East)};
  std::vector<Violation> found = problem.verify(solution);
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == Rule::DependencyCycle);
  CHECK(found[0].links.size() == 4);
}

TEST_CASE("the built problem's pins are the columns that blocks and heads read") {
  Workload workload;
  workload.populations = {{"host", 6, true}, {"a", 12}, {"b", 12}, {"att", 12}};
  workload.projections = {{0, 1, 6, 12, false, 8}, {1, 2, 12, 12, true, 8}};
  workload.attentions = {{1, 2, 1, 3, 3}};
  workload.populations[1].firingRate = 0.5;
  std::vector<Slice> slices = {makeSlice(workload, 1, {0, 6}), makeSlice(workload, 1, {6, 6}),
                               makeSlice(workload, 2, {0, 12}), makeSlice(workload, 3, {0, 4}),
                               makeSlice(workload, 3, {4, 8})};
  BuiltProblem built = buildProblem(workload, slices, test::makeTestBoard(1, 1, 1, {}));
  const std::vector<Hyperedge> &edges = built.problem.hypergraph().edges();
  REQUIRE(edges.size() == 4); // host, two halves of a, b; att has no reader
  CHECK(built.populationOfEdge == std::vector<int>{0, 1, 1, 2});
  auto pinsOf = [&](int e) {
    std::vector<std::array<int64_t, 3>> pins;
    for (const Pin &pin : edges[e].pins)
      pins.push_back({pin.slice, pin.firstColumn, pin.columns});
    return pins;
  };
  using Pins = std::vector<std::array<int64_t, 3>>;
  CHECK(pinsOf(0) == Pins{{0, 0, 6}, {1, 0, 6}});
  CHECK(pinsOf(1) == Pins{{2, 0, 6}, {3, 0, 4}, {4, 4, 2}});
  CHECK(pinsOf(2) == Pins{{2, 6, 6}, {4, 6, 6}});
  CHECK(pinsOf(3) == Pins{{3, 0, 4}, {4, 4, 8}});
  CHECK(built.problem.slices()[1].name == "a/1");
  for (int e = 0; e < 4; ++e)
    CHECK(edges[e].spikesPerColumn == (e == 1 || e == 2 ? 0.5 : kDefaultFiringRate));
}

TEST_CASE("a topological order has sources before targets, and indices where there is a cycle") {
  Hypergraph chain(3, {{2, 0, 1, 1.0, {{1, 0, 1}}}, {1, 0, 1, 1.0, {{0, 0, 1}}}});
  CHECK(chain.topologicalOrder() == std::vector<int>{2, 1, 0});
  Hypergraph ring(2, {{0, 0, 1, 1.0, {{1, 0, 1}}}, {1, 0, 1, 1.0, {{0, 0, 1}}}});
  CHECK(ring.topologicalOrder() == std::vector<int>{0, 1});
}
