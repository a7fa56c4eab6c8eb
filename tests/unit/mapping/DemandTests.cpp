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

TEST_CASE("populations in a cycle have no stages, and the cycle is named in order") {
  Workload workload;
  workload.populations = {{"host", 4, true}, {"a", 4}, {"b", 4}, {"c", 4}};
  workload.projections = {{0, 1, 4, 4}, {1, 2, 4, 4}, {2, 3, 4, 4}, {3, 1, 4, 4}};
  StageResult result = computeStages(workload);
  CHECK(result.stages.empty());
  CHECK(result.cycle == std::vector<int>{1, 2, 3});
}
