// DelayDiagnostics: spikes that a chip cannot hold back for so long.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/MappingDiagnostics.h"

#include "dialect/NamedError.h"
#include "targets/ChipConfig.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace synfire;

/// Notes where the limit stands, and which chips of the folder have a higher one.
static void noteDelayLimit(InFlightDiagnostic &error, int64_t steps, const ChipModel &chip,
                           StringRef targetsFolder) {
  SmallVector<std::string> able;
  for (const std::string &name : listChips(targetsFolder.str())) {
    auto loaded = loadChip(name, targetsFolder.str());
    if (auto *other = std::get_if<ChipModel>(&loaded); other && other->core.maxDelayTicks >= steps)
      able.push_back(name + " (" + std::to_string(other->core.maxDelayTicks) + ")");
  }
  error.attachNote() << "'core.max_delay_ticks' of target '" << chip.name << "' is "
                     << chip.core.maxDelayTicks
                     << (able.empty() ? "; no other chip of its folder has as much as is needed"
                                      : "; these have enough: " + llvm::join(able, ", "));
}

LogicalResult synfire::emitDelayTooLong(Operation *reader, int64_t steps, const ChipModel &chip,
                                        StringRef targetsFolder) {
  InFlightDiagnostic error = emitNamedError(reader);
  error << "delay of its spikes: needs " << steps << " time steps, has " << chip.core.maxDelayTicks
        << " (core.max_delay_ticks of '" << chip.name << "')";
  noteDelayLimit(error, steps, chip, targetsFolder);
  return error;
}

LogicalResult synfire::checkDelays(const ProgramView &view, const ChipModel &chip,
                                   StringRef targetsFolder) {
  for (auto [projection, projectionOp] :
       llvm::zip_equal(view.workload.projections, view.projectionOps)) {
    chip::ProjectionOp op = projectionOp;
    const int64_t steps = projection.mostHeldSteps();
    if (steps <= chip.core.maxDelayTicks)
      continue;
    InFlightDiagnostic error = op.emitError();
    error << "'" << op.getOp() << "': its spikes are held back: needs " << steps << " updates of '"
          << op.getTarget() << "', has " << chip.core.maxDelayTicks << " (core.max_delay_ticks of '"
          << chip.name << "')";
    noteDelayLimit(error, steps, chip, targetsFolder);
    return error;
  }
  if (auto host = mapping::findHostInCycle(view.workload)) {
    auto name = [&](int population) { return view.workload.populations[population].name; };
    return view.populationOps[host->population]->emitError()
           << "'" << name(host->population) << "': the host sends these spikes after it has read '"
           << name(host->readout) << "', and both stand among populations that feed each other ('"
           << name(host->cycle.first) << "' to '" << name(host->cycle.last)
           << "'); the host computes all steps of a token at once. Run the model with `synfire "
              "interpret`";
  }
  return success();
}
