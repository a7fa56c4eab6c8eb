// Partitioner: cuts populations into even slices, targets before their sources.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/Partitioner.h"
#include "passes/mapping/ProblemBuilder.h"
#include "support/Saturating.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace synfire::mapping {

namespace {

/// How a population is cut: into blocks of columns, and each of them into ranges of points.
struct Cut {
  int64_t columnBlocks = 1;
  std::vector<PointRange> ranges = {{0, 1}};

  int64_t slices() const { return columnBlocks * static_cast<int64_t>(ranges.size()); }
};

/// Part `i` of `units` that are divided into `count` parts as evenly as can be.
int64_t evenPart(int64_t units, int64_t count, int64_t i) {
  return units / count + (i < units % count ? 1 : 0);
}

/// `points` points of a grid whose rows have `width` in ranges of at most `most`, as even as can
/// be: whole rows where `most` holds one, else parts of a row.
std::vector<PointRange> rangesOf(int64_t points, int64_t width, int64_t most) {
  const int64_t unit = most >= width ? width : 1, rows = most >= width ? 1 : points / width;
  const int64_t units = points / rows / unit; // to be divided, in each of `rows`
  const int64_t count = (units + most / unit - 1) / (most / unit);
  std::vector<PointRange> ranges;
  int64_t first = 0;
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t i = 0; i < count; ++i) {
      const int64_t size = evenPart(units, count, i) * unit;
      ranges.push_back({first, size});
      first += size;
    }
  return ranges;
}

/// One attempt: every slice takes at most 1/share of a core.
class Splitter {
public:
  Splitter(const Connections &connections, const Amounts &capacity, int share)
      : connections(connections), workload(connections.workload), capacity(capacity), share(share),
        cuts(workload.populations.size()) {}

  PartitionResult run();

private:
  /// How many slices read one column of a slice of the population that has these points. If each of
  /// them were on a core of its own, the column would take as many axon-out entries. Through a
  /// dense projection all slices of the target read the column; through attention or a diagonal one
  /// only one slice of the same points does, or one for each time step when every step has rows of
  /// its own, and one for each head of queries that shares a head of keys.
  int64_t targetsPerColumn(int population, int64_t points) const;
  /// How many of the target's ranges of points read a range of `points` of the source, on average
  /// and rounded up. `window`: of the projection; without one, all of them do.
  int64_t readingRanges(const std::optional<GridWindow> &window, int target, int64_t points) const;
  Amounts demand(int population, int64_t columns, int64_t points) const;
  std::optional<Resource> exceeded(const Amounts &demand, int divisor) const;
  /// The most columns, a multiple of `unit`, whose slice with this many points fits; at least one
  /// unit.
  int64_t fittingColumns(int population, int64_t unit, int64_t points) const;
  /// The cut of a spatial population that costs the fewest packets, and of these the fewest slices.
  Cut cutGrid(int population, int64_t unit) const;
  /// The neurons whose spikes come to the slices of a population, each counted for every slice.
  double packetsInto(int population, const Cut &cut, int64_t columns) const;
  /// The points of a row of the population's grid.
  int64_t rowWidth(int population) const;

  const Connections &connections;
  const Workload &workload;
  const Amounts &capacity;
  int share;
  std::vector<Cut> cuts; ///< by population
};

int64_t Splitter::readingRanges(const std::optional<GridWindow> &window, int target,
                                int64_t points) const {
  const std::vector<PointRange> &ranges = cuts[target].ranges;
  if (!window)
    return static_cast<int64_t>(ranges.size());
  int64_t pairs = 0;
  for (const PointRange &range : ranges)
    if (const PointRange read = window->sourcesOf(range); read.count > 0)
      pairs += (read.end() - 1) / points - read.first / points + 1;
  const int64_t sources = (window->sources() + points - 1) / points;
  return (pairs + sources - 1) / sources;
}

int64_t Splitter::targetsPerColumn(int population, int64_t points) const {
  std::map<int, int64_t> targets;
  for (int i : connections.of(population).projectionsFrom) {
    const Projection &projection = workload.projections[i];
    int64_t &slices = targets[projection.target];
    const int64_t blocks = cuts[projection.target].columnBlocks;
    const int64_t ofDiagonal =
        projection.rowStride > 0 ? std::min(blocks, workload.timeSteps) : int64_t{1};
    slices = std::max(slices, (projection.diagonal ? ofDiagonal : blocks) *
                                  readingRanges(projection.window, projection.target, points));
  }
  for (int i : connections.of(population).attentionsFrom) {
    const Attention &attention = workload.attentions[i];
    int64_t &slices = targets[attention.target];
    const int64_t sharing = attention.groups.heads / attention.groups.keyHeads;
    const int64_t blocks = std::min(sharing, cuts[attention.target].columnBlocks);
    slices = std::max(slices, blocks * readingRanges(std::nullopt, attention.target, points));
  }
  int64_t sum = 0;
  for (auto [target, slices] : targets)
    sum += slices;
  return sum;
}

Amounts Splitter::demand(int population, int64_t columns, int64_t points) const {
  Amounts amounts = largestDemand(connections, population, columns, points);
  if (__builtin_mul_overflow(columns, targetsPerColumn(population, points),
                             &amounts[Resource::AxonOut]))
    amounts[Resource::AxonOut] = INT64_MAX;
  return amounts;
}

