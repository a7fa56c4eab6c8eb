// VerifyFlows: rules V7 to V9, where spikes go and along which links.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/MappingDiagnostics.h"
#include "passes/MappingJudge.h"
#include "support/Message.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace synfire;

MappingJudge::Needs MappingJudge::needsOf(StringAttr population, int64_t first, int64_t columns) {
  Needs needs;
  // What the slices of `target` read: the same columns as their own, or all.
  auto read = [&](StringRef target, bool sameColumns) {
    auto name = StringAttr::get(program.getContext(), target);
    for (chip::SliceOp reader : populations[name].slices) {
      int64_t from = first, end = first + columns;
      if (sameColumns) {
        int64_t start = reader.getFirstColumn(), count = reader.getColumns();
        from = std::max(from, start);
        end = std::min(end, start + count);
      }
      if (from >= end)
        continue;
      auto [it, fresh] = needs.insert({reader.getCoreAttr(), {from, end, reader}});
      it->second.first = std::min(it->second.first, from);
      it->second.end = std::max(it->second.end, end);
    }
  };
  for (auto projection : program.getOps<chip::ProjectionOp>())
    if (projection.getSource() == population.getValue())
      read(projection.getTarget(), projection.getEncoding() == "sparse");
  for (auto attention : program.getOps<chip::AttentionOp>())
    if (llvm::is_contained({attention.getQ(), attention.getK(), attention.getV()},
                           population.getValue()))
      read(attention.getTarget(), true);
  return needs;
}

/// Adds a note at a slice that reads the refused flow, and fails.
static LogicalResult noteReader(InFlightDiagnostic error, chip::SliceOp reader) {
  error.attachNote(reader.getLoc()) << "'" << reader.getSymName() << "' reads it";
  return error;
}

/// (V7) A flow reaches every core that reads its source, no other, and carries
/// from the first to the last column that is read there.
LogicalResult MappingJudge::verifyTargets(chip::FlowOp flow, Needs needs) {
  for (auto target : flow.getOps<chip::TargetOp>()) {
    auto it = needs.find(target.getCore());
    if (it == needs.end())
      return target.emitError() << "'" << flow.getSource() << "': its flow reaches "
                                << coreName(target.getCore()) << ", where no slice reads it";
    const Need &need = it->second;
    int64_t first = target.getFirstColumn(), columns = target.getColumns();
    if (first != need.first || columns != need.end - need.first)
      return noteReader(target.emitError()
                            << "'" << flow.getSource() << "': its flow to "
                            << coreName(target.getCore()) << ": "
                            << needsHas(rangeName("column", need.first, need.end - need.first),
                                        rangeName("column", first, columns)),
                        need.reader);
    needs.erase(it); // the flow's verifier refuses two targets on one core
  }
  for (auto &[core, need] : needs)
    return noteReader(flow.emitError() << "'" << flow.getSource() << "': its flow does not reach "
                                       << coreName(cast<chip::CoreAttr>(core)) << ", which needs "
                                       << rangeName("column", need.first, need.end - need.first),
                      need.reader);
  return success();
}

/// (V8) Links lead from the source's router, first along x, then along y, to
/// the router of the target's core.
LogicalResult MappingJudge::verifyPath(chip::TargetOp target, int64_t x, int64_t y) {
  auto flow = target->getParentOfType<chip::FlowOp>();
  auto wrong = [&](const Twine &fact) {
    return target.emitError() << "'" << flow.getSource() << "': its flow to "
                              << coreName(target.getCore()) << " " << fact;
  };
  const MeshLinks mesh{chip.mesh.width, chip.mesh.height};
  MeshPlace place{x, y};
  auto router = [&] { return ("(" + Twine(place.x) + ", " + Twine(place.y) + ")").str(); };
  bool alongY = false;
  for (int32_t link : target.getLinks().value_or(ArrayRef<int32_t>())) {
    if (!mesh.isLink(link))
      return wrong("needs links 0 to " + Twine(mesh.routers() * kDirections - 1) + ", has link " +
                   Twine(link));
    if (linkRouter(link) != mesh.router(place))
      return wrong("takes " + linkName(link, chip) + " at router " + router());
    const Direction direction = linkDirection(link);
    if (alongY && !isVertical(direction))
      return wrong("turns from y to x at router " + router());
    alongY = isVertical(direction);
    place = place.next(direction);
    if (!mesh.holds(place))
      return wrong("leaves the mesh by " + linkName(link, chip));
  }
  if (place != MeshPlace{target.getCore().getX(), target.getCore().getY()})
    return wrong("ends at router " + router());
  return success();
}

