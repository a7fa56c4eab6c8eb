// VerifySlices: rules V1 to V6, what the slices hold and whether it fits.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/MappingDiagnostics.h"
#include "passes/MappingJudge.h"
#include "support/Message.h"

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

/// Adds a note at the op that says what the refused one should be, "'fc' is here", and fails.
static LogicalResult noteOp(InFlightDiagnostic error, Operation *op) {
  error.attachNote(op->getLoc()) << "'" << SymbolTable::getSymbolName(op).getValue() << "' is here";
  return error;
}

/// (V1) Every column of a population is in exactly one slice; the host's in none.
LogicalResult MappingJudge::verifyCoverage(StringAttr name, const Population &population) {
  if (population.onHost())
    return success();
  int64_t covered = 0;
  chip::SliceOp before;
  for (chip::SliceOp slice : population.slices) {
    int64_t first = slice.getFirstColumn(), count = slice.getColumns();
    if (first > covered)
      break;
    if (first < covered)
      return noteOp(slice.emitError()
                        << "'" << slice.getSymName()
                        << "': " << rangeName("column", first, std::min(count, covered - first))
                        << " of '" << name.getValue() << "' are in another slice too",
                    before);
    covered = first + count;
    before = slice;
  }
  if (covered == population.columns)
    return success();
  int64_t end = population.columns;
  for (chip::SliceOp slice : population.slices)
    if (static_cast<int64_t>(slice.getFirstColumn()) > covered)
      end = std::min(end, static_cast<int64_t>(slice.getFirstColumn()));
  return population.op->emitError() << "'" << name.getValue() << "': no slice has "
                                    << rangeName("column", covered, end - covered);
}

/// (V2) A slice has, once, all rows of every projection into its columns: dense
/// all, sparse the rows of its columns. (V4) Their memory is accounted.
LogicalResult MappingJudge::verifySynapses(chip::SliceOp slice) {
  llvm::DenseMap<StringAttr, chip::SynapsesOp> blocks;
  for (auto block : slice.getOps<chip::SynapsesOp>())
    if (!blocks.try_emplace(block.getProjectionAttr().getAttr(), block).second)
      return block.emitError() << "'" << slice.getSymName() << "': has projection '"
                               << block.getProjection() << "' twice";
  int64_t first = slice.getFirstColumn(), columns = slice.getColumns();
  for (auto projection : program.getOps<chip::ProjectionOp>()) {
    if (projection.getTarget() != slice.getPopulation())
      continue;
    chip::SynapsesOp block = blocks.lookup(projection.getSymNameAttr());
    if (!block)
      return noteOp(slice.emitError() << "'" << slice.getSymName() << "': lacks projection '"
                                      << projection.getSymName() << "'",
                    projection);
    bool sparse = projection.getEncoding() == "sparse";
    int64_t firstRow = sparse ? first : 0;
    int64_t rows = sparse ? columns : static_cast<int64_t>(projection.getRows());
    int64_t hasFirst = block.getFirstRow(), hasRows = block.getRows();
    if (hasFirst != firstRow || hasRows != rows)
      return noteOp(block.emitError() << "'" << slice.getSymName() << "': projection '"
                                      << projection.getSymName() << "': "
                                      << needsHas(rangeName("row", firstRow, rows),
                                                  rangeName("row", hasFirst, hasRows)),
                    projection);
    int64_t bits = projection.getWeightBits();
    int64_t index = llvm::Log2_64_Ceil(static_cast<uint64_t>(columns));
    int64_t memory = sparse ? product({columns, bits + index}) : product({rows, columns, bits});
    if (static_cast<int64_t>(block.getMemoryBits()) != memory)
      return noteOp(block.emitError()
                        << "'" << slice.getSymName() << "': projection '" << projection.getSymName()
                        << "': "
                        << needsHas(message(memory, " bits of memory"), block.getMemoryBits()),
                    projection);
  }
  return success();
}

