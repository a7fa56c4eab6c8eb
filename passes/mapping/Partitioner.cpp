// Partitioner: cuts populations into even slices, targets before their sources.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/Partitioner.h"
#include "passes/mapping/ProblemBuilder.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace synfire::mapping {

namespace {

/// One attempt: every slice takes at most 1/share of a core.
class Splitter {
public:
  Splitter(const Connections &connections, const Amounts &capacity, int share)
      : connections(connections), workload(connections.workload), capacity(capacity), share(share),
        sliceCount(workload.populations.size(), 1) {}

  PartitionResult run();

private:
  /// How many slices read one column of the population. If each of them were on a core of its own,
  /// the column would take as many axon-out entries. Through a dense projection all slices of the
  /// target read the column; through attention or a diagonal one only one slice does, or one for
  /// each time step when every step has rows of its own.
  int64_t targetsPerColumn(int population) const;
  Amounts demand(int population, int64_t columns) const;
  std::optional<Resource> exceeded(const Amounts &demand, int divisor) const;

  const Connections &connections;
  const Workload &workload;
  const Amounts &capacity;
  int share;
  std::vector<int64_t> sliceCount;
};

int64_t Splitter::targetsPerColumn(int population) const {
  std::map<int, int64_t> targets;
  for (int i : connections.of(population).projectionsFrom) {
    const Projection &projection = workload.projections[i];
    int64_t &slices = targets[projection.target];
    const int64_t all = sliceCount[projection.target];
    const int64_t ofDiagonal =
        projection.rowStride > 0 ? std::min(all, workload.timeSteps) : int64_t{1};
    slices = std::max(slices, projection.diagonal ? ofDiagonal : all);
  }
  for (int i : connections.of(population).attentionsFrom) {
    int64_t &slices = targets[workload.attentions[i].target];
    slices = std::max<int64_t>(slices, 1);
  }
  int64_t sum = 0;
  for (auto [target, slices] : targets)
    sum += slices;
  return sum;
}

Amounts Splitter::demand(int population, int64_t columns) const {
  Amounts amounts = makeSlice(connections, population, 0, columns).demand;
  if (__builtin_mul_overflow(columns, targetsPerColumn(population), &amounts[Resource::AxonOut]))
    amounts[Resource::AxonOut] = INT64_MAX;
  return amounts;
}

std::optional<Resource> Splitter::exceeded(const Amounts &demand, int divisor) const {
  for (Resource resource : kAllResources)
    if (demand[resource] > capacity[resource] / divisor)
      return resource;
  return std::nullopt;
}

PartitionResult Splitter::run() {
  std::vector<int> stages = computeStages(workload).stages;
  std::vector<int> order(workload.populations.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return stages[a] > stages[b]; });
  // First decide how many slices each population needs, targets before their sources, because the
  // number of a target's slices decides how many axon-out entries a source takes.
  for (int population : order) {
    if (workload.populations[population].onHost)
      continue;
    int64_t unit = columnUnit(connections, population);
    Amounts least = demand(population, unit);
    // demand() assumes that every target slice is on a core of its own. What is really needed is
    // one entry per column, since all targets may share a core.
    int64_t &axonOut = least[Resource::AxonOut];
    axonOut = std::min(axonOut, unit);
    if (std::optional<Resource> resource = exceeded(least, 1))
      return PartitionFailure{PartitionFailure::Kind::UnitTooLarge, population, *resource,
                              least[*resource], capacity[*resource]};
    int64_t units = workload.populations[population].columns / unit;
    int64_t fitting = 1, over = units + 1; // bisected: demand grows with columns
    while (over - fitting > 1) {
      int64_t middle = fitting + (over - fitting) / 2;
      bool fits = !exceeded(demand(population, middle * unit), share);
      (fits ? fitting : over) = middle;
    }
    sliceCount[population] = (units + fitting - 1) / fitting;
  }

  // Then make the slices, as evenly as whole units allow.
  std::vector<Slice> slices;
  for (int population = 0; population < static_cast<int>(workload.populations.size());
       ++population) {
    if (workload.populations[population].onHost)
      continue;
    int64_t unit = columnUnit(connections, population);
    int64_t units = workload.populations[population].columns / unit;
    int64_t count = sliceCount[population], first = 0;
    for (int64_t i = 0; i < count; ++i) {
      int64_t columns = (units / count + (i < units % count ? 1 : 0)) * unit;
      slices.push_back(makeSlice(connections, population, first, columns));
      first += columns;
    }
  }
  return slices;
}

} // namespace

PartitionResult partition(const Workload &workload, const Board &board) {
  Amounts capacity; // a slice must fit the largest core
  for (const Core &core : board.cores)
    for (Resource resource : kAllResources)
      capacity[resource] = std::max(capacity[resource], core.capacity[resource]);

  // This check comes before any slice is made, because it bounds their number.
  int64_t columns = 0, neurons = 0;
  for (const Population &population : workload.populations)
    if (!population.onHost && __builtin_add_overflow(columns, population.columns, &columns))
      columns = INT64_MAX;
  for (const Core &core : board.cores)
    neurons += core.capacity[Resource::Neurons];
  if (columns > neurons)
    return PartitionFailure{PartitionFailure::Kind::TotalTooLarge, -1, Resource::Neurons, columns,
                            neurons};

  const Connections connections(workload);
  // Smaller slices pack more easily, but make more traffic. If no size packs, the reported failure
  // is that of the largest.
  std::optional<PartitionFailure> failure;
  for (int share : {1, 2, 4, 8}) {
    PartitionResult result = Splitter(connections, capacity, share).run();
    if (std::holds_alternative<PartitionFailure>(result))
      return failure ? *failure : result;
    std::vector<Slice> &slices = std::get<std::vector<Slice>>(result);
    MappingProblem problem = buildProblem(workload, slices, board).problem;
    for (const Violation &violation : problem.check())
      if (violation.rule == Rule::TotalTooLarge)
        return failure
                   ? *failure
                   : PartitionFailure{PartitionFailure::Kind::TotalTooLarge, -1,
                                      *violation.resource, violation.needed, violation.available};
    PlacementResult packed = findPlacer(kDefaultPlacer)->place(problem, {});
    if (std::holds_alternative<Placement>(packed))
      return result;
    if (failure)
      continue;
    const auto &lack = std::get<PlacementFailure>(packed);
    failure = PartitionFailure{PartitionFailure::Kind::NoPacking, slices[lack.slice].population,
                               lack.resource, lack.needed, lack.available};
  }
  return *failure;
}

} // namespace synfire::mapping
