// What slices take of a core, in closed form.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/Demand.h"
#include "tests/unit/mapping/RandomWorkloads.h"

#include <doctest/doctest.h>

using namespace synfire::mapping;
using test::Dice;

TEST_CASE("a dense block takes rows x columns x bits and one axon-in entry per row") {
  Workload workload;
  workload.populations = {{"x", 768, true}, {"fc1", 3072}};
  workload.projections = {{0, 1, 768, 3072, false, 8}};
  Slice slice = makeSlice(workload, 1, {0, 3072});
  CHECK(slice.demand == test::amounts(3072, 768 * 3072 * 8, 768, 0));
  CHECK(slice.demand[Resource::SynapseMemory] == 9 * 1024 * 1024 * 8 / 4); // 2.25 MiB
  REQUIRE(slice.synapses.size() == 1);
  CHECK(slice.synapses[0].rows == 768);
}

TEST_CASE("a diagonal block takes weight and index bits per column and the rows of its columns") {
  Workload workload;
  workload.populations = {{"x", 80, true}, {"lif", 80}};
  workload.projections = {{0, 1, 80, 80, true, 8}};
  Slice slice = makeSlice(workload, 1, {40, 5});
  CHECK(slice.demand == test::amounts(5, 5 * (8 + 3), 5, 0)); // ceil(log2 5) = 3
  CHECK(slice.synapses[0].firstRow == 40);
  CHECK(makeSlice(workload, 1, {0, 1}).demand[Resource::SynapseMemory] == 8);
  CHECK(makeSlice(workload, 1, {0, 4}).demand[Resource::SynapseMemory] == 4 * (8 + 2));
}

TEST_CASE("a block without zeros takes weight and index bits per weight, where that is less") {
  Workload workload;
  workload.populations = {{"x", 10, true}, {"lif", 6}};
  workload.projections = {{0, 1, 10, 6, false, 8}};
  const auto block = [&](int64_t first, int64_t columns) {
    return makeSlice(workload, 1, {first, columns}).synapses[0];
  };
  CHECK(block(0, 6).memoryBits == 10 * 6 * 8);
  CHECK_FALSE(block(0, 6).indexed);
  workload.projections[0].nonzerosBefore = {0, 1, 3, 6, 10, 20, 20};
  CHECK(block(0, 6).memoryBits == 20 * (8 + 3)); // ceil(log2 6) = 3
  CHECK(block(0, 6).indexed);
  CHECK(block(0, 6).rows == 10);
  CHECK(block(1, 3).memoryBits == 9 * (8 + 2));
  CHECK(block(5, 1).memoryBits == 0);
  CHECK(block(5, 1).indexed);
  // A single column needs no index, but its weights have one. All of them stand in column 4.
  CHECK(block(0, 1).memoryBits == 8 + 1);
  CHECK(block(4, 1).memoryBits == 10 * 8);
  CHECK_FALSE(block(4, 1).indexed);
  // A chip's index has as many bits for every block, and tells no more columns apart.
  workload.indexBits = 2;
  CHECK(block(0, 1).memoryBits == 8 + 2);
  CHECK(block(0, 4).memoryBits == 10 * (8 + 2));
  CHECK(block(0, 4).indexed);
  CHECK(block(0, 5).memoryBits == 10 * 5 * 8);
  CHECK_FALSE(block(0, 5).indexed);
}

TEST_CASE("a diagonal block has the chip's index bits, and none where there are more columns") {
  Workload workload;
  workload.populations = {{"x", 8, true}, {"lif", 8}};
  workload.projections = {{0, 1, 8, 8, true, 8}};
  workload.indexBits = 2;
  const auto memory = [&](int64_t columns) {
    return makeSlice(workload, 1, {0, columns}).demand[Resource::SynapseMemory];
  };
  CHECK(memory(1) == 8 + 2);
  CHECK(memory(4) == 4 * (8 + 2));
  CHECK(memory(5) == INT64_MAX);
}

TEST_CASE("the largest demand is that of the columns with the fewest zeros, and grows with them") {
  for (uint32_t seed = 1; seed <= 100; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    Workload workload;
    workload.populations = {{"x", 9, true}, {"lif", 12}};
    workload.projections = {{0, 1, 9, 12, false, dice.between(1, 16)}};
    test::leaveOutZeros(workload, dice);
    const Connections connections(workload);
    int64_t before = 0;
    for (int64_t columns = 1; columns <= 12; ++columns) {
      int64_t most = 0;
      for (int64_t first = 0; first + columns <= 12; ++first)
        most = std::max(most,
                        makeSlice(workload, 1, {first, columns}).demand[Resource::SynapseMemory]);
      const int64_t largest = largestDemand(connections, 1, columns, 1)[Resource::SynapseMemory];
      CHECK(largest == most);
      CHECK(largest >= before);
      before = largest;
    }
  }
}