/// (V9) The channel dependency graph of all paths has no cycle: links whose
/// every predecessor is gone are taken away until none is left, or a rest that
/// waits for itself (Kahn, CACM 5(11), 1962).
LogicalResult MappingJudge::verifyNoDeadlock() {
  llvm::SetVector<int32_t> links;
  llvm::SetVector<std::pair<int32_t, int32_t>> waits;
  for (auto flow : program.getOps<chip::FlowOp>())
    for (auto target : flow.getOps<chip::TargetOp>()) {
      ArrayRef<int32_t> path = target.getLinks().value_or(ArrayRef<int32_t>());
      links.insert(path.begin(), path.end());
      for (size_t i = 1; i < path.size(); ++i)
        waits.insert({path[i - 1], path[i]});
    }
  llvm::DenseMap<int32_t, int> predecessors;
  llvm::DenseMap<int32_t, SmallVector<int32_t>> next;
  for (auto [link, after] : waits) {
    ++predecessors[after];
    next[link].push_back(after);
  }
  SmallVector<int32_t> free;
  for (int32_t link : links)
    if (predecessors.lookup(link) == 0)
      free.push_back(link);
  size_t taken = 0;
  while (!free.empty()) {
    ++taken;
    for (int32_t after : next[free.pop_back_val()])
      if (--predecessors[after] == 0)
        free.push_back(after);
  }
  if (taken == links.size())
    return success();
  InFlightDiagnostic error = program.emitError();
  error << "'" << program.getSymName() << "': its flows can deadlock: " << links.size() - taken
        << " links wait for each other in a circle or behind one";
  for (int32_t link : links)
    if (predecessors.lookup(link) > 0)
      error.attachNote() << linkName(link, chip);
  return error;
}

LogicalResult MappingJudge::verifyFlows() {
  llvm::DenseMap<StringAttr, chip::FlowOp> flows;
  for (auto flow : program.getOps<chip::FlowOp>()) {
    auto [known, fresh] = flows.try_emplace(flow.getSourceAttr().getAttr(), flow);
    if (fresh)
      continue;
    InFlightDiagnostic error = flow.emitError() << "'" << flow.getSource() << "': has two flows";
    error.attachNote(known->second.getLoc()) << "the other one is here";
    return error;
  }

  bool paths = true;
  for (auto &[name, population] : populations) {
    struct Sender {
      Operation *op;
      StringAttr name;
      int64_t first, columns, x, y;
    };
    SmallVector<Sender> senders;
    if (population.onHost())
      senders.push_back(
          {population.op, name, 0, population.columns, chip.host.portX, chip.host.portY});
    for (chip::SliceOp slice : population.slices)
      senders.push_back({slice, slice.getSymNameAttr(),
                         static_cast<int64_t>(slice.getFirstColumn()),
                         static_cast<int64_t>(slice.getColumns()), slice.getCoreAttr().getX(),
                         slice.getCoreAttr().getY()});
    for (const Sender &sender : senders) {
      Needs needs = needsOf(name, sender.first, sender.columns);
      chip::FlowOp flow = flows.lookup(sender.name);
      if (!flow && needs.empty())
        continue;
      if (!flow)
        return noteReader(sender.op->emitError() << "'" << sender.name.getValue()
                                                 << "': has no flow to the slices that read it",
                          needs.begin()->second.reader);
      if (failed(verifyTargets(flow, needs)))
        return failure();
      for (auto target : flow.getOps<chip::TargetOp>())
        paths &= succeeded(verifyPath(target, sender.x, sender.y));
    }
  }
  // A path that is wrong may be part of a deadlock: say both.
  return success(succeeded(verifyNoDeadlock()) && paths);
}
