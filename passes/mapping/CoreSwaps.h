// CoreSwaps: improves a placement by exchanging what cores hold.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_CORESWAPS_H
#define SYNFIRE_PASSES_MAPPING_CORESWAPS_H

#include "passes/mapping/MappingProblem.h"

namespace synfire::mapping {

/// Exchanges the slices of two cores, of which one may be empty, as long as that makes the expected
/// packets x hops fewer (packetHops() in Cost.h), and returns their sum afterwards. Slices that
/// share a core stay together, so that a legal placement stays legal where all cores have the same
/// capacity; where they have not, nothing is exchanged. Cores are tried in ascending order, each
/// with those around the place that its traffic pulls it to, until a round through all of them
/// gains less than half a hundredth. Deterministic. Precondition: every slice has a core.
double swapCores(const MappingProblem &problem, Placement &placement);

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_CORESWAPS_H
