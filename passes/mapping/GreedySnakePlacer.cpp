// GreedySnakePlacer: slices in topological order, cores along a snake curve.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/CoreSwaps.h"
#include "passes/mapping/PlacementState.h"

#include <algorithm>
#include <numeric>

namespace synfire::mapping {

namespace {

/// How many cores a slice tries before, and from, the first core of the curve that no slice has
/// used.
constexpr int kWindowCores = 24;

/// The indices of all cores along the snake curve: row by row, every other row backwards, from the
/// corner that is nearest to the host's port. Thus neighbours on the curve are neighbours on the
/// mesh. The cores of one tile keep the order of the board, which is that of their numbers.
/// Counting the cores of each tile takes less time than sorting them, for a board may have a
/// million.
std::vector<int> snakeOrder(const Board &board) {
  const bool fromEast = 2 * board.hostX >= board.width;
  const bool fromNorth = 2 * board.hostY >= board.height;
  auto tileOf = [&](const Core &core) {
    int y = fromNorth ? board.height - 1 - core.y : core.y;
    bool backwards = fromEast != (y % 2 == 1);
    int x = backwards ? board.width - 1 - core.x : core.x;
    return (static_cast<size_t>(core.chip) * board.height + y) * board.width + x;
  };
  // By tile: the number of cores of the tile before it, and after the summation the position in
  // `order` of the next core of the tile.
  std::vector<int> next;
  for (const Core &core : board.cores) {
    const size_t tile = tileOf(core);
    if (tile + 1 >= next.size())
      next.resize(tile + 2);
    ++next[tile + 1];
  }
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<int> order(board.cores.size());
  for (size_t core = 0; core < order.size(); ++core)
    order[next[tileOf(board.cores[core])]++] = static_cast<int>(core);
  return order;
}

/// The slices by falling memory: if large slices come first, packing wastes least.
std::vector<int> decreasingOrder(const MappingProblem &problem) {
  std::vector<int> order(problem.slices().size());
  std::iota(order.begin(), order.end(), 0);
  auto memory = [&](int slice) { return problem.slices()[slice].demand[Resource::SynapseMemory]; };
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return memory(a) > memory(b); });
  return order;
}

/// Why no core has room for the slice: the resource that most cores lack, and the largest amount of
/// it that one of these cores has left.
PlacementFailure explain(const PlacementState &state, int cores, int slice) {
  std::array<int, kResources> count{};
  std::array<std::optional<Shortage>, kResources> mildest;
  for (int core = 0; core < cores; ++core) {
    std::optional<Shortage> shortage = state.lacking(slice, core);
    if (!shortage)
      continue;
    auto resource = static_cast<size_t>(shortage->resource);
    ++count[resource];
    if (!mildest[resource] || shortage->left > mildest[resource]->left)
      mildest[resource] = shortage;
  }
  auto most = std::max_element(count.begin(), count.end()) - count.begin();
  if (!mildest[most])
    return {slice, Resource::Neurons, 1, 0}; // a board without cores
  return {slice, mildest[most]->resource, mildest[most]->needed, mildest[most]->left};
}

/// The position in snake[first, last) of the core with room for the slice that adds the fewest
/// packet hops, of equal ones the first; -1 if none has room.
int cheapest(const PlacementState &state, const std::vector<int> &snake, int first, int last,
             int slice) {
  int best = -1;
  double bestCost = 0;
  for (int i = first; i < last; ++i) {
    if (state.lacking(slice, snake[i]))
      continue;
    double cost = state.addedPacketHops(slice, snake[i]);
    if (best < 0 || cost < bestCost) {
      best = i;
      bestCost = cost;
    }
  }
  return best;
}

/// Places the slices in this order, each near the end of the used part of the curve if it finds
/// room there, else on any core.
PlacementResult fill(const MappingProblem &problem, const std::vector<int> &order,
                     bool reserveAxonOut) {
  PlacementState state(problem, reserveAxonOut);
  std::vector<int> snake = snakeOrder(problem.board());
  int cores = static_cast<int>(snake.size());
  int unused = 0; // the position after the last used core
  for (int slice : order) {
    int position = cheapest(state, snake, std::max(0, unused - kWindowCores),
                            std::min(cores, unused + kWindowCores), slice);
    if (position < 0)
      position = cheapest(state, snake, 0, cores, slice);
    if (position < 0)
      return explain(state, cores, slice);
    state.place(slice, snake[position]);
    unused = std::max(unused, position + 1);
  }
  return state.placement();
}

/// Puts each slice on the core with room that adds the fewest expected packets x hops, so that
/// consecutive stages share cores until these are full. It tries the slices in topological order
/// first and then by falling memory; in each order it first counts axon-out entries exactly, and
/// then reserves them (PlacementState). It fails if none of these four attempts packs the slices.
/// Along the curve populations become rows as long as the board; exchanges of cores then make
/// neighbours of those that talk to each other.
/// It draws no random numbers, so that the seed has no effect.
class GreedySnakePlacer : public Placer {
public:
  std::string_view name() const override { return "greedy-snake"; }
  std::string_view summary() const override {
    return "fills cores along a snake curve in topological order, each slice "
           "where it adds the fewest packet hops, then exchanges cores";
  }
  PlacementResult place(const MappingProblem &problem,
                        const PlacerOptions &options) const override {
    std::optional<PlacementFailure> first;
    for (const std::vector<int> &order :
         {problem.hypergraph().topologicalOrder(), decreasingOrder(problem)})
      for (bool reserveAxonOut : {false, true}) {
        PlacementResult result = fill(problem, order, reserveAxonOut);
        if (auto *placement = std::get_if<Placement>(&result)) {
          if (options.good)
            swapCores(problem, *placement);
          return result;
        }
        if (!first)
          first = std::get<PlacementFailure>(result);
      }
    return *first;
  }
};

} // namespace

const Placer &greedySnakePlacer() {
  static const GreedySnakePlacer placer;
  return placer;
}

} // namespace synfire::mapping