TEST_CASE("the connections of a population are all that enters and leaves it, each once") {
  Workload workload;
  workload.populations = {{"x", 8, true}, {"q", 8}, {"kv", 8}, {"att", 8}};
  workload.projections = {{0, 2, 8, 8}, {0, 1, 8, 8}, {3, 3, 8, 8}};
  workload.attentions = {{1, 2, 2, 3, 2}};
  const Connections connections(workload);
  using Indices = std::vector<int>;
  CHECK(connections.of(0).projectionsFrom == Indices{0, 1});
  CHECK(connections.of(0).projectionsInto.empty());
  CHECK(connections.of(1).projectionsInto == Indices{1});
  CHECK(connections.of(2).attentionsFrom == Indices{0}); // as keys and as values
  CHECK(connections.of(2).attentionsInto.empty());
  CHECK(connections.of(3).attentionsInto == Indices{0});
  CHECK(connections.of(3).projectionsFrom == Indices{2});
  CHECK(connections.of(3).projectionsInto == Indices{2});
}

TEST_CASE("attention takes the K and V spikes of its heads and the rows of q, k and v") {
  Workload workload;
  workload.timeSteps = 4;
  workload.maxTokens = 128;
  workload.populations = {{"q", 80}, {"k", 80}, {"v", 80}, {"att", 80}};
  workload.attentions = {{0, 1, 2, 3, 2}};
  CHECK(columnUnit(workload, 3) == 40);
  Slice slice = makeSlice(workload, 3, {40, 40});
  CHECK(slice.demand == test::amounts(40, 128 * 4 * 2 * 40, 120, 0));
  REQUIRE(slice.heads.size() == 1);
  CHECK(slice.heads[0].firstHead == 1);
  CHECK(slice.heads[0].heads == 1);
  workload.attentions[0].scoreBits = 24; // a membrane for each token that a query sees
  CHECK(makeSlice(workload, 3, {0, 80}).demand[Resource::SynapseMemory] ==
        128 * 4 * 2 * 80 + 2 * 128 * 24);
  workload.maxTokens = 1; // a grid of 16 points, which step together: of 4 queries all scores stand
  for (Population &population : workload.populations)
    population.points = 16;
  CHECK(makeSlice(workload, 3, {0, 80, 4, 4}).demand[Resource::SynapseMemory] ==
        16 * 4 * 2 * 80 + 2 * 4 * 16 * 24);
}

TEST_CASE("spikes reach the next stage, the host's readout of a stage is in it") {
  Workload workload;
  workload.populations = {{"x", 8, true}, {"a", 8}, {"out", 8}, {"read", 8, true}};
  workload.projections = {{0, 1, 8, 8, false, 8}, {1, 2, 8, 8, false, 8}};
  workload.populations[3].readouts = {2};
  CHECK(computeStages(workload).stages == std::vector<int>{0, 1, 2, 2});
}

TEST_CASE("amounts beyond int64 saturate instead of wrapping") {
  Workload workload;
  workload.populations = {{"x", int64_t{1} << 40, true}, {"y", int64_t{1} << 40}};
  workload.projections = {{0, 1, int64_t{1} << 40, int64_t{1} << 40, false, 8}};
  CHECK(makeSlice(workload, 1, {0, int64_t{1} << 40}).demand[Resource::SynapseMemory] == INT64_MAX);
}

TEST_CASE("heads of two attention ops in one population are cut at common multiples") {
  Workload workload;
  workload.populations = {{"q", 24}, {"att", 24}};
  workload.attentions = {{0, 0, 0, 1, 4}, {0, 0, 0, 1, 6}};
  CHECK(columnUnit(workload, 1) == 12);
  CHECK(columnUnit(workload, 0) == 1);
}

TEST_CASE("a stage is one more than the largest stage among the sources") {
  Workload workload;
  workload.populations = {{"host", 4, true}, {"a", 4}, {"b", 4}, {"lonely", 4}, {"c", 4}};
  workload.projections = {{0, 1, 4, 4}, {1, 2, 4, 4}, {0, 2, 4, 4}};
  workload.attentions = {{1, 2, 1, 4, 2}};
  CHECK(computeStages(workload).stages == std::vector<int>{0, 1, 2, 1, 3});
}

