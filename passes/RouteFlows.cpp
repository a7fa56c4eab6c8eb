// RouteFlows: where the spikes of every slice go, and along which links.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/MappingDiagnostics.h"
#include "passes/Passes.h"
#include "passes/TargetOption.h"
#include "passes/mapping/DimensionOrder.h"
#include "passes/mapping/FaultRoutes.h"
#include "support/MeshPaths.h"

#include "mlir/IR/Builders.h"

namespace synfire {
#define GEN_PASS_DEF_ROUTEFLOWS
#include "passes/Passes.h.inc"
} // namespace synfire

using namespace mlir;
using namespace synfire;

namespace {

class RouteFlowsPass : public synfire::impl::RouteFlowsBase<RouteFlowsPass> {
  using RouteFlowsBase::RouteFlowsBase;

  void runOnOperation() override {
    auto programs = getOperation().getOps<chip::ProgramOp>();
    if (programs.empty())
      return;
    FailureOr<ChipModel> chip = loadTarget(getOperation(), target, targetsFolder);
    if (failed(chip))
      return signalPassFailure();
    for (chip::ProgramOp program : programs)
      if (failed(routeProgram(program, *chip)))
        return signalPassFailure();
  }

  static LogicalResult routeProgram(chip::ProgramOp program, const ChipModel &chip) {
    if (!program.getOps<chip::FlowOp>().empty()) // flows that stand in the program are kept
      return success();
    ProgramView view(program);
    mapping::BuiltProblem built = view.problem(chip);
    const mapping::MappingProblem &problem = built.problem;
    mapping::Placement placement = view.placement(problem.board());
    for (auto [index, core] : llvm::enumerate(placement))
      if (core < 0)
        return emitViolation(
            view, chip, built,
            {.rule = mapping::Rule::SliceUnplaced, .slice = static_cast<int>(index)});
    mapping::Solution solution = mapping::routeDimensionOrder(problem, std::move(placement));
    if (std::optional<mapping::NoRoute> none = mapping::avoidFaults(problem, solution))
      return emitNoRoute(view, chip, built, solution.coreOfSlice, *none);
    if (auto violations = problem.verify(solution); !violations.empty())
      return emitViolation(view, chip, built, violations.front());
    for (auto [index, routes] : llvm::enumerate(solution.routes))
      createFlow(view, built, solution.coreOfSlice, index, routes);
    return success();
  }

  /// Writes the flow of a hyperedge, with the links of those routes that are not dimension order.
  static void createFlow(const ProgramView &view, const mapping::BuiltProblem &built,
                         const mapping::Placement &placement, size_t index,
                         const std::vector<mapping::Route> &routes) {
    const mapping::Board &board = built.problem.board();
    const mapping::Hyperedge &edge = built.problem.hypergraph().edges()[index];
    const MeshPlace from = edge.source == mapping::kHost
                               ? board.hostPlace()
                               : board.cores[placement[edge.source]].place();
    Operation *source = edge.source == mapping::kHost
                            ? view.populationOps[built.populationOfEdge[index]]
                            : static_cast<Operation *>(view.sliceOps[edge.source]);
    OpBuilder builder = OpBuilder::atBlockEnd(&view.program->getRegion(0).front());
    auto integer = [&](int64_t value) { return builder.getI64IntegerAttr(value); };
    auto points = [&](const mapping::NeuronBlock &block) {
      return chip::pointsAttr(builder.getContext(), {block.firstPoint, block.points});
    };
    auto flow = chip::FlowOp::create(
        builder, source->getLoc(), FlatSymbolRefAttr::get(SymbolTable::getSymbolName(source)),
        integer(edge.firstColumn), integer(edge.columns), points(edge.block()));
    builder.createBlock(&flow.getBody());
    for (const mapping::Route &route : routes) {
      const mapping::Core &core = board.cores[route.core];
      const bool derived = isDimensionOrder(board.links(), from, core.place(), route.links);
      chip::TargetOp::create(builder, source->getLoc(), coreAttr(builder.getContext(), core),
                             integer(route.firstColumn), integer(route.columns),
                             derived ? DenseI32ArrayAttr()
                                     : builder.getDenseI32ArrayAttr(route.links),
                             points(route.block()));
    }
  }
};

} // namespace
