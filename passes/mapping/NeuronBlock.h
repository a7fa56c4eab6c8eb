// NeuronBlock: neurons of a population: some of its columns, at some points of its grid.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_NEURONBLOCK_H
#define SYNFIRE_PASSES_MAPPING_NEURONBLOCK_H

#include <algorithm>
#include <cstdint>

namespace synfire::mapping {

/// The columns [firstColumn, firstColumn + columns) at the points [firstPoint, firstPoint +
/// points).
struct NeuronBlock {
  int64_t firstColumn = 0, columns = 0;
  int64_t firstPoint = 0, points = 1;

  int64_t neurons() const { return columns * points; }
  bool empty() const { return columns <= 0 || points <= 0; }

  /// Grows to the smallest block that holds `other`, too.
  void cover(const NeuronBlock &other) {
    const int64_t endColumn = std::max(firstColumn + columns, other.firstColumn + other.columns);
    const int64_t endPoint = std::max(firstPoint + points, other.firstPoint + other.points);
    firstColumn = std::min(firstColumn, other.firstColumn);
    firstPoint = std::min(firstPoint, other.firstPoint);
    columns = endColumn - firstColumn;
    points = endPoint - firstPoint;
  }
  /// What both blocks have; empty if that is nothing.
  NeuronBlock shared(const NeuronBlock &other) const {
    NeuronBlock result;
    result.firstColumn = std::max(firstColumn, other.firstColumn);
    result.firstPoint = std::max(firstPoint, other.firstPoint);
    result.columns =
        std::min(firstColumn + columns, other.firstColumn + other.columns) - result.firstColumn;
    result.points =
        std::min(firstPoint + points, other.firstPoint + other.points) - result.firstPoint;
    return result;
  }
  bool operator==(const NeuronBlock &) const = default;
};

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_NEURONBLOCK_H
