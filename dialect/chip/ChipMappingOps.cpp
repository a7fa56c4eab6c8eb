// ChipMappingOps: verifiers of where a program lives, slices and flows.
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

static LogicalResult verifyNotNegative(Operation *op, StringRef id, StringRef what, int64_t value) {
  if (value < 0)
    return violated(op, id, what, Twine(value), "at least 0");
  return success();
}

LogicalResult SliceOp::verify() {
  uint64_t bits = 0;
  // A block with negative memory is refused itself.
  auto add = [&](int64_t more) {
    bits = llvm::SaturatingAdd(bits, static_cast<uint64_t>(std::max<int64_t>(more, 0)));
  };
  for (Operation &block : getBody().front()) {
    if (auto synapses = dyn_cast<SynapsesOp>(block))
      add(synapses.getMemoryBits());
    else if (auto heads = dyn_cast<AttentionHeadsOp>(block))
      add(heads.getMemoryBits());
    else
      return violated(*this, "C3", "body", kindOf(&block), "chip.synapses or chip.attention_heads");
  }
  if (failed(verifyNotNegative(*this, "C2", "memory_bits", getMemoryBits())))
    return failure();
  if (getMemoryBits() < bits)
    return violated(*this, "C2", "memory_bits", Twine(getMemoryBits()),
                    "at least " + Twine(bits) + ", the sum of its blocks");
  return success();
}

LogicalResult SliceOp::verifySymbolUses(SymbolTableCollection &table) {
  auto population = findPopulation(*this, "C1", "population", getPopulationAttr(), table);
  if (failed(population))
    return failure();
  return verifyPart(*this, "C1", "columns",
                    {static_cast<int64_t>(getFirstColumn()), static_cast<int64_t>(getColumns())},
                    {0, static_cast<int64_t>(population->getColumns())});
}

LogicalResult SynapsesOp::verify() {
  if (failed(verifyNotNegative(*this, "C1", "offset", getOffset().value_or(0))) ||
      failed(verifyNotNegative(*this, "C1", "memory_bits", getMemoryBits())))
    return failure();
  if (getWeightBytes() && *getWeightBytes() != 1 && *getWeightBytes() != 2)
    return violated(*this, "C1", "weight_bytes", Twine(*getWeightBytes()), "1 or 2");
  return success();
}

LogicalResult SynapsesOp::verifySymbolUses(SymbolTableCollection &table) {
  Operation *found = find(*this, getProjectionAttr(), table);
  auto projection = dyn_cast_or_null<ProjectionOp>(found);
  if (!projection)
    return violated(*this, "C2", "projection " + text(getProjectionAttr()), kindOf(found),
                    "a chip.projection");
  StringRef population = (*this)->getParentOfType<SliceOp>().getPopulation();
  if (projection.getTarget() != population)
    return violated(*this, "C2", "target of the projection", projection.getTarget(),
                    population + ", the slice's population");
  return verifyPart(*this, "C2", "rows",
                    {static_cast<int64_t>(getFirstRow()), static_cast<int64_t>(getRows())},
                    {0, static_cast<int64_t>(projection.getRows())});
}

LogicalResult AttentionHeadsOp::verify() {
  return verifyNotNegative(*this, "C2", "memory_bits", getMemoryBits());
}

LogicalResult AttentionHeadsOp::verifySymbolUses(SymbolTableCollection &table) {
  Operation *found = find(*this, getAttentionAttr(), table);
  auto attention = dyn_cast_or_null<AttentionOp>(found);
  if (!attention)
    return violated(*this, "C1", "attention " + text(getAttentionAttr()), kindOf(found),
                    "a chip.attention");
  StringRef population = (*this)->getParentOfType<SliceOp>().getPopulation();
  if (attention.getTarget() != population)
    return violated(*this, "C1", "target of the attention", attention.getTarget(),
                    population + ", the slice's population");
  return verifyPart(*this, "C1", "heads",
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
    if (!target)
      return violated(*this, "C2", "body", kindOf(&op), "chip.target");
    if (!cores.insert(target.getCore()).second)
      return violated(*this, "C2", "targets on " + nameOf(target.getCore()), "two", "one per core");
  }
  return success();
}

LogicalResult FlowOp::verifySymbolUses(SymbolTableCollection &table) {
  Operation *source = find(*this, getSourceAttr(), table);
  Range whole{0, 0};
  if (auto slice = dyn_cast_or_null<SliceOp>(source))
    whole = {static_cast<int64_t>(slice.getFirstColumn()),
             static_cast<int64_t>(slice.getColumns())};
  else if (auto host = dyn_cast_or_null<HostOp>(source); host && host.getSpikeBits())
    whole = {0, static_cast<int64_t>(host.getColumns())};
  else
    return violated(*this, "C1", "source " + text(getSourceAttr()), kindOf(source),
                    "a chip.slice, or a chip.host that yields spikes over time");
  return verifyPart(*this, "C1", "columns", columnsOf(*this), whole);
}

LogicalResult TargetOp::verify() {
  return verifyPart(*this, "C1", "columns",
                    {static_cast<int64_t>(getFirstColumn()), static_cast<int64_t>(getColumns())},
                    columnsOf((*this)->getParentOfType<FlowOp>()));
}
