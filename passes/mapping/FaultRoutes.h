// FaultRoutes: routes around faulty links.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_FAULTROUTES_H
#define SYNFIRE_PASSES_MAPPING_FAULTROUTES_H

#include "passes/mapping/MappingProblem.h"

namespace synfire::mapping {

/// A route that does not exist.
struct NoRoute {
  int edge = -1, core = -1; ///< a hyperedge and a core that reads it
  MeshPlace from, to;       ///< the tiles of both
  /// Whether some path of working links leads there, but no set of LegalTurns has one.
  bool connected = false;
};

/// Replaces the paths of a solution of routeDimensionOrder() that take faulty links, so that none
/// does and the channel dependencies of all have no cycle. Of the sets of LegalTurns that have a
/// path for every route it takes the one with the fewest expected packets x links, of equal ones
/// the first; a route that the set allows keeps its dimension order, and any other gets a shortest
/// path of the set. Returns the first route for which set 0 has no path when
/// no set has a path for every one; one that no path of working links has comes first. Then the
/// solution is unchanged. Without faulty links on its paths a solution stays as it is.
std::optional<NoRoute> avoidFaults(const MappingProblem &problem, Solution &solution);

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_FAULTROUTES_H
