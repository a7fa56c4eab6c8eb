// DimensionOrder: the links that a placement's spikes take.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_DIMENSIONORDER_H
#define SYNFIRE_PASSES_MAPPING_DIMENSIONORDER_H

#include "passes/mapping/MappingProblem.h"

namespace synfire::mapping {

/// The links of the dimension-order (XY) path from one tile to another, in order: first along x,
/// then along y. Empty when both are the same tile. As no such path turns from y to x, the channel
/// dependencies of any set of them have no cycle.
std::vector<int32_t> dimensionOrderPath(const Board &board, int fromX, int fromY, int toX, int toY);

/// Completes a placement by routes: for each hyperedge one to every core that holds a pin of it, by
/// core ascending, along the dimension-order path. A route carries the source columns from the
/// first to the last that a pin on its core reads. Precondition: every slice has a core.
Solution routeDimensionOrder(const MappingProblem &problem, Placement placement);

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_DIMENSIONORDER_H
