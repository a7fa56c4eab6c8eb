// MappingDiagnostics: how cores, ops, links and amounts are named in messages,
// and the messages of the mapping passes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_PASSES_MAPPINGDIAGNOSTICS_H
#define SYNFIRE_PASSES_MAPPINGDIAGNOSTICS_H

#include "passes/ProgramView.h"
#include "passes/mapping/FaultRoutes.h"
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
/// "needs 9 neurons, has 8".
std::string needsHasAmount(mapping::Resource resource, int64_t needed, int64_t available);
/// What to try when a core has too little: "; try --target with WHAT", and for the memory of
/// attention also a lower --max-tokens.
std::string advice(const ProgramView &view, mapping::Resource resource, const char *what);
llvm::StringRef programName(const ProgramView &view);
/// Adds the note "'core.neurons' of target 'small' is 100" to an error about a resource of cores:
/// where its limit stands.
void noteLimit(mlir::InFlightDiagnostic &error, const ChipModel &chip, mapping::Resource resource);

// Each of the following emits one error, with notes where the needed amount comes from and which
// key of the target limits it, and returns failure.

/// The model does not fit. Names what needs too much, the resource, how much is needed and
/// available, and what to try.
mlir::LogicalResult emitFailure(const ProgramView &view, const ChipModel &chip,
                                const mapping::PartitionFailure &failure);
mlir::LogicalResult emitFailure(const ProgramView &view, const ChipModel &chip,
                                const mapping::PlacementFailure &failure);
/// All populations of the program together have `needed` neurons, more than all cores; the one
/// called `name` has most of them, `neurons`.
mlir::LogicalResult emitTooManyNeurons(chip::ProgramOp program, int64_t needed,
                                       mlir::Location place, llvm::StringRef name, int64_t neurons,
                                       const ChipModel &chip);
/// The op that needs most axon-in entries of a population, and how many.
struct LargestFanIn {
  mlir::Location place;
  llvm::StringRef name;
  int64_t entries;
  bool merged =
      false; ///< whether several ops feed the population, as those of a residual stream do
};
/// `unit` columns of the population `name`, the fewest that a core can have, need `entries` axon-in
/// entries, more than a core has.
mlir::LogicalResult emitFanInTooLarge(mlir::Operation *place, llvm::StringRef name, int64_t unit,
                                      int64_t entries, const LargestFanIn &largest,
                                      const ChipModel &chip);
/// The ops that state a solution's routes, when the solution was read from a program.
struct RouteOps {
  std::vector<chip::FlowOp> flows; ///< per hyperedge; null for one without a flow
  std::vector<llvm::SmallVector<chip::TargetOp>> targets; ///< per hyperedge and route
};
/// A rule that the problem, or a solution of it, breaks. The error stands at the route that is at
/// fault when `routes` has its op, otherwise at the slice or the host op that sends the spikes.
mlir::LogicalResult emitViolation(const ProgramView &view, const ChipModel &chip,
                                  const mapping::BuiltProblem &built,
                                  const mapping::Violation &violation, const RouteOps &routes = {});
/// A route that avoidFaults() did not find. `placement` has the core of each slice.
mlir::LogicalResult emitNoRoute(const ProgramView &view, const ChipModel &chip,
                                const mapping::BuiltProblem &built,
                                const mapping::Placement &placement, const mapping::NoRoute &none);
/// `reader` reads spikes that are `steps` time steps late, more than core.max_delay_ticks. The note
/// names the chips of `targetsFolder` that can.
mlir::LogicalResult emitDelayTooLong(mlir::Operation *reader, int64_t steps, const ChipModel &chip,
                                     llvm::StringRef targetsFolder);
/// Refuses spikes that are held back for longer than core.max_delay_ticks, and the host among
/// populations that feed each other; returns success where there is neither.
mlir::LogicalResult checkDelays(const ProgramView &view, const ChipModel &chip,
                                llvm::StringRef targetsFolder);
/// Populations that feed each other without a delay.
mlir::LogicalResult emitCycle(const ProgramView &view, const std::vector<int> &cycle);

} // namespace synfire

#endif // SYNFIRE_PASSES_MAPPINGDIAGNOSTICS_H
