// ScheduleTicks: the tick of every population within a (token, time step).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/MappingDiagnostics.h"
#include "passes/Passes.h"

#include "mlir/IR/Builders.h"

namespace synfire {
#define GEN_PASS_DEF_SCHEDULETICKS
#include "passes/Passes.h.inc"
} // namespace synfire

using namespace mlir;
using namespace synfire;

namespace {

class ScheduleTicksPass : public synfire::impl::ScheduleTicksBase<ScheduleTicksPass> {
  using ScheduleTicksBase::ScheduleTicksBase;

  void runOnOperation() override {
    if (schedule != "sequential") {
      getOperation().emitError() << "there is no schedule '" << schedule
                                 << "'; choose one of: sequential";
      return signalPassFailure();
    }
    for (auto program : getOperation().getOps<chip::ProgramOp>())
      if (failed(scheduleProgram(program)))
        return signalPassFailure();
  }

  LogicalResult scheduleProgram(chip::ProgramOp program) {
    ProgramView view(program);
    auto [stages, cycle] = mapping::computeStages(view.workload);
    if (!cycle.empty())
      return emitCycle(view, cycle);
    int last = 0;
    for (auto [op, stage] : llvm::zip_equal(view.populationOps, stages)) {
      last = std::max(last, stage);
      if (auto neurons = dyn_cast<chip::NeuronsOp>(op))
        neurons.setStage(stage);
      else
        cast<chip::HostOp>(op).setStage(stage);
    }
    program.setStages(last + 1);
    program.setSchedule(schedule);
    return success();
  }
};

} // namespace
