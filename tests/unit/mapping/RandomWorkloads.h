// RandomWorkloads: small boards and layered random networks for the tests.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_MAPPING_RANDOMWORKLOADS_H
#define SYNFIRE_TESTS_UNIT_MAPPING_RANDOMWORKLOADS_H

#include "passes/mapping/ProblemBuilder.h"
#include "targets/ChipModel.h"

#include <random>

namespace synfire::mapping::test {

/// Draws the same numbers with every standard library.
class Dice {
public:
  explicit Dice(uint32_t seed) : engine(seed) {}
  int64_t between(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(engine() % static_cast<uint64_t>(high - low + 1));
  }
  bool oneIn(int64_t n) { return between(1, n) == 1; }

private:
  std::mt19937 engine;
};

inline Board makeTestBoard(int width, int height, int coresPerTile, Amounts capacity) {
  ChipModel chip;
  chip.mesh = {width, height, coresPerTile};
  chip.core.neurons = static_cast<int>(capacity[Resource::Neurons]);
  chip.core.synapseMemoryBits = capacity[Resource::SynapseMemory];
  chip.core.axonInEntries = capacity[Resource::AxonIn];
  chip.core.axonOutEntries = capacity[Resource::AxonOut];
  chip.host.portX = width - 1;
  return makeBoard(chip);
}

/// Neurons, memory bits, axon-in, axon-out.
inline Amounts amounts(int64_t neurons, int64_t memory, int64_t axonIn, int64_t axonOut) {
  Amounts result;
  result.values = {neurons, memory, axonIn, axonOut};
  return result;
}

/// A host population, then `layers` populations, each fed by earlier ones:
/// dense, diagonal where widths agree, now and then an attention.
inline Workload randomWorkload(Dice &dice, int layers) {
  Workload workload;
  workload.timeSteps = dice.between(1, 4);
  workload.maxTokens = dice.between(1, 16);
  workload.populations.push_back({"host", dice.between(1, 20), true});
  for (int p = 1; p <= layers; ++p) {
    int64_t columns = dice.oneIn(2) ? 12 : dice.between(1, 40);
    workload.populations.push_back({"p" + std::to_string(p), columns, false});
    auto earlier = [&] { return static_cast<int>(dice.between(0, p - 1)); };
    auto columnsOf = [&](int q) { return workload.populations[q].columns; };
    int a = static_cast<int>(dice.between(1, p)), b = static_cast<int>(dice.between(1, p));
    if (p > 2 && a < p && b < p && columns == 12 && columnsOf(a) == 12 && columnsOf(b) == 12) {
      workload.attentions.push_back({a, b, a, p, dice.oneIn(2) ? 3 : 4});
      continue;
    }
    for (int64_t i = dice.between(1, 3); i > 0; --i) {
      int source = earlier();
      bool diagonal = columnsOf(source) == columns && dice.oneIn(2);
      workload.projections.push_back(
          {source, p, columnsOf(source), columns, diagonal, dice.between(1, 8)});
    }
  }
  return workload;
}

/// Gives dense projections weights of which some are 0, and a core the form for it.
inline void leaveOutZeros(Workload &workload, Dice &dice) {
  if (dice.oneIn(3))
    workload.indexBits = static_cast<int>(dice.between(1, 6));
  for (Projection &projection : workload.projections) {
    if (projection.diagonal || dice.oneIn(3))
      continue;
    const int64_t most = dice.between(0, projection.rows);
    projection.nonzerosBefore = {0};
    for (int64_t c = 0; c < projection.columns; ++c)
      projection.nonzerosBefore.push_back(projection.nonzerosBefore.back() + dice.between(0, most));
  }
}

/// Slices s0 -> s1 -> ..., each of `columns` neurons that all the next one reads;
/// the host feeds s0.
inline MappingProblem chainProblem(Board board, int count, int64_t columns) {
  std::vector<SliceNode> nodes;
  std::vector<Hyperedge> edges = {{kHost, 0, columns, 1.0, {{0, 0, columns}}}};
  for (int s = 0; s < count; ++s) {
    nodes.push_back({"s" + std::to_string(s), amounts(columns, 8 * columns, columns, 0)});
    if (s + 1 < count)
      edges.push_back({s, 0, columns, 1.0, {{s + 1, 0, columns}}});
  }
  return MappingProblem(std::move(board), std::move(nodes), std::move(edges));
}

} // namespace synfire::mapping::test

#endif // SYNFIRE_TESTS_UNIT_MAPPING_RANDOMWORKLOADS_H
