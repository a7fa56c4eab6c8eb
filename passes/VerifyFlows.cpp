// VerifyFlows: reads cores and flows of a program as the solution of its mapping problem (V5), and
// has MappingProblem judge it (S1 to S11).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/MappingDiagnostics.h"
#include "passes/MappingJudge.h"
#include "support/MeshPaths.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallSet.h"

using namespace mlir;
using namespace synfire;

namespace {

/// The routes that the flows of a program state, per hyperedge, and the ops that state them.
class FlowReader {
public:
  FlowReader(const ProgramView &view, const mapping::BuiltProblem &built,
             const mapping::Placement &placement)
      : view(view), built(built), placement(placement) {
    const std::vector<mapping::Hyperedge> &edges = built.problem.hypergraph().edges();
    for (size_t e = 0; e < edges.size(); ++e) {
      Operation *sender = edges[e].source == mapping::kHost
                              ? view.populationOps[built.populationOfEdge[e]]
                              : view.sliceOps[edges[e].source];
      edgeOf[SymbolTable::getSymbolName(sender)] = e;
    }
    ops.flows.resize(edges.size());
    ops.targets.resize(edges.size());
    routes.resize(edges.size());
  }

  LogicalResult read(const mapping::Board &board) {
    chip::ProgramOp program = view.program;
    for (auto flow : program.getOps<chip::FlowOp>())
      if (failed(readFlow(flow, board)))
        return failure();
    return success();
  }

  RouteOps ops;
  std::vector<std::vector<mapping::Route>> routes;

private:
  LogicalResult readFlow(chip::FlowOp flow, const mapping::Board &board) {
    auto edge = edgeOf.find(flow.getSourceAttr().getAttr());
    if (edge != edgeOf.end()) {
      chip::FlowOp &known = ops.flows[edge->second];
      if (known) {
        InFlightDiagnostic error = flow.emitError()
                                   << "'" << flow.getSource() << "': has two flows";
        error.attachNote(known.getLoc()) << "the other one is here";
        return error;
      }
      known = flow;
    }
    for (auto target : flow.getOps<chip::TargetOp>()) {
      const int core = indexOf(target.getCore(), board);
      if (edge == edgeOf.end() || core < 0)
        return target.emitError() << "'" << flow.getSource() << "': its flow reaches "
                                  << coreName(target.getCore()) << ", where no slice reads it";
      ops.targets[edge->second].push_back(target);
      routes[edge->second].push_back({core, static_cast<int64_t>(target.getFirstColumn()),
                                      static_cast<int64_t>(target.getColumns()),
                                      linksOf(target, edge->second, core),
                                      target.getPointRange().first, target.getPointRange().count});
    }
    return success();
  }

  /// The links that the target states, or else those of dimension order.
  std::vector<int32_t> linksOf(chip::TargetOp target, size_t edge, int core) const {
    if (std::optional<ArrayRef<int32_t>> links = target.getLinks())
      return links->vec();
    const mapping::Board &board = built.problem.board();
    const int slice = built.problem.hypergraph().edges()[edge].source;
    const MeshPlace from =
        slice == mapping::kHost ? board.hostPlace() : board.cores[placement[slice]].place();
    return dimensionOrderPath(board.links(), from, board.cores[core].place());
  }

  const ProgramView &view;
  const mapping::BuiltProblem &built;
  const mapping::Placement &placement;
  llvm::DenseMap<StringAttr, size_t> edgeOf; ///< by the symbol of the sender
};

} // namespace

LogicalResult MappingJudge::verifyMapping() {
  const ProgramView view(program);
  const mapping::BuiltProblem built = view.problem(chip);
  mapping::Solution solution{view.placement(built.problem.board()), {}};
  // Where slices have no core, or a full one, their flows say little more.
  using mapping::Rule;
  if (auto found = built.problem.verifyPlacement(solution.coreOfSlice); !found.empty())
    return emitViolation(view, chip, built, found.front());
  FlowReader flows(view, built, solution.coreOfSlice);
  if (failed(flows.read(built.problem.board())))
    return failure();
  solution.routes = std::move(flows.routes);
  const std::vector<mapping::Violation> found = built.problem.verify(solution);
  // One wrong path can break several rules, and a deadlock is the work of several paths: each rule
  // that is broken is told once.
  llvm::SmallSet<Rule, 4> told;
  for (const mapping::Violation &violation : found)
    if (told.insert(violation.rule).second)
      (void)emitViolation(view, chip, built, violation, flows.ops);
  return success(told.empty());
}
