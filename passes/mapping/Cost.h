// Cost: what a placement costs in expected network traffic.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_COST_H
#define SYNFIRE_PASSES_MAPPING_COST_H

#include "passes/mapping/MappingProblem.h"

namespace synfire::mapping {

/// Expected per (token, time step). One packet per spike and target core, over
/// as many links as the cores' tiles are apart.
struct MappingCost {
  double packets = 0;    ///< those to the own core included
  double packetHops = 0; ///< packets x links crossed
  double hottestLinkPackets = 0;
  int32_t hottestLink = -1; ///< smallest of equals; -1: no link is used
  int coresUsed = 0;
};

/// Packets x hops of a placement of all slices, without routes: every shortest
/// path has that many links.
double packetHops(const MappingProblem &problem, const Placement &placement);

/// All of MappingCost, from the routes of a verified solution.
MappingCost mappingCost(const MappingProblem &problem, const Solution &solution);

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_COST_H
