// Cycles: which populations have to be computed together.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/program/Program.h"

#include <algorithm>

namespace synfire::sim {

std::vector<Cycle> cyclesOf(const Program &program) {
  std::vector<Cycle> back;
  for (const Projection &projection : program.projections)
    if (projection.target <= projection.source)
      back.push_back({projection.target, projection.source});
  std::ranges::sort(back, {}, &Cycle::first);
  std::vector<Cycle> cycles;
  for (const Cycle &edge : back)
    if (!cycles.empty() && cycles.back().holds(edge.first))
      cycles.back().last = std::max(cycles.back().last, edge.last);
    else
      cycles.push_back(edge);
  return cycles;
}

} // namespace synfire::sim