int64_t Splitter::fittingColumns(int population, int64_t unit, int64_t points) const {
  int64_t fitting = 1; // bisected: demand grows with columns
  int64_t over = workload.populations[population].columns / unit + 1;
  while (over - fitting > 1) {
    const int64_t middle = fitting + (over - fitting) / 2;
    const bool fits = !exceeded(demand(population, middle * unit, points), share);
    (fits ? fitting : over) = middle;
  }
  return fitting * unit;
}

int64_t Splitter::rowWidth(int population) const {
  for (int i : connections.of(population).projectionsInto)
    if (const std::optional<GridWindow> &window = workload.projections[i].window)
      return window->x.targets();
  return workload.populations[population].points;
}

double Splitter::packetsInto(int population, const Cut &cut, int64_t columns) const {
  double packets = 0;
  for (int i : connections.of(population).projectionsInto) {
    const Projection &projection = workload.projections[i];
    const int64_t sourceColumns = workload.populations[projection.source].columns;
    const int64_t read =
        projection.diagonal ? columns : projection.columnsRead(0, columns, sourceColumns).columns;
    int64_t points = 0;
    for (const PointRange &range : cut.ranges)
      points += projection.window ? projection.window->sourcesOf(range).count
                                  : workload.populations[projection.source].points;
    packets += static_cast<double>(cut.columnBlocks * read) * static_cast<double>(points);
  }
  for (int i : connections.of(population).attentionsInto) {
    const Attention &attention = workload.attentions[i];
    const auto all = static_cast<double>(workload.populations[attention.k].points);
    const auto queries = static_cast<double>(workload.populations[population].columns);
    const auto keys = static_cast<double>(workload.populations[attention.k].columns);
    packets +=
        all * ((attention.q < 0 ? 0 : queries) + 2 * keys * static_cast<double>(cut.ranges.size()));
  }
  return packets;
}

Cut Splitter::cutGrid(int population, int64_t unit) const {
  const int64_t points = workload.populations[population].points;
  const int64_t width = rowWidth(population);
  const int64_t units = workload.populations[population].columns / unit;
  // With fewer points a slice has more columns: all rows of the grid, half of them and so on, then
  // halves of a row.
  std::vector<int64_t> sizes;
  for (int64_t rows = points / width; rows > 1; rows = (rows + 1) / 2)
    sizes.push_back(rows * width);
  for (int64_t part = width; part > 1; part = (part + 1) / 2)
    sizes.push_back(part);
  sizes.push_back(1);
  std::optional<Cut> best;
  double fewest = 0;
  for (int64_t size : sizes) {
    if (exceeded(demand(population, unit, size), share))
      continue;
    const int64_t most = fittingColumns(population, unit, size) / unit;
    Cut cut{(units + most - 1) / most, rangesOf(points, width, size)};
    const int64_t columns = (units + cut.columnBlocks - 1) / cut.columnBlocks * unit;
    const double packets = packetsInto(population, cut, columns);
    if (!best || packets < fewest || (packets == fewest && cut.slices() < best->slices())) {
      best = std::move(cut);
      fewest = packets;
    }
  }
  if (!best) // as a single unit at one point does not fit this share of a core, but an empty core
    best = Cut{units, rangesOf(points, width, 1)};
  return *best;
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
  // First decide how each population is cut, targets before their sources, because the number of a
  // target's slices decides how many axon-out entries a source takes. Where spikes go back, a
  // second round knows the cuts of all targets.
  const bool feedsBack =
      std::ranges::any_of(workload.projections, [&](const Projection &projection) {
        return stages[projection.target] <= stages[projection.source];
      });
  const size_t first = order.size();
  order.resize(feedsBack ? 2 * first : first);
  std::copy_n(order.begin(), order.size() - first, order.begin() + static_cast<ptrdiff_t>(first));
  for (int population : order) {
    const Population &one = workload.populations[population];
    if (one.onHost)
      continue;
    int64_t unit = columnUnit(connections, population);
    Amounts least = demand(population, unit, 1);
    // demand() assumes that every target slice is on a core of its own. What is really needed is
    // one entry per column, since all targets may share a core.
    int64_t &axonOut = least[Resource::AxonOut];
    axonOut = std::min(axonOut, unit);
    if (std::optional<Resource> resource = exceeded(least, 1))
      return PartitionFailure{PartitionFailure::Kind::UnitTooLarge, population, *resource,
                              least[*resource], capacity[*resource]};
    if (one.points > 1) {
      cuts[population] = cutGrid(population, unit);
    } else {
      const int64_t fitting = fittingColumns(population, unit, 1);
      cuts[population].columnBlocks = (one.columns + fitting - 1) / fitting;
    }
  }

  // Then make the slices, as evenly as whole units allow.
  std::vector<Slice> slices;
  for (int population = 0; population < static_cast<int>(workload.populations.size());
       ++population) {
    if (workload.populations[population].onHost)
      continue;
    int64_t unit = columnUnit(connections, population);
    int64_t units = workload.populations[population].columns / unit;
    int64_t count = cuts[population].columnBlocks, first = 0;
    for (int64_t i = 0; i < count; ++i) {
      int64_t columns = evenPart(units, count, i) * unit;
      for (const PointRange &range : cuts[population].ranges)
        slices.push_back(
            makeSlice(connections, population, {first, columns, range.first, range.count}));
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
    if (!population.onHost)
      columns = saturatingAdd(columns, saturatingMultiply(population.columns, population.points));
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
    PlacementResult packed = findPlacer(kDefaultPlacer)->place(problem, {.good = false});
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
