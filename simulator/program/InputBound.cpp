// InputBound: sums a bound over the projections and attentions of a population.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/program/InputBound.h"

#include <algorithm>
#include <cmath>

namespace synfire::sim {

int64_t inputBound(const Program &program, int32_t population) {
  // Doubles are exact up to 2^53, and above that rounding keeps the order of numbers, which is
  // enough for a bound.
  double bound = 0;
  std::vector<double> largestWeight(program.projections.size(), 0.0);
  for (const Slice &slice : program.slices)
    for (const SynapseBlock &block : slice.synapses)
      largestWeight[block.projection] =
          std::max(largestWeight[block.projection], std::ldexp(1.0, 8 * block.weightBytes - 1));
  for (size_t p = 0; p < program.projections.size(); ++p) {
    const Projection &projection = program.projections[p];
    if (projection.target != population)
      continue;
    const Population &source = program.populations[projection.source];
    const double taps = projection.window ? static_cast<double>(projection.window->taps()) : 1.0;
    const double rows = projection.encoding == SynapseEncoding::Sparse ? taps
                        : projection.encoding == SynapseEncoding::Conv
                            ? projection.rows
                            : static_cast<double>(source.columns) * source.points;
    const double largestSpike = static_cast<double>((int64_t{1} << source.spikeBits) - 1);
    bound += rows * largestSpike * largestWeight[p];
  }
  for (const Attention &attention : program.attentions)
    if (attention.target == population)
      bound +=
          static_cast<double>(program.context) * program.populations[attention.k].points *
          (attention.score ? 1 : program.populations[attention.target].columns / attention.heads);
  return static_cast<int64_t>(std::min(bound, static_cast<double>(kLargestInput)));
}

} // namespace synfire::sim
