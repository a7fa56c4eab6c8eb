// DimensionOrder: the links that a placement's spikes take.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_DIMENSIONORDER_H
#define SYNFIRE_PASSES_MAPPING_DIMENSIONORDER_H

#include "passes/mapping/MappingProblem.h"

namespace synfire::mapping {

/// Dimension-order (XY) path between two tiles: first along x, then along y.
/// Never turns from y to x, so its channel dependencies have no cycle.
std::vector<int32_t> dimensionOrderPath(const Board &board, int fromX, int fromY, int toX, int toY);

/// One route per hyperedge and core that holds a pin of it, cores ascending,
/// carrying the columns from the first to the last that is needed there.
Solution routeDimensionOrder(const MappingProblem &problem, Placement placement);

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_DIMENSIONORDER_H
