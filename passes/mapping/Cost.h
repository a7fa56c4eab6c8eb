// Cost: what a placement costs in expected network traffic.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_COST_H
#define SYNFIRE_PASSES_MAPPING_COST_H

#include "passes/mapping/MappingProblem.h"

namespace synfire::mapping {

/// The expected traffic in one time step of one token. A spike is one packet to each core that
/// reads it, and a packet crosses one link per hop between the tiles of the two cores.
struct MappingCost {
  double packets = 0;    ///< those to the own core included
  double packetHops = 0; ///< packets x links crossed
  double hottestLinkPackets = 0;
  int32_t hottestLink = -1; ///< smallest of equals; -1: no link is used
  int coresUsed = 0;
};

/// MappingCost::packetHops of a placement, as if no link were faulty. No routes are needed, as all
/// shortest paths have the same number of links; the way around a faulty link may have more.
/// Precondition: every slice has a core.
double packetHops(const MappingProblem &problem, const Placement &placement);

/// The whole cost of a solution, by its routes. Precondition: MappingProblem::verify() accepts it.
MappingCost mappingCost(const MappingProblem &problem, const Solution &solution);

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_COST_H
