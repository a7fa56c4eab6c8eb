// Partitioner: cuts populations into slices that fit a core.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_PARTITIONER_H
#define SYNFIRE_PASSES_MAPPING_PARTITIONER_H

#include "passes/mapping/Board.h"
#include "passes/mapping/Demand.h"
#include "passes/mapping/Placer.h"

#include <variant>
#include <vector>

namespace synfire::mapping {

/// Why a workload does not fit a board.
struct PartitionFailure {
  enum class Kind {
    UnitTooLarge,  ///< one column, or one head, exceeds an empty core
    TotalTooLarge, ///< all slices together exceed all cores
    NoPacking,     ///< they do not, but no placement was found
  };
  Kind kind = Kind::UnitTooLarge;
  int population = -1; ///< whose unit or slice it is; -1 for a total
  Resource resource = Resource::SynapseMemory;
  int64_t needed = 0, available = 0;
};

using PartitionResult = std::variant<std::vector<Slice>, PartitionFailure>;

/// Slices of all populations off the host, in population order, columns
/// ascending. Each population is cut into as few slices of nearly equal width
/// as fit an empty core; whole heads where attention enters. If the slices
/// cannot be packed onto the cores, all are cut again to at most a half, a
/// quarter, an eighth of a core. Populations must have stages (no cycle).
PartitionResult partition(const Workload &workload, const Board &board);

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_PARTITIONER_H
