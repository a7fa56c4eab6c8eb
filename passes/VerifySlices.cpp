// VerifySlices: rules V1 to V6, what the slices hold and whether it fits.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/MappingDiagnostics.h"
#include "passes/MappingJudge.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace synfire;

/// Product, at most the largest int64.
static int64_t product(std::initializer_list<int64_t> factors) {
  int64_t result = 1;
  for (int64_t factor : factors)
    if (llvm::MulOverflow(result, factor, result))
      return INT64_MAX;
  return result;
}

/// (V1) Every column of a population is in exactly one slice; the host's in none.
LogicalResult MappingJudge::verifyCoverage(StringAttr name, const Population &population) {
  if (population.onHost())
    return success();
  int64_t covered = 0;
  for (chip::SliceOp slice : population.slices) {
    int64_t first = slice.getFirstColumn(), count = slice.getColumns();
    if (first > covered)
      break;
    if (first < covered)
      return slice.emitError() << "(V1) slice `" << slice.getSymName()
                               << "` and another one both have "
                               << rangeName("column", first, std::min(count, covered - first))
                               << " of `" << name.getValue() << "`";
    covered = first + count;
  }
  if (covered == population.columns)
    return success();
  int64_t end = population.columns;
  for (chip::SliceOp slice : population.slices)
    if (static_cast<int64_t>(slice.getFirstColumn()) > covered)
      end = std::min(end, static_cast<int64_t>(slice.getFirstColumn()));
  return population.op->emitError()
         << "(V1) no slice has " << rangeName("column", covered, end - covered) << " of `"
         << name.getValue() << "`";
}

/// (V2) A slice has, once, all rows of every projection into its columns: dense
/// all, sparse the rows of its columns. (V4) Their memory is accounted.
LogicalResult MappingJudge::verifySynapses(chip::SliceOp slice) {
  llvm::DenseMap<StringAttr, chip::SynapsesOp> blocks;
  for (auto block : slice.getOps<chip::SynapsesOp>())
    if (!blocks.try_emplace(block.getProjectionAttr().getAttr(), block).second)
      return block.emitError() << "(V2) slice `" << slice.getSymName() << "` has projection `"
                               << block.getProjection() << "` twice";
  int64_t first = slice.getFirstColumn(), columns = slice.getColumns();
  for (auto projection : program.getOps<chip::ProjectionOp>()) {
    if (projection.getTarget() != slice.getPopulation())
      continue;
    chip::SynapsesOp block = blocks.lookup(projection.getSymNameAttr());
    if (!block)
      return slice.emitError() << "(V2) slice `" << slice.getSymName() << "` lacks projection `"
                               << projection.getSymName() << "`";
    bool sparse = projection.getEncoding() == "sparse";
    int64_t firstRow = sparse ? first : 0;
    int64_t rows = sparse ? columns : static_cast<int64_t>(projection.getRows());
    int64_t hasFirst = block.getFirstRow(), hasRows = block.getRows();
    if (hasFirst != firstRow || hasRows != rows)
      return block.emitError() << "(V2) slice `" << slice.getSymName() << "` has "
                               << rangeName("row", hasFirst, hasRows) << " of projection `"
                               << projection.getSymName() << "`, needs "
                               << rangeName("row", firstRow, rows);
    int64_t bits = projection.getWeightBits();
    int64_t index = llvm::Log2_64_Ceil(static_cast<uint64_t>(columns));
    int64_t memory = sparse ? product({columns, bits + index}) : product({rows, columns, bits});
    if (static_cast<int64_t>(block.getMemoryBits()) != memory)
      return block.emitError() << "(V4) slice `" << slice.getSymName() << "` gives projection `"
                               << projection.getSymName() << "` " << block.getMemoryBits()
                               << " bits of memory, needs " << memory;
  }
  return success();
}

/// (V3) Where attention enters, a slice has, once, the heads of its columns,
/// whole. (V4) Their memory is accounted.
LogicalResult MappingJudge::verifyHeads(chip::SliceOp slice) {
  llvm::DenseMap<StringAttr, chip::AttentionHeadsOp> blocks;
  for (auto block : slice.getOps<chip::AttentionHeadsOp>())
    if (!blocks.try_emplace(block.getAttentionAttr().getAttr(), block).second)
      return block.emitError() << "(V3) slice `" << slice.getSymName() << "` has attention `"
                               << block.getAttention() << "` twice";
  int64_t first = slice.getFirstColumn(), columns = slice.getColumns();
  for (auto attention : program.getOps<chip::AttentionOp>()) {
    if (attention.getTarget() != slice.getPopulation())
      continue;
    int64_t d = populations[slice.getPopulationAttr().getAttr()].columns /
                static_cast<int64_t>(attention.getHeads());
    if (first % d != 0 || columns % d != 0)
      return slice.emitError() << "(V3) slice `" << slice.getSymName() << "` with "
                               << rangeName("column", first, columns) << " cuts a head of `"
                               << attention.getSymName() << "`, " << d << " columns wide";
    chip::AttentionHeadsOp block = blocks.lookup(attention.getSymNameAttr());
    if (!block)
      return slice.emitError() << "(V3) slice `" << slice.getSymName() << "` lacks attention `"
                               << attention.getSymName() << "`";
    int64_t hasFirst = block.getFirstHead(), hasHeads = block.getHeads();
    if (hasFirst != first / d || hasHeads != columns / d)
      return block.emitError() << "(V3) slice `" << slice.getSymName() << "` has "
                               << rangeName("head", hasFirst, hasHeads) << " of `"
                               << attention.getSymName() << "`, needs "
                               << rangeName("head", first / d, columns / d);
    int64_t memory = product({static_cast<int64_t>(program.getMaxTokens()),
                              static_cast<int64_t>(program.getTimeSteps()), 2, d, hasHeads});
    if (static_cast<int64_t>(block.getMemoryBits()) != memory)
      return block.emitError() << "(V4) slice `" << slice.getSymName() << "` gives attention `"
                               << attention.getSymName() << "` " << block.getMemoryBits()
                               << " bits of memory, needs " << memory;
  }
  return success();
}

