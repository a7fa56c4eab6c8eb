// MappingDiagnostics: how cores, ops, links and amounts are named in messages,
// and the messages of the mapping passes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPINGDIAGNOSTICS_H
#define SYNFIRE_PASSES_MAPPINGDIAGNOSTICS_H

#include "passes/ProgramView.h"
#include "passes/mapping/Partitioner.h"
#include "passes/mapping/Placer.h"
#include "support/MeshNames.h"
#include "targets/ChipModel.h"

#include <string>

namespace synfire {

/// "core 2 of tile (1, 0)", " on chip 3" added for others than chip 0.
std::string coreName(chip::CoreAttr core);
/// "link (0, 0) -> (1, 0)"; of a number that is none of the mesh: "link 99".
std::string linkName(int32_t link, const ChipModel &chip);
/// "columns 0 to 39", "column 7".
std::string rangeName(const char *what, int64_t first, int64_t count);
/// "2.25 MiB", "96 KiB", "1.5 KiB"; below 1 KiB "200 bytes", "12 bits".
std::string memoryText(int64_t bits);
/// "2.25 MiB of synapse memory", "3072 neurons", "12 axon-in entries".
std::string amountText(mapping::Resource resource, int64_t amount);
/// The target file's key for the limit, "core.synapse_memory_kib".
const char *resourceKey(mapping::Resource resource);

/// The model does not fit: names the op, the resource, needed, available and
/// what to try.
mlir::LogicalResult emitFailure(const ProgramView &view, const ChipModel &chip,
                                const mapping::PartitionFailure &failure);
mlir::LogicalResult emitFailure(const ProgramView &view, const ChipModel &chip,
                                const mapping::PlacementFailure &failure);
/// The neurons of all ops together, `all`, are more than the cores have; `name` is the population
/// with most of them, `neurons`.
mlir::LogicalResult emitTooManyNeurons(mlir::Operation *place, llvm::StringRef name,
                                       int64_t neurons, int64_t all, const ChipModel &chip);
/// `unit` columns of the population `name`, the fewest that a core can have, need more axon-in
/// entries than a core has; `largest` is the op that needs most of them, and how many.
mlir::LogicalResult emitFanInTooLarge(mlir::Operation *place, llvm::StringRef name, int64_t unit,
                                      int64_t entries, std::pair<llvm::StringRef, int64_t> largest,
                                      const ChipModel &chip);
/// A rule that the problem, or a placer's or a router's result, breaks.
mlir::LogicalResult emitViolation(const ProgramView &view, const ChipModel &chip,
                                  const mapping::BuiltProblem &built,
                                  const mapping::Violation &violation);
/// Populations that feed each other without a delay.
mlir::LogicalResult emitCycle(const ProgramView &view, const std::vector<int> &cycle);

} // namespace synfire

#endif // SYNFIRE_PASSES_MAPPINGDIAGNOSTICS_H
