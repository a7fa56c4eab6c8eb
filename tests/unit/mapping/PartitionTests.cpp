// What every partition keeps, and how it fails.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/Partitioner.h"
#include "tests/unit/mapping/RandomWorkloads.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace synfire::mapping;
using test::amounts;
using test::Dice;

static const PartitionFailure &failureOf(const PartitionResult &result) {
  REQUIRE(std::holds_alternative<PartitionFailure>(result));
  return std::get<PartitionFailure>(result);
}

TEST_CASE("slices cover every column once, keep heads whole and fit an empty core") {
  int partitioned = 0, indexed = 0;
  for (uint32_t seed = 1; seed <= 300; ++seed) {
    Dice dice(seed);
    Workload workload = test::randomWorkload(dice, static_cast<int>(dice.between(1, 12)));
    if (seed % 2 == 0)
      test::leaveOutZeros(workload, dice);
    Board board = test::makeTestBoard(
        4, 4, 1, amounts(dice.between(4, 40), dice.between(800, 8000), dice.between(40, 200), 400));
    PartitionResult result = partition(workload, board);
    if (!std::holds_alternative<std::vector<Slice>>(result))
      continue;
    ++partitioned;
    std::vector<int64_t> covered(workload.populations.size(), 0);
    for (const Slice &slice : std::get<std::vector<Slice>>(result)) {
      CHECK(slice.firstColumn == covered[slice.population]);
      CHECK(slice.columns > 0);
      covered[slice.population] += slice.columns;
      int64_t unit = columnUnit(workload, slice.population);
      CHECK(slice.columns % unit == 0);
      for (Resource resource : kAllResources)
        CHECK(slice.demand[resource] <= board.cores[0].capacity[resource]);
      CHECK(slice.demand == makeSlice(workload, slice.population, slice.block()).demand);
      for (const SynapseBlock &block : slice.synapses)
        indexed += block.indexed;
    }
    for (size_t p = 0; p < covered.size(); ++p)
      CHECK(covered[p] == (workload.populations[p].onHost ? 0 : workload.populations[p].columns));
  }
  CHECK(partitioned > 100);
  CHECK(indexed > 100);
}

TEST_CASE("a population is cut into as few slices as fit, of nearly equal width") {
  Workload workload;
  workload.populations = {{"host", 10, true}, {"a", 100}};
  workload.projections = {{0, 1, 10, 100, false, 8}};
  Board board = test::makeTestBoard(2, 2, 1, amounts(1000, 80 * 40, 1000, 1000));
  PartitionResult result = partition(workload, board); // 40 columns fit
  REQUIRE(std::holds_alternative<std::vector<Slice>>(result));
  std::vector<int64_t> widths;
  for (const Slice &slice : std::get<std::vector<Slice>>(result))
    widths.push_back(slice.columns);
  CHECK(widths == std::vector<int64_t>{34, 33, 33});
}

TEST_CASE("a source is cut where its fan-out would exceed the axon-out table") {
  Workload workload;
  workload.populations = {{"host", 1, true}, {"a", 12}, {"b", 30}};
  workload.projections = {{0, 1, 1, 12, false, 1}, {1, 2, 12, 30, false, 1}};
  // b takes three slices of 10 neurons; a's 12 columns to 3 cores are 36 pairs.
  Board board = test::makeTestBoard(3, 3, 1, amounts(12, 1000, 1000, 18));
  PartitionResult result = partition(workload, board);
  REQUIRE(std::holds_alternative<std::vector<Slice>>(result));
  int slicesOfA = 0;
  for (const Slice &slice : std::get<std::vector<Slice>>(result))
    slicesOfA += slice.population == 1;
  CHECK(slicesOfA == 2);
}

TEST_CASE("a head whose targets fill the axon-out table only if none share a core is not refused") {
  // The head's 10 columns go to 3 slices: 30 pairs on three cores, 10 on one.
  Workload workload;
  workload.populations = {{"host", 1, true}, {"q", 10}, {"att", 10}, {"b", 1}, {"c", 1}, {"d", 1}};
  workload.attentions = {{1, 1, 1, 2, 1}};
  workload.projections = {{0, 1, 1, 10}, {2, 3, 10, 1}, {2, 4, 10, 1}, {2, 5, 10, 1}};
  Board board = test::makeTestBoard(2, 2, 1, amounts(20, 1000, 1000, 10));
  CHECK(std::holds_alternative<std::vector<Slice>>(partition(workload, board)));
  board = test::makeTestBoard(2, 2, 1, amounts(20, 1000, 1000, 9));
  PartitionFailure failure = failureOf(partition(workload, board));
  CHECK(failure.kind == PartitionFailure::Kind::UnitTooLarge);
  CHECK(failure.resource == Resource::AxonOut);
  CHECK(failure.needed == 10);
  CHECK(failure.available == 9);
}

TEST_CASE("slices that fit one by one but not together are cut finer") {
  // Two cores of 100, three populations of 60: whole they do not pack.
  Workload workload;
  workload.populations = {{"host", 1, true}, {"a", 60}, {"b", 60}, {"c", 60}};
  workload.projections = {
      {0, 1, 1, 60, false, 1}, {0, 2, 1, 60, false, 1}, {0, 3, 1, 60, false, 1}};
  Board board = test::makeTestBoard(2, 1, 1, amounts(100, 1000, 1000, 1000));
  PartitionResult result = partition(workload, board);
  REQUIRE(std::holds_alternative<std::vector<Slice>>(result));
  CHECK(std::get<std::vector<Slice>>(result).size() == 6);
}

