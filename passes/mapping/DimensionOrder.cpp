// DimensionOrder: routes of a placement, first along x, then along y.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/DimensionOrder.h"
#include "support/MeshPaths.h"

#include <map>

namespace synfire::mapping {

Solution routeDimensionOrder(const MappingProblem &problem, Placement placement) {
  const Board &board = problem.board();
  Solution solution;
  for (const Hyperedge &edge : problem.hypergraph().edges()) {
    std::map<int, NeuronBlock> spans; // by core: what it reads
    for (const Pin &pin : edge.pins)
      spans.emplace(placement[pin.slice], pin.block()).first->second.cover(pin.block());
    std::vector<Route> &result = solution.routes.emplace_back();
    for (auto &[core, span] : spans) {
      Route route{core, span.firstColumn, span.columns, {}, span.firstPoint, span.points};
      const Core &target = board.cores[core];
      const MeshPlace source =
          edge.source == kHost ? board.hostPlace() : board.cores[placement[edge.source]].place();
      route.links = dimensionOrderPath(board.links(), source, target.place());
      result.push_back(std::move(route));
    }
  }
  solution.coreOfSlice = std::move(placement);
  return solution;
}

} // namespace synfire::mapping
