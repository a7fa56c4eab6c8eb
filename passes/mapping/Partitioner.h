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

/// Cuts every population that is not on the host into slices, which it returns by population and
/// then by column. A population becomes as few slices of nearly equal width as each fit an empty
/// core; where attention enters it, a slice has whole heads. When the slices cannot be packed onto
/// the cores, all populations are cut again so that each slice fits a half of a core, then a
/// quarter, then an eighth. Precondition: computeStages() finds no cycle.
PartitionResult partition(const Workload &workload, const Board &board);

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_PARTITIONER_H