TEST_CASE("late spikes order nothing, and may go back") {
  Workload workload;
  workload.populations = {{"host", 4, true}, {"a", 4}, {"b", 4}, {"c", 4}};
  workload.projections = {{0, 1, 4, 4}, {1, 2, 4, 4}, {2, 1, 4, 4}, {2, 2, 4, 4}, {0, 3, 4, 4}};
  workload.projections[2].delays = {1};
  workload.projections[3].delays = {3, 1, 1, 2};
  workload.projections[4].delays = {2};
  // `c` waits for nobody, but what is on the chip updates behind the host's first spikes.
  CHECK(computeStages(workload).stages == std::vector<int>{0, 1, 2, 1});
  workload.projections[3].delays[1] = 0; // not late in this column
  CHECK(computeStages(workload).cycle == std::vector<int>{2});
}

TEST_CASE("a spike is held back for the updates of its target beyond the next one") {
  Workload workload;
  workload.populations = {{"host", 4, true}, {"a", 3}, {"b", 5}};
  workload.populations[1].spikeBits = 2;
  workload.projections = {{0, 1, 4, 3, false, 8},
                          {1, 2, 3, 5, false, 8},
                          {2, 1, 5, 3, false, 8},
                          {2, 2, 5, 5, true, 8}};
  workload.projections[1].delays = {2, 0, 3};
  workload.projections[2].delays = {1};
  workload.projections[3].delays = {4};
  setWraps(workload, {0, 1, 2});
  CHECK(workload.projections[1].mostHeldSteps() == 3);
  CHECK(workload.projections[2].mostHeldSteps() == 0);
  CHECK(workload.projections[3].mostHeldSteps() == 3); // `b` has updated when its own spike comes
  // Two bits for each of five updates, whatever the columns; a bit for each of three updates and
  // each of the diagonal's columns.
  const Slice slice = makeSlice(workload, 2, {1, 2});
  REQUIRE(slice.synapses.size() == 2);
  CHECK(slice.synapses[0].memoryBits == 3 * 2 * 8 + 5 * 2);
  CHECK(slice.synapses[1].memoryBits == 2 * (8 + 1) + 2 * 3);
  CHECK(slice.demand[Resource::SynapseMemory] ==
        slice.synapses[0].memoryBits + slice.synapses[1].memoryBits);
  CHECK(makeSlice(workload, 1, {0, 3}).synapses[1].memoryBits == 5 * 3 * 8);
  // The largest slice of two columns is that of the two which wait longest.
  workload.projections[3].delays = {1, 1, 1, 4, 4};
  CHECK(makeSlice(workload, 2, {0, 2}).synapses[1].memoryBits == 2 * (8 + 1));
  CHECK(largestDemand(workload, 2, 2, 1)[Resource::SynapseMemory] ==
        3 * 2 * 8 + 5 * 2 + 2 * (8 + 1) + 2 * 3);
}

TEST_CASE("what the host sends into a cycle comes before its readouts there") {
  Workload workload;
  workload.populations = {{"x", 4, true}, {"a", 4}, {"read", 4}, {"back", 4, true}, {"b", 4}};
  workload.projections = {{0, 1, 4, 4}, {1, 2, 4, 4}, {3, 4, 4, 4}, {4, 4, 4, 4}};
  workload.projections[3].delays = {1};
  workload.populations[3].readBefore = {2};
  CHECK(!findHostInCycle(workload)); // only `b` feeds itself
  workload.projections[3].target = 1;
  const auto found = findHostInCycle(workload);
  REQUIRE(found);
  CHECK(found->population == 3);
  CHECK(found->readout == 2);
  CHECK(found->cycle.first == 1);
  CHECK(found->cycle.last == 4);
  workload.populations[3].readBefore = {};
  CHECK(!findHostInCycle(workload));
}

TEST_CASE("populations in a cycle have no stages, and the cycle is named in order") {
  Workload workload;
  workload.populations = {{"host", 4, true}, {"a", 4}, {"b", 4}, {"c", 4}};
  workload.projections = {{0, 1, 4, 4}, {1, 2, 4, 4}, {2, 3, 4, 4}, {3, 1, 4, 4}};
  StageResult result = computeStages(workload);
  CHECK(result.stages.empty());
  CHECK(result.cycle == std::vector<int>{1, 2, 3});
}
