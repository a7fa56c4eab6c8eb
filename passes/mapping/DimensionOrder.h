// DimensionOrder: the links that a placement's spikes take.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_DIMENSIONORDER_H
#define SYNFIRE_PASSES_MAPPING_DIMENSIONORDER_H

#include "passes/mapping/MappingProblem.h"

namespace synfire::mapping {

/// Completes a placement by routes: for each hyperedge one to every core that holds a pin of it, by
/// core ascending, along the dimension-order path, also where that takes faulty links
/// (avoidFaults() mends those). A route carries the source columns from the first to the last that
/// a pin on its core reads. As no such path turns from y to x, and the channels of a ring are two
/// (support/MeshPaths.h), the channel dependencies of any set of them have no cycle. Precondition:
/// every slice has a core.
Solution routeDimensionOrder(const MappingProblem &problem, Placement placement);

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_DIMENSIONORDER_H
