// Demand: what a slice takes of a core's resources.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPING_DEMAND_H
#define SYNFIRE_PASSES_MAPPING_DEMAND_H

#include "passes/mapping/Resources.h"
#include "passes/mapping/Workload.h"

#include <vector>

namespace synfire::mapping {

/// Rows of a projection for the columns of the slice they stand in.
struct SynapseBlock {
  int projection = -1;
  int64_t firstRow = 0, rows = 0, memoryBits = 0;
};

/// Heads of an attention op beside the slice's neurons.
struct HeadBlock {
  int attention = -1;
  int64_t firstHead = 0, heads = 0, memoryBits = 0;
};

/// Columns of one population on one core, with all rows of all that feeds them.
/// `demand` leaves axon-out at 0: it depends on where the targets are.
struct Slice {
  int population = -1;
  int64_t firstColumn = 0, columns = 0;
  Amounts demand;
  std::vector<SynapseBlock> synapses;
  std::vector<HeadBlock> heads;
};

/// The slice of these columns. Accounting: dense blocks rows * columns *
/// weightBits; diagonals columns * (weightBits + ceil(log2 columns)), the index
/// of each entry included; attention maxTokens * timeSteps * 2d bits per head,
/// the K and V spikes it keeps. Axon-in: the rows of every block, for attention
/// those of q, k and v. Columns must be a multiple of columnUnit().
/// Amounts saturate at the largest int64.
Slice makeSlice(const Workload &workload, int population, int64_t firstColumn, int64_t columns);

} // namespace synfire::mapping

#endif // SYNFIRE_PASSES_MAPPING_DEMAND_H
