// PlaceSlices: every slice gets a core.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/MappingDiagnostics.h"
#include "passes/Passes.h"
#include "passes/TargetOption.h"

namespace synfire {
#define GEN_PASS_DEF_PLACESLICES
#include "passes/Passes.h.inc"
} // namespace synfire

using namespace mlir;
using namespace synfire;

namespace {

class PlaceSlicesPass : public synfire::impl::PlaceSlicesBase<PlaceSlicesPass> {
  using PlaceSlicesBase::PlaceSlicesBase;

  void runOnOperation() override {
    auto programs = getOperation().getOps<chip::ProgramOp>();
    if (programs.empty())
      return;
    const mapping::Placer *strategy =
        mapping::findPlacer(placer.empty() ? mapping::kDefaultPlacer : placer.getValue());
    if (!strategy) {
      InFlightDiagnostic error = getOperation().emitError()
                                 << "there is no placer '" << placer << "'; choose one of: ";
      llvm::interleaveComma(mapping::placers(), error,
                            [&](const mapping::Placer *known) { error << known->name(); });
      return signalPassFailure();
    }
    FailureOr<ChipModel> chip = loadTarget(getOperation(), target, targetsFolder);
    if (failed(chip))
      return signalPassFailure();
    for (chip::ProgramOp program : programs)
      if (failed(placeProgram(program, *chip, *strategy)))
        return signalPassFailure();
  }

  LogicalResult placeProgram(chip::ProgramOp program, const ChipModel &chip,
                             const mapping::Placer &strategy) {
    ProgramView view(program);
    bool given = llvm::any_of(view.sliceOps, [](chip::SliceOp op) { return op.getCoreAttr(); });
    if (given) // cores that stand in the program are kept; verify-mapping judges them
      return success();
    mapping::BuiltProblem built = view.problem(chip);
    const mapping::MappingProblem &problem = built.problem;
    if (auto violations = problem.check(); !violations.empty())
      return emitViolation(view, chip, built, violations.front());
    mapping::PlacerOptions options;
    options.seed = seed;
    mapping::PlacementResult result = strategy.place(problem, options);
    if (auto *failure = std::get_if<mapping::PlacementFailure>(&result))
      return emitFailure(view, chip, *failure);
    const auto &placement = std::get<mapping::Placement>(result);
    if (auto violations = problem.verifyPlacement(placement); !violations.empty())
      return emitViolation(view, chip, built, violations.front());
    for (auto [op, core] : llvm::zip_equal(view.sliceOps, placement))
      op.setCoreAttr(coreAttr(&getContext(), problem.board().cores[core]));
    return success();
  }
};

} // namespace