/// (V3) Where attention enters, a slice has, once, the heads of its columns,
/// whole. (V4) Their memory is accounted.
LogicalResult MappingJudge::verifyHeads(chip::SliceOp slice) {
  llvm::DenseMap<StringAttr, chip::AttentionHeadsOp> blocks;
  for (auto block : slice.getOps<chip::AttentionHeadsOp>())
    if (!blocks.try_emplace(block.getAttentionAttr().getAttr(), block).second)
      return block.emitError() << "'" << slice.getSymName() << "': has attention '"
                               << block.getAttention() << "' twice";
  int64_t first = slice.getFirstColumn(), columns = slice.getColumns();
  for (auto attention : program.getOps<chip::AttentionOp>()) {
    if (attention.getTarget() != slice.getPopulation())
      continue;
    int64_t d = populations[slice.getPopulationAttr().getAttr()].columns /
                static_cast<int64_t>(attention.getHeads());
    if (first % d != 0 || columns % d != 0)
      return noteOp(slice.emitError()
                        << "'" << slice.getSymName() << "': "
                        << needsHas(message("whole heads of '", attention.getSymName().str(),
                                            "', of ", d, " columns each"),
                                    rangeName("column", first, columns)),
                    attention);
    chip::AttentionHeadsOp block = blocks.lookup(attention.getSymNameAttr());
    if (!block)
      return noteOp(slice.emitError() << "'" << slice.getSymName() << "': lacks attention '"
                                      << attention.getSymName() << "'",
                    attention);
    int64_t hasFirst = block.getFirstHead(), hasHeads = block.getHeads();
    if (hasFirst != first / d || hasHeads != columns / d)
      return noteOp(block.emitError() << "'" << slice.getSymName() << "': attention '"
                                      << attention.getSymName() << "': "
                                      << needsHas(rangeName("head", first / d, columns / d),
                                                  rangeName("head", hasFirst, hasHeads)),
                    attention);
    int64_t memory = product({static_cast<int64_t>(program.getMaxTokens()),
                              static_cast<int64_t>(program.getTimeSteps()), 2, d, hasHeads});
    if (static_cast<int64_t>(block.getMemoryBits()) != memory)
      return noteOp(block.emitError()
                        << "'" << slice.getSymName() << "': attention '" << attention.getSymName()
                        << "': "
                        << needsHas(message(memory, " bits of memory"), block.getMemoryBits()),
                    attention);
  }
  return success();
}

/// (V5) A slice is on a core that the target has. Mappings use chip 0.
LogicalResult MappingJudge::verifyCore(chip::SliceOp slice) {
  chip::CoreAttr core = slice.getCoreAttr();
  if (!core)
    return slice.emitError() << "'" << slice.getSymName() << "': has no core";
  bool exists = core.getChip() == 0 && core.getX() >= 0 && core.getX() < chip.mesh.width &&
                core.getY() >= 0 && core.getY() < chip.mesh.height && core.getCore() >= 0 &&
                core.getCore() < chip.mesh.coresPerTile;
  if (exists)
    return success();
  InFlightDiagnostic error =
      slice.emitError() << "'" << slice.getSymName() << "': "
                        << needsHas(message("a core of target '", chip.name, "'"), coreName(core));
  error.attachNote() << "'mesh.width', 'mesh.height' and 'mesh.cores_per_tile' of target '"
                     << chip.name << "' are " << chip.mesh.width << ", " << chip.mesh.height
                     << " and " << chip.mesh.coresPerTile;
  return error;
}

/// Adds what is not negative; the largest number stands for all above, so that a text with such
/// columns is refused as any other that does not fit.
static void addTo(int64_t &sum, int64_t more) {
  if (llvm::AddOverflow(sum, more, sum))
    sum = INT64_MAX;
}

MappingJudge::Amounts MappingJudge::amountsOf(chip::SliceOp slice) {
  auto columns = static_cast<int64_t>(slice.getColumns());
  int64_t axonIn = 0, axonOut = 0;
  for (auto block : slice.getOps<chip::SynapsesOp>())
    addTo(axonIn, block.getRows());
  for ([[maybe_unused]] auto heads : slice.getOps<chip::AttentionHeadsOp>())
    addTo(axonIn, product({3, columns})); // q, k and v
  for (auto &[core, need] :
       needsOf(slice.getPopulationAttr().getAttr(), slice.getFirstColumn(), columns))
    addTo(axonOut, need.end - need.first);
  return {columns, static_cast<int64_t>(slice.getMemoryBits()), axonIn, axonOut};
}

/// (V6) No core gets more neurons, memory, axon-in or axon-out entries than it
/// has.
LogicalResult MappingJudge::verifyCapacities() {
  using mapping::Resource; // for the wording
  struct Load {
    SmallVector<chip::SliceOp> slices;
    SmallVector<Amounts> parts; ///< of each slice
    Amounts sum{};
  };
  llvm::MapVector<Attribute, Load> loads;
  for (auto slice : program.getOps<chip::SliceOp>()) {
    Load &load = loads[slice.getCoreAttr()];
    load.slices.push_back(slice);
    const Amounts &part = load.parts.emplace_back(amountsOf(slice));
    for (auto [sum, more] : llvm::zip_equal(load.sum, part))
      addTo(sum, more);
  }
  const Amounts available = {chip.core.neurons, chip.core.synapseMemoryBits,
                             chip.core.axonInEntries, chip.core.axonOutEntries};
  for (auto &[core, load] : loads)
    for (Resource resource :
         {Resource::Neurons, Resource::SynapseMemory, Resource::AxonIn, Resource::AxonOut}) {
      auto index = static_cast<size_t>(resource);
      if (load.sum[index] <= available[index])
        continue;
      InFlightDiagnostic error = load.slices.front().emitError();
      error << coreName(cast<chip::CoreAttr>(core)) << ": "
            << needsHasAmount(resource, load.sum[index], available[index]);
      for (auto [slice, part] : llvm::zip_equal(load.slices, load.parts)) {
        if (part[index] == 0)
          continue;
        error.attachNote(slice.getLoc())
            << "'" << slice.getSymName() << "' needs " << amountText(resource, part[index]);
      }
      noteLimit(error, chip, resource);
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