TEST_CASE("one column that exceeds a core is named with resource, needed and available") {
  Workload workload;
  workload.populations = {{"host", 100, true}, {"a", 4}};
  workload.projections = {{0, 1, 100, 4, false, 8}};
  PartitionFailure failure =
      failureOf(partition(workload, test::makeTestBoard(2, 2, 1, amounts(10, 799, 1000, 100))));
  CHECK(failure.kind == PartitionFailure::Kind::UnitTooLarge);
  CHECK(failure.population == 1);
  CHECK(failure.resource == Resource::SynapseMemory);
  CHECK(failure.needed == 800);
  CHECK(failure.available == 799);
  failure = failureOf(partition(workload, test::makeTestBoard(2, 2, 1, amounts(10, 800, 99, 100))));
  CHECK(failure.resource == Resource::AxonIn);
  CHECK(failure.needed == 100);
}

TEST_CASE("a model that needs every neuron of the chip fits") {
  Workload workload;
  workload.populations = {{"host", 10, true}, {"a", 96}};
  workload.projections = {{0, 1, 10, 96, false, 8}};
  const PartitionResult result =
      partition(workload, test::makeTestBoard(2, 2, 1, amounts(24, 100000, 100, 100)));
  CHECK(std::holds_alternative<std::vector<Slice>>(result));
}

TEST_CASE("a model larger than the chip is refused with the totals") {
  Workload workload;
  workload.populations = {{"host", 10, true}, {"a", 100}};
  workload.projections = {{0, 1, 10, 100, false, 8}};
  PartitionFailure failure =
      failureOf(partition(workload, test::makeTestBoard(2, 2, 1, amounts(24, 100000, 100, 100))));
  CHECK(failure.kind == PartitionFailure::Kind::TotalTooLarge);
  CHECK(failure.resource == Resource::Neurons);
  CHECK(failure.needed == 100);
  CHECK(failure.available == 96);
  failure =
      failureOf(partition(workload, test::makeTestBoard(2, 2, 1, amounts(100, 1999, 100, 100))));
  CHECK(failure.resource == Resource::SynapseMemory);
  CHECK(failure.needed == 8000);
  CHECK(failure.available == 7996);
}

TEST_CASE("a total that fits but cannot be packed is a failure of its own") {
  // Units of 60 (one head) on cores of 100: two cores hold two of three.
  Workload workload;
  workload.populations = {{"host", 1, true}, {"q", 3}, {"a", 60}, {"b", 60}, {"c", 60}};
  workload.projections = {{0, 1, 1, 3, false, 1}};
  for (int p : {2, 3, 4})
    workload.attentions.push_back({1, 1, 1, p, 1});
  PartitionFailure failure =
      failureOf(partition(workload, test::makeTestBoard(2, 1, 1, amounts(100, 1000, 1000, 1000))));
  CHECK(failure.kind == PartitionFailure::Kind::NoPacking);
  CHECK(failure.resource == Resource::Neurons);
  CHECK(failure.needed == 60);
}

TEST_CASE("a core is found by its place, and none where the board has none") {
  const Board board = test::makeTestBoard(3, 2, 2, amounts(10, 10, 10, 10));
  const auto find = [&](const Core &c) { return board.coreAt(c.chip, c.x, c.y, c.core); };
  for (int i = 0; i < static_cast<int>(board.cores.size()); ++i)
    CHECK(find(board.cores[i]) == i);
  for (const Core &none :
       {Core{1, 0, 0, 0, {}}, Core{0, 3, 0, 0, {}}, Core{0, 0, 2, 0, {}}, Core{0, 0, 0, 2, {}},
        Core{0, -1, 1, 0, {}}, Core{-1, 0, 0, 0, {}}, Core{0, 0, 0, -1, {}}})
    CHECK(find(none) == -1);
  CHECK(board.coreAt(0, int64_t{1} << 40, 0, 0) == -1);
}

TEST_CASE("a column goes to one slice of a diagonal's target, and to all of a dense one's") {
  // The target is cut in two by its neurons; 10 axon-out entries hold 10 columns or 5. A diagonal
  // with rows for each of 2 time steps reads a column in both halves of its target.
  struct Case {
    bool diagonal;
    int64_t columns, stride;
    int slices;
  };
  for (const auto &[diagonal, columns, stride, slices] :
       {Case{true, 20, 0, 2}, Case{false, 20, 0, 4}, Case{true, 10, 10, 2}}) {
    Workload workload;
    workload.timeSteps = 2;
    workload.populations = {{"host", 1, true}, {"source", columns}, {"target", 20}};
    workload.projections = {{0, 1, 1, columns, false, 8}, {1, 2, 20, 20, diagonal, 8, stride}};
    Board board = test::makeTestBoard(4, 4, 1, amounts(10, 10000, 100, 10));
    PartitionResult result = partition(workload, board);
    REQUIRE(std::holds_alternative<std::vector<Slice>>(result));
    int ofSource = 0, ofTarget = 0;
    for (const Slice &slice : std::get<std::vector<Slice>>(result))
      ++(slice.population == 1 ? ofSource : ofTarget);
    CHECK(ofSource == slices);
    CHECK(ofTarget == 2);
  }
}
