// MappingProblem: construction; its rules are in ProblemCheck and SolutionVerify.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/mapping/MappingProblem.h"

namespace synfire::mapping {

MappingProblem::MappingProblem(Board board, std::vector<SliceNode> slices,
                               std::vector<Hyperedge> edges)
    : mesh(std::move(board)), nodes(std::move(slices)),
      graph(static_cast<int>(nodes.size()), std::move(edges)) {}

} // namespace synfire::mapping
