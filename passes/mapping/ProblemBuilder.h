// ProblemBuilder: from slices and a board to a mapping problem.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_PROBLEMBUILDER_H
#define SYNFIRE_PASSES_MAPPING_PROBLEMBUILDER_H

#include "passes/mapping/Demand.h"
#include "passes/mapping/MappingProblem.h"

namespace synfire::mapping {

/// A problem and, for each of its hyperedges, the population that spikes.
struct BuiltProblem {
  MappingProblem problem;
  std::vector<int> populationOfEdge;
};

/// One hyperedge per slice that is read, and per host population; its weight is
/// the population's expected firing rate. Slices keep their order; their names
/// are POPULATION/0, POPULATION/1 and so on.
BuiltProblem buildProblem(const Workload &workload, const std::vector<Slice> &slices, Board board);

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_PROBLEMBUILDER_H
