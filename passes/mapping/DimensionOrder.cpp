// DimensionOrder: routes of a placement, first along x, then along y.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/DimensionOrder.h"
#include "support/MeshLinks.h"

#include <map>

namespace synfire::mapping {

std::vector<int32_t> dimensionOrderPath(const Board &board, int fromX, int fromY, int toX,
                                        int toY) {
  const MeshLinks mesh{board.width, board.height};
  const MeshPlace target{toX, toY};
  std::vector<int32_t> links;
  MeshPlace here{fromX, fromY};
  while (std::optional<Direction> step = dimensionOrderStep(here, target)) {
    links.push_back(mesh.link(here, *step));
    here = here.next(*step);
  }
  return links;
}

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
      bool fromHost = edge.source == kHost;
      const Core &source = board.cores[fromHost ? core : placement[edge.source]];
      route.links = dimensionOrderPath(board, fromHost ? board.hostX : source.x,
                                       fromHost ? board.hostY : source.y, target.x, target.y);
      result.push_back(std::move(route));
    }
  }
  solution.coreOfSlice = std::move(placement);
  return solution;
}

} // namespace synfire::mapping
