// ViolationDiagnostics: the messages of broken rules of a mapping problem or of its solution.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/MappingDiagnostics.h"
#include "support/MeshNames.h"
#include "support/Message.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace synfire;
using mapping::kHost;
using mapping::Rule;
using mapping::Violation;

namespace {

/// Adds a note that a key of the chip file lists what is faulty.
void noteFaults(InFlightDiagnostic &error, const ChipModel &chip, StringRef key) {
  error.attachNote() << "'" << key << "' of target '" << chip.name << "' lists what is faulty";
}

/// One violation, with all that its message names.
class ViolationMessage {
public:
  ViolationMessage(const ProgramView &view, const ChipModel &chip,
                   const mapping::BuiltProblem &built, const Violation &violation,
                   const RouteOps &routes)
      : view(view), chip(chip), built(built), problem(built.problem), violation(violation),
        routes(routes) {}

  LogicalResult emit();

private:
  LogicalResult emitUnplaced();
  LogicalResult emitCapacity();
  LogicalResult emitRoute();
  LogicalResult emitPath(InFlightDiagnostic error);
  LogicalResult emitCycle();
  LogicalResult emitProblem();

  chip::SliceOp sliceOp(int slice) const { return view.sliceOps[slice]; }
  std::string sliceName(int slice) const { return sliceOp(slice).getSymName().str(); }
  std::string core() const {
    const mapping::Core &core = problem.board().cores[violation.core];
    return coreName(core.chip, {core.x, core.y}, core.core);
  }
  /// Where the routes of the violation's hyperedge start: a slice or an op of the host.
  Operation *sender() const;
  /// The op that states the route at fault, or else the flow of its source, or else the source.
  Operation *routePlace() const;