/// (V5) A slice is on a core that the target has. Mappings use chip 0.
LogicalResult MappingJudge::verifyCore(chip::SliceOp slice) {
  chip::CoreAttr core = slice.getCoreAttr();
  if (!core)
    return slice.emitError() << "(V5) slice `" << slice.getSymName() << "` has no core";
  bool exists = core.getChip() == 0 && core.getX() >= 0 && core.getX() < chip.mesh.width &&
                core.getY() >= 0 && core.getY() < chip.mesh.height && core.getCore() >= 0 &&
                core.getCore() < chip.mesh.coresPerTile;
  if (exists)
    return success();
  return slice.emitError() << "(V5) slice `" << slice.getSymName() << "` is on " << coreName(core)
                           << "; a chip of target '" << chip.name << "' has " << chip.mesh.width
                           << " x " << chip.mesh.height << " tiles with " << chip.mesh.coresPerTile
                           << " cores each (mesh.width, mesh.height, mesh.cores_per_tile)";
}

/// Adds what is not negative; the largest number stands for all above, so that a text with such
/// columns is refused as any other that does not fit.
static void addTo(int64_t &sum, int64_t more) {
  if (llvm::AddOverflow(sum, more, sum))
    sum = INT64_MAX;
}

/// (V6) No core gets more neurons, memory, axon-in or axon-out entries than it
/// has.
LogicalResult MappingJudge::verifyCapacities() {
  using mapping::Resource; // for the wording
  struct Load {
    int64_t neurons = 0, memoryBits = 0, axonIn = 0, axonOut = 0;
    SmallVector<chip::SliceOp> slices;
  };
  llvm::MapVector<Attribute, Load> loads;
  for (auto slice : program.getOps<chip::SliceOp>()) {
    Load &load = loads[slice.getCoreAttr()];
    load.slices.push_back(slice);
    addTo(load.neurons, slice.getColumns());
    addTo(load.memoryBits, slice.getMemoryBits());
    for (auto block : slice.getOps<chip::SynapsesOp>())
      addTo(load.axonIn, block.getRows());
    for ([[maybe_unused]] auto heads : slice.getOps<chip::AttentionHeadsOp>())
      addTo(load.axonIn, product({3, static_cast<int64_t>(slice.getColumns())})); // q, k and v
    for (auto &[core, need] :
         needsOf(slice.getPopulationAttr().getAttr(), slice.getFirstColumn(), slice.getColumns()))
      addTo(load.axonOut, need.end - need.first);
  }
  for (auto &[core, load] : loads)
    for (auto [resource, needed, available] :
         {std::tuple(Resource::Neurons, load.neurons, static_cast<int64_t>(chip.core.neurons)),
          std::tuple(Resource::SynapseMemory, load.memoryBits, chip.core.synapseMemoryBits),
          std::tuple(Resource::AxonIn, load.axonIn, chip.core.axonInEntries),
          std::tuple(Resource::AxonOut, load.axonOut, chip.core.axonOutEntries)}) {
      if (needed <= available)
        continue;
      InFlightDiagnostic error = load.slices.front().emitError();
      error << "(V6) " << coreName(cast<chip::CoreAttr>(core)) << ": its slices need "
            << amountText(resource, needed) << "; target '" << chip.name << "' has "
            << amountText(resource, available) << " per core (" << resourceKey(resource) << ")";
      for (chip::SliceOp slice : load.slices)
        error.attachNote(slice.getLoc()) << "slice `" << slice.getSymName() << "` is there";
      return error;
    }
  return success();
}

LogicalResult MappingJudge::verifySlices() {
  for (auto &[name, population] : populations)
    if (failed(verifyCoverage(name, population)))
      return failure();
  for (auto slice : program.getOps<chip::SliceOp>())
    if (failed(verifySynapses(slice)) || failed(verifyHeads(slice)) || failed(verifyCore(slice)))
      return failure();
  return verifyCapacities();
}
