// DelayedSpikes: what a projection reads of earlier time steps.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/lower/ProgramRows.h"

#include "dialect/NamedError.h"
#include "passes/MappingDiagnostics.h"
#include "passes/Passes.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

bool ProgramRows::isPopulation(Operation *op) {
  auto gate = dyn_cast_or_null<SpikeGate>(op);
  if (!isa_and_nonnull<NeuronLike>(op) && !(gate && gate.isGate()))
    return false;
  auto where = op->getAttrOfType<StringAttr>(kWhereAttrName);
  return where && where.getValue() == "chip";
}

LogicalResult ProgramRows::checkTimed(Operation *reader, const TimedValue &timed) {
  if (!timed.value)
    return emitNamedError(reader)
           << "reads feedback that comes from nothing but itself, and so is 0 at all time steps";
  auto where = reader->getAttrOfType<StringAttr>(kWhereAttrName);
  if (timed.isLate() && where && where.getValue() == "host")
    return emitNamedError(reader)
           << "runs on the host and reads values of earlier time steps; only "
              "synapses of the chip delay spikes. Run the model with "
              "`synfire interpret`";
  return success();
}

LogicalResult ProgramRows::setDelays(PendingProjection &projection, Operation *reader,
                                     Value spikes) {
  const TimedValue timed = traceInTime(spikes);
  // A step of feedback is no delay on a chip whose neurons have updated when the spike comes;
  // checkDelays() sees what is left of it when the schedule is known.
  for (int64_t steps : timed.steps)
    if (steps - timed.feedback > chip.core.maxDelayTicks)
      return emitDelayTooLong(reader, steps - timed.feedback, chip, targetsFolder);
  if (flattened.contains(timed.value) && timed.steps.size() > 1)
    return refuseFlattened(reader);
  projection.delays = addDelays(delaysOfWire.lookup(timed.value), timed.steps);
  return success();
}

LogicalResult synfire::refuseLateAttention(Operation *attention) {
  return emitNamedError(attention)
         << "reads spikes of earlier time steps, and a chip's attention unit has no delays; put "
            "synapses and neurons between the delay and it";
}
