// ChipMappingOps: verifiers of slices and flows, which say where the parts of a program are. (C1)
// and so on are the numbered constraints of ChipOps.td.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/chip/ChipRules.h"
#include "support/MeshNames.h"

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>

using namespace mlir;
using namespace synfire;
using namespace synfire::chip;

//===----------------------------------------------------------------------===//
// Slices
//===----------------------------------------------------------------------===//

static LogicalResult verifyNotNegative(Operation *op, StringRef what, int64_t value) {
  if (value < 0)
    return violated(op, what, Twine(value), "at least 0");
  return success();
}

static Range rangeOf(PointRange points) { return {points.first, points.count}; }

LogicalResult SliceOp::verify() {
  uint64_t bits = 0;
  // A block with negative memory counts as 0 here; its own verifier refuses it.
  auto add = [&](int64_t more) {
    bits = llvm::SaturatingAdd(bits, static_cast<uint64_t>(std::max<int64_t>(more, 0)));
  };
  for (Operation &block : getBody().front()) {
    if (auto synapses = dyn_cast<SynapsesOp>(block))
      add(synapses.getMemoryBits());
    else if (auto heads = dyn_cast<AttentionHeadsOp>(block))
      add(heads.getMemoryBits());
    // (C3)
    else
      return violated(*this, "body", kindOf(&block), "chip.synapses or chip.attention_heads");
  }
  // (C2)
  if (failed(verifyNotNegative(*this, "memory_bits", getMemoryBits())))
    return failure();
  if (getMemoryBits() < bits)
    return violated(*this, "memory_bits", Twine(getMemoryBits()),
                    "at least " + Twine(bits) + " (the sum of its blocks)");
  return success();
}

LogicalResult SliceOp::verifySymbolUses(SymbolTableCollection &table) {
  // (C1)
  auto population = findPopulation(*this, "population", getPopulationAttr(), table);
  if (failed(population))
    return failure();
  if (failed(
          verifyPart(*this, "columns",
                     {static_cast<int64_t>(getFirstColumn()), static_cast<int64_t>(getColumns())},
                     {0, static_cast<int64_t>(population->getColumns())})))
    return failure();
  return verifyPart(*this, "points", rangeOf(getPointRange()),
                    {0, static_cast<int64_t>(population->getPoints())});
}

LogicalResult SynapsesOp::verify() {
  // (C1)
  if (failed(verifyNotNegative(*this, "offset", getOffset().value_or(0))) ||
      failed(verifyNotNegative(*this, "memory_bits", getMemoryBits())))
    return failure();
  if (getWeightBytes() && !llvm::is_contained({1, 2, 4}, static_cast<int64_t>(*getWeightBytes())))
    return violated(*this, "weight_bytes", Twine(*getWeightBytes()), "1, 2 or 4");
  return success();
}

LogicalResult SynapsesOp::verifySymbolUses(SymbolTableCollection &table) {
  Operation *found = find(*this, getProjectionAttr(), table);
  auto projection = dyn_cast_or_null<ProjectionOp>(found);
  // (C2)
  if (!projection)
    return violated(*this, "projection " + text(getProjectionAttr()), kindOf(found),
                    "a chip.projection");
  StringRef population = (*this)->getParentOfType<SliceOp>().getPopulation();
  if (projection.getTarget() != population)
    return violated(*this, "target of the projection", projection.getTarget(),
                    population + " (the slice's population)");
  // (C3)
  if (getIndexed() && !projection.getNonzeros())
    return violated(*this, "nonzeros of the projection of an indexed block", "none", "some");
  return verifyPart(*this, "rows",
                    {static_cast<int64_t>(getFirstRow()), static_cast<int64_t>(getRows())},
                    {0, static_cast<int64_t>(projection.getRows())});
}

LogicalResult AttentionHeadsOp::verify() {
  // (C2)
  return verifyNotNegative(*this, "memory_bits", getMemoryBits());
}

LogicalResult AttentionHeadsOp::verifySymbolUses(SymbolTableCollection &table) {
  Operation *found = find(*this, getAttentionAttr(), table);
  auto attention = dyn_cast_or_null<AttentionOp>(found);
  // (C1)
  if (!attention)
    return violated(*this, "attention " + text(getAttentionAttr()), kindOf(found),
                    "a chip.attention");
  StringRef population = (*this)->getParentOfType<SliceOp>().getPopulation();
  if (attention.getTarget() != population)
    return violated(*this, "target of the attention", attention.getTarget(),
                    population + " (the slice's population)");
  return verifyPart(*this, "heads",
                    {static_cast<int64_t>(getFirstHead()), static_cast<int64_t>(getHeads())},
                    {0, static_cast<int64_t>(attention.getHeads())});
}

//===----------------------------------------------------------------------===//
// Flows
//===----------------------------------------------------------------------===//

static Range columnsOf(FlowOp flow) {
  return {static_cast<int64_t>(flow.getFirstColumn()), static_cast<int64_t>(flow.getColumns())};
}

static std::string nameOf(CoreAttr core) {
  return coreName(core.getChip(), {core.getX(), core.getY()}, core.getCore());
}

LogicalResult FlowOp::verify() {
  llvm::SmallPtrSet<Attribute, 16> cores;
  for (Operation &op : getBody().front()) {
    auto target = dyn_cast<TargetOp>(op);
    // (C2)
    if (!target)
      return violated(*this, "body", kindOf(&op), "chip.target");
    if (!cores.insert(target.getCore()).second)
      return violated(*this, "targets on " + nameOf(target.getCore()), "two", "one per core");
  }
  return success();
}

LogicalResult FlowOp::verifySymbolUses(SymbolTableCollection &table) {
  Operation *source = find(*this, getSourceAttr(), table);
  Range whole{0, 0}, points{0, 1};
  if (auto slice = dyn_cast_or_null<SliceOp>(source)) {
    whole = {static_cast<int64_t>(slice.getFirstColumn()),
             static_cast<int64_t>(slice.getColumns())};
    points = rangeOf(slice.getPointRange());
  } else if (auto host = dyn_cast_or_null<HostOp>(source); host && host.getSpikeBits()) {
    whole = {0, static_cast<int64_t>(host.getColumns())};
    points = {0, static_cast<int64_t>(host.getPoints())};
  } else // (C1)
    return violated(*this, "source " + text(getSourceAttr()), kindOf(source),
                    "a chip.slice, or a chip.host that yields spikes over time");
  if (failed(verifyPart(*this, "columns", columnsOf(*this), whole)))
    return failure();
  return verifyPart(*this, "points", rangeOf(getPointRange()), points);
}

LogicalResult TargetOp::verify() {
  // (C1)
  auto flow = (*this)->getParentOfType<FlowOp>();
  if (failed(
          verifyPart(*this, "columns",
                     {static_cast<int64_t>(getFirstColumn()), static_cast<int64_t>(getColumns())},
                     columnsOf(flow))))
    return failure();
  return verifyPart(*this, "points", rangeOf(getPointRange()), rangeOf(flow.getPointRange()));
}
