// VerifySlices: rules V1 to V4, what the slices hold.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/MappingDiagnostics.h"
#include "passes/MappingJudge.h"
#include "support/Message.h"
#include "support/Saturating.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace synfire;

/// Adds a note at the op that says what the refused one should be, "'fc' is here", and fails.
static LogicalResult noteOp(InFlightDiagnostic error, Operation *op) {
  error.attachNote(op->getLoc()) << "'" << SymbolTable::getSymbolName(op).getValue() << "' is here";
  return error;
}

/// (V1) Every neuron of a population is in exactly one slice; the host's in none. Slices cut the
/// columns into blocks, and each block into ranges of points.
LogicalResult MappingJudge::verifyCoverage(StringAttr name, const Population &population) {
  if (population.onHost())
    return success();
  int64_t covered = 0;
  chip::SliceOp before;
  for (size_t i = 0; i < population.slices.size();) {
    chip::SliceOp slice = population.slices[i];
    int64_t first = slice.getFirstColumn(), count = slice.getColumns();
    if (first > covered)
      break;
    if (first < covered)
      return noteOp(slice.emitError()
                        << "'" << slice.getSymName()
                        << "': " << rangeName("column", first, std::min(count, covered - first))
                        << " of '" << name.getValue() << "' are in another slice too",
                    before);
    if (failed(verifyPoints(name, population, i)))
      return failure();
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

/// The part of V1 for the block of columns that begins with slice `next`, which is set to the first
/// slice of the next block.
LogicalResult MappingJudge::verifyPoints(StringAttr name, const Population &population,
                                         size_t &next) {
  chip::SliceOp first = population.slices[next], before;
  if (population.points == 1) {
    ++next;
    return success();
  }
  int64_t covered = 0;
  for (; next < population.slices.size(); ++next) {
    chip::SliceOp slice = population.slices[next];
    if (slice.getFirstColumn() != first.getFirstColumn())
      break;
    if (slice.getColumns() != first.getColumns())
      return noteOp(slice.emitError()
                        << "'" << slice.getSymName() << "': "
                        << needsHas(
                               rangeName("column", first.getFirstColumn(), first.getColumns()),
                               rangeName("column", slice.getFirstColumn(), slice.getColumns())),
                    first);
    const PointRange points = slice.getPointRange();
    if (points.first < covered)
      return noteOp(slice.emitError() << "'" << slice.getSymName() << "': "
                                      << rangeName("point", points.first,
                                                   std::min(points.count, covered - points.first))
                                      << " of '" << name.getValue() << "' are in another slice too",
                    before);
    if (points.first > covered)
      break;
    covered = points.end();
    before = slice;
  }
  if (covered == population.points)
    return success();
  int64_t end = population.points;
  if (next < population.slices.size())
    if (chip::SliceOp slice = population.slices[next];
        slice.getFirstColumn() == first.getFirstColumn())
      end = slice.getPointRange().first;
  return population.op->emitError()
         << "'" << name.getValue() << "': no slice has "
         << rangeName("point", covered, end - covered) << " of "
         << rangeName("column", first.getFirstColumn(), first.getColumns());
}

/// The bits of the spikes that a slice keeps for a projection until they are due: one spike for
/// each neuron that it reads and each update of its own for which the spike is held back.
int64_t MappingJudge::heldBits(chip::SliceOp slice, chip::ProjectionOp projection) {
  if (!projection.getDelays())
    return 0;
  const Population &source = populations[projection.getSourceAttr().getAttr()];
  auto host = dyn_cast<chip::HostOp>(source.op);
  const int64_t spikeBits =
      host ? *host.getSpikeBits() : cast<chip::NeuronsOp>(source.op).getSpikeBits();
  int64_t first = 0, end = source.columns, points = source.points;
  const int64_t firstColumn = slice.getFirstColumn(), columns = slice.getColumns();
  if (projection.getEncoding() == "sparse" &&
      (projection.getRowStride() == 0 ||
       firstColumn % source.columns + columns <= source.columns)) {
    first = firstColumn % source.columns;
    end = first + columns;
  } else if (const int64_t groups = projection.getGroups(); groups > 1) {
    const int64_t outputs = static_cast<int64_t>(projection.getColumns()) / groups;
    first = firstColumn / outputs * (source.columns / groups);
    end = ((firstColumn + columns - 1) / outputs + 1) * (source.columns / groups);
  }
  if (projection.getWindow())
    points = projection.getWindow()->getWindow().sourcesOf(slice.getPointRange()).count;
  int64_t steps = 0;
  for (int64_t column = first; column < end; ++column)
    steps = saturatingAdd(steps, heldSteps(projection, column));
  return saturatingMultiply(steps, saturatingMultiply(points, spikeBits));
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
  for (auto projection : populations[slice.getPopulationAttr().getAttr()].projectionsInto) {
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
    if (failed(verifyMemory(slice, block, projection)))
      return failure();
  }
  return success();
}

/// (V4) of a block of synapses. Rows of indexed weights need a chip that has them, and an index
/// that tells the columns of the block apart.
LogicalResult MappingJudge::verifyMemory(chip::SliceOp slice, chip::SynapsesOp block,
                                         chip::ProjectionOp projection) {
  auto refuse = [&](const std::string &fact) {
    return noteOp(block.emitError() << "'" << slice.getSymName() << "': projection '"
                                    << projection.getSymName() << "': " << fact,
                  projection);
  };
  const int64_t first = slice.getFirstColumn(), columns = slice.getColumns();
  const bool diagonal = projection.getEncoding() == "sparse";
  const auto bits = static_cast<int64_t>(projection.getWeightBits());
  int64_t weights = diagonal ? columns : saturatingMultiply(block.getRows(), columns), index = 0;
  if (block.getIndexed()) {
    if (!chip.core.sparseWeights)
      return refuse(message("indexed rows: ",
                            needsHas("core.sparse_weights", "false for '" + chip.name + "'")));
    weights = 0;
    for (int64_t nonzeros : projection.getNonzeros()->slice(first, columns))
      weights = saturatingAdd(weights, nonzeros);
  }
  if (block.getIndexed() || diagonal) {
    const auto needed = static_cast<int64_t>(llvm::Log2_64_Ceil(static_cast<uint64_t>(columns)));
    index = chip.core.sparseIndexBits.value_or(std::max<int64_t>(needed, diagonal ? 0 : 1));
    if (needed > index)
      return refuse(message(
          "the index of ", columns, " columns: ",
          needsHas(message("at most ", index, " bits, core.sparse_index_bits of '", chip.name, "'"),
                   needed)));
  }
  const int64_t memory =
      saturatingAdd(saturatingMultiply(weights, bits + index), heldBits(slice, projection));
  if (static_cast<int64_t>(block.getMemoryBits()) != memory)
    return refuse(needsHas(message(memory, " bits of memory"), block.getMemoryBits()));
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
  const Population &population = populations[slice.getPopulationAttr().getAttr()];
  for (auto attention : population.attentionsInto) {
    int64_t d = population.columns / static_cast<int64_t>(attention.getHeads());
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
    int64_t positions =
        saturatingMultiply(static_cast<int64_t>(program.getMaxTokens()), population.points);
    int64_t steps = saturatingMultiply(positions, static_cast<int64_t>(program.getTimeSteps()));
    int64_t sharing = static_cast<int64_t>(attention.getHeads()) / attention.getGroups().keyHeads;
    int64_t keyHeads = (hasFirst + hasHeads - 1) / sharing - hasFirst / sharing + 1;
    int64_t memory = saturatingMultiply(steps, saturatingMultiply(2 * d, keyHeads));
    if (!attention.getQ())
      memory = saturatingMultiply(
          saturatingMultiply(static_cast<int64_t>(program.getTimeSteps()), columns),
          llvm::Log2_64_Ceil(static_cast<uint64_t>(saturatingAdd(positions, 1))));
    if (attention.getScore()) { // a membrane for each score of a token, or of each point
      const int64_t queries = saturatingMultiply(hasHeads, slice.getPointRange().count);
      memory =
          saturatingAdd(memory, saturatingMultiply(saturatingMultiply(queries, positions),
                                                   attention.getScore()->getConstants().stateBits));
    }
    if (static_cast<int64_t>(block.getMemoryBits()) != memory)
      return noteOp(block.emitError()
                        << "'" << slice.getSymName() << "': attention '" << attention.getSymName()
                        << "': "
                        << needsHas(message(memory, " bits of memory"), block.getMemoryBits()),
                    attention);
  }
  return success();
}

LogicalResult MappingJudge::verifySlices() {
  for (auto &[name, population] : populations)
    if (failed(verifyCoverage(name, population)))
      return failure();
  for (auto slice : program.getOps<chip::SliceOp>())
    if (failed(verifySynapses(slice)) || failed(verifyHeads(slice)))
      return failure();
  return success();
}