  const ProgramView &view;
  const ChipModel &chip;
  const mapping::BuiltProblem &built;
  const mapping::MappingProblem &problem;
  const Violation &violation;
  const RouteOps &routes;
};

Operation *ViolationMessage::sender() const {
  const int slice = problem.hypergraph().edges()[violation.edge].source;
  if (slice == kHost)
    return view.populationOps[built.populationOfEdge[violation.edge]];
  return view.sliceOps[slice];
}

Operation *ViolationMessage::routePlace() const {
  const auto edge = static_cast<size_t>(violation.edge);
  if (violation.route >= 0 && edge < routes.targets.size())
    return routes.targets[edge][violation.route];
  if (edge < routes.flows.size() && routes.flows[edge])
    return chip::FlowOp(routes.flows[edge]);
  return sender();
}

LogicalResult ViolationMessage::emitUnplaced() {
  chip::SliceOp slice = sliceOp(violation.slice);
  InFlightDiagnostic error = slice.emitError() << "'" << slice.getSymName() << "': ";
  if (!slice.getCoreAttr())
    return error << "has no core; run place-slices before";
  const chip::CoreAttr core = slice.getCoreAttr();
  if (core.getChip() == 0 && chip.mesh.links().holds({core.getX(), core.getY()}) &&
      core.getCore() >= 0 && core.getCore() < chip.mesh.coresPerTile) {
    error << needsHas(message("a core of target '", chip.name, "' that is not faulty"),
                      coreName(core));
    noteFaults(error, chip, "mesh.faulty_cores");
    return error;
  }
  error << needsHas(message("a core of target '", chip.name, "'"), coreName(core));
  error.attachNote() << "'mesh.width', 'mesh.height' and 'mesh.cores_per_tile' of target '"
                     << chip.name << "' are " << chip.mesh.width << ", " << chip.mesh.height
                     << " and " << chip.mesh.coresPerTile;
  return error;
}

LogicalResult ViolationMessage::emitCapacity() {
  InFlightDiagnostic error = sliceOp(violation.shares.front().slice).emitError();
  error << core() << ": "
        << needsHasAmount(*violation.resource, violation.needed, violation.available);
  for (const mapping::Share &share : violation.shares)
    error.attachNote(sliceOp(share.slice).getLoc())
        << "'" << sliceName(share.slice) << "' needs "
        << amountText(*violation.resource, share.amount);
  noteLimit(error, chip, *violation.resource);
  return error;
}

/// "columns 0 to 39", with the points where the population may have several: where one of `neurons`
/// and `other` does not have the first point alone.
static std::string text(const mapping::NeuronBlock &neurons,
                        const mapping::NeuronBlock &other = {}) {
  std::string columns = rangeName("column", neurons.firstColumn, neurons.columns);
  auto isPlain = [](const mapping::NeuronBlock &block) {
    return block.firstPoint == 0 && block.points == 1;
  };
  if (isPlain(neurons) && isPlain(other))
    return columns;
  return columns + " of " + rangeName("point", neurons.firstPoint, neurons.points);
}

LogicalResult ViolationMessage::emitRoute() {
  InFlightDiagnostic error = routePlace()->emitError();
  error << "'" << SymbolTable::getSymbolName(sender()).getValue() << "': its flow ";
  switch (violation.rule) {
  case Rule::RouteMissing:
    error << "does not reach " << core() << ", which needs " << text(violation.neededNeurons);
    break;
  case Rule::RouteUnneeded:
    return error << "reaches " << core() << ", where no slice reads it";
  case Rule::RouteTwice:
    return error << "reaches " << core() << " twice";
  case Rule::RouteColumns:
    error << "to " << core() << ": "
          << needsHas(text(violation.neededNeurons, violation.hasNeurons),
                      text(violation.hasNeurons, violation.neededNeurons));
    break;
  default:
    return emitPath(std::move(error << "to " << core() << " "));
  }
  error.attachNote(sliceOp(violation.slice).getLoc())
      << "'" << sliceName(violation.slice) << "' reads it";
  return error;
}

/// Ends a message that has named the route: "'a': its flow to core 0 of tile (1, 1) ".
LogicalResult ViolationMessage::emitPath(InFlightDiagnostic error) {
  const MeshLinks mesh = chip.mesh.links();
  const std::string router = message("router (", violation.router.x, ", ", violation.router.y, ")");
  const std::string link = linkName(violation.link, chip);
  if (violation.rule == Rule::LinkFaulty) {
    error << "takes " << link << ", which is faulty";
    noteFaults(error, chip, "mesh.faulty_links");
    return error;
  }
  if (violation.rule == Rule::LinkTwice)
    return error << "takes " << link << " twice";
  if (violation.rule == Rule::LinkOutsideMesh && !mesh.isLink(violation.link))
    return error << needsHas(message("links 0 to ", mesh.routers() * kDirections - 1), link);
  if (violation.rule == Rule::LinkOutsideMesh)
    return error << "leaves the mesh by " << link;
  if (violation.link < 0)
    return error << "ends at " << router;
  return error << "takes " << link << " at " << router;
}

LogicalResult ViolationMessage::emitCycle() {
  InFlightDiagnostic error = view.program->emitError();
  error << "'" << programName(view) << "': its flows can deadlock: ";
  for (int32_t link : violation.links)
    error << linkName(link, chip) << " waits for ";
  return error << linkName(violation.links.front(), chip);
}

/// What only a defect of the compiler can get wrong in the problem that it poses.
StringRef problemFault(Rule rule) {
  switch (rule) {
  case Rule::SliceDemand:
    return "a slice needs no neuron, or less than nothing of a resource";
  case Rule::CoreOutsideMesh:
    return "a core lies outside the mesh";
  case Rule::CoreTwice:
    return "a core stands in the list of cores twice";
  case Rule::EdgeEndpoint:
    return "a sender or a reader of spikes is no slice";
  case Rule::EdgeColumns:
    return "a slice reads columns that its source does not have";
  case Rule::PinTwice:
    return "a slice reads one source twice";
  case Rule::SourceTwice:
    return "a slice sends its spikes twice";
  default:
    llvm_unreachable("the other rules have messages of their own");
  }
}

LogicalResult ViolationMessage::emitProblem() {
  return view.program->emitError()
         << "'" << programName(view) << "': the compiler made a mapping problem in which "
         << problemFault(violation.rule);
}

LogicalResult ViolationMessage::emit() {
  switch (violation.rule) {
  case Rule::TotalTooLarge:
    return emitFailure(
        view, chip,
        mapping::PartitionFailure{.kind = mapping::PartitionFailure::Kind::TotalTooLarge,
                                  .resource = *violation.resource,
                                  .needed = violation.needed,
                                  .available = violation.available});
  case Rule::SliceTooLarge: {
    InFlightDiagnostic error = sliceOp(violation.slice).emitError();
    error << "'" << sliceName(violation.slice)
          << "': " << needsHasAmount(*violation.resource, violation.needed, violation.available)
          << " in a core" << advice(view, *violation.resource, "larger cores");
    noteLimit(error, chip, *violation.resource);
    return error;
  }
  case Rule::SliceUnplaced:
    return emitUnplaced();
  case Rule::CapacityExceeded:
    return emitCapacity();
  case Rule::RouteMissing:
  case Rule::RouteUnneeded:
  case Rule::RouteTwice:
  case Rule::RouteColumns:
  case Rule::LinkOutsideMesh:
  case Rule::PathBroken:
  case Rule::LinkFaulty:
  case Rule::LinkTwice:
    return emitRoute();
  case Rule::DependencyCycle:
    return emitCycle();
  case Rule::SliceDemand:
  case Rule::CoreOutsideMesh:
  case Rule::CoreTwice:
  case Rule::EdgeEndpoint:
  case Rule::EdgeColumns:
  case Rule::PinTwice:
  case Rule::SourceTwice:
    return emitProblem();
  }
  llvm_unreachable("all rules are worded");
}

} // namespace

LogicalResult synfire::emitNoRoute(const ProgramView &view, const ChipModel &chip,
                                   const mapping::BuiltProblem &built,
                                   const mapping::Placement &placement,
                                   const mapping::NoRoute &none) {
  const mapping::Hyperedge &edge = built.problem.hypergraph().edges()[none.edge];
  Operation *sender = edge.source == kHost ? view.populationOps[built.populationOfEdge[none.edge]]
                                           : static_cast<Operation *>(view.sliceOps[edge.source]);
  InFlightDiagnostic error = sender->emitError();
  error << "'" << SymbolTable::getSymbolName(sender).getValue() << "': "
        << (none.connected
                ? "no path that keeps the network free of deadlock leads around faulty links from "
                : "every path takes a faulty link from ")
        << tileName(none.from) << " to " << tileName(none.to);
  for (const mapping::Pin &pin : edge.pins)
    if (placement[pin.slice] == none.core) {
      chip::SliceOp reader = view.sliceOps[pin.slice];
      error.attachNote(reader.getLoc()) << "'" << reader.getSymName() << "' there reads it";
      break;
    }
  noteFaults(error, chip, "mesh.faulty_links");
  return error;
}

LogicalResult synfire::emitViolation(const ProgramView &view, const ChipModel &chip,
                                     const mapping::BuiltProblem &built, const Violation &violation,
                                     const RouteOps &routes) {
  return ViolationMessage(view, chip, built, violation, routes).emit();
}
