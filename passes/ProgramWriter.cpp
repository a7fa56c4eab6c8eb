// ProgramWriter: a mapped program as a file and a side file of integer weights.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/ProgramWriter.h"

#include "dialect/chip/Chip.h"
#include "dialect/chip/ProgramBytes.h"
#include "passes/lower/PendingFile.h"
#include "passes/lower/WeightBlocks.h"
#include "support/MemoryNeed.h"

#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/EndianStream.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/Path.h"

#include <algorithm>
#include <map>
#include <tuple>

using namespace mlir;
using namespace synfire;

/// Every block begins at a cache line when the side file is mapped into memory.
static constexpr uint64_t kBlockAlignmentBytes = 64;

namespace {

/// Writes the weight blocks of a program to a stream, and their places into the program's synapses.
class WeightStream {
public:
  WeightStream(const WeightBlocks &source, raw_ostream &os) : source(source), os(os) {}

  LogicalResult write(chip::ProgramOp program) {
    SymbolTable symbols(program);
    if (failed(checkMemory(program, symbols)))
      return failure();
    for (auto slice : program.getOps<chip::SliceOp>())
      for (auto synapses : slice.getOps<chip::SynapsesOp>()) {
        auto projection = symbols.lookup<chip::ProjectionOp>(synapses.getProjection());
        if (failed(writeBlock(slice, synapses, projection)))
          return failure();
      }
    return success();
  }

  uint64_t bytes() const { return offset; }

private:
  /// A block is held as int32, and narrower weights once more in their own type.
  static LogicalResult checkMemory(chip::ProgramOp program, const SymbolTable &symbols) {
    double largest = 0;
    program.walk([&](chip::SynapsesOp synapses) {
      const double weights = double(synapses.getRows()) *
                             double(synapses->getParentOfType<chip::SliceOp>().getColumns());
      auto projection = symbols.lookup<chip::ProjectionOp>(synapses.getProjection());
      largest = std::max(largest, weights * (4 + projection.getWeightForm().storedBytes() % 4));
    });
    std::string lack = lacksMemory("the weights of a slice", largest);
    return lack.empty() ? success()
                        : program.emitError() << "'" << program.getSymName() << "': " << lack;
  }

  LogicalResult writeBlock(chip::SliceOp slice, chip::SynapsesOp synapses,
                           chip::ProjectionOp projection) {
    BlockShape shape{int64_t(synapses.getFirstRow()), int64_t(synapses.getRows()),
                     int64_t(slice.getFirstColumn()), int64_t(slice.getColumns())};
    int width = projection.getWeightForm().storedBytes();
    // Slices that hold the same columns at different points share their weights.
    auto [known, fresh] =
        places.try_emplace(std::tuple(projection.getOperation(), shape.firstColumn, shape.columns,
                                      shape.firstRow, shape.rows),
                           llvm::alignTo(offset, kBlockAlignmentBytes));
    uint64_t start = known->second;
    synapses.setOffset(start);
    synapses.setWeightBytes(width);
    if (!fresh)
      return success();
    if (failed(source.fill(projection, shape, block)) || failed(checkNonzeros(projection, shape)))
      return failure();
    os.write_zeros(start - offset);
    if (width == 1)
      writeAs(bytes8);
    else if (width == 2)
      writeAs(bytes16);
    else
      writeAs(block);
    offset = start + block.size() * width;
    return success();
  }

  /// Checks that the weights have as many that are not 0 as the projection states, from which the
  /// memory of indexed rows has been computed.
  LogicalResult checkNonzeros(chip::ProjectionOp projection, const BlockShape &shape) const {
    std::optional<ArrayRef<int64_t>> stated = projection.getNonzeros();
    if (!stated || shape.rows != static_cast<int64_t>(projection.getRows()))
      return success();
    std::vector<int64_t> counted(shape.columns);
    for (size_t i = 0; i < block.size(); ++i)
      counted[i % shape.columns] += block[i] != 0;
    for (auto [c, count] : llvm::enumerate(counted))
      if (int64_t column = shape.firstColumn + static_cast<int64_t>(c); (*stated)[column] != count)
        return projection.emitError()
               << "'" << projection.getSymName() << "': column " << column << ": needs " << count
               << " weights that are not 0, as the model has, states " << (*stated)[column]
               << "; lower the model again";
    return success();
  }

  /// Writes the block as little-endian integers of the vector's type.
  template <typename Weight> void writeAs(std::vector<Weight> &weights) {
    if constexpr (!std::is_same_v<Weight, int32_t>)
      weights.assign(block.begin(), block.end());
    llvm::support::endian::Writer(os, llvm::endianness::little).write(ArrayRef<Weight>(weights));
  }

  const WeightBlocks &source;
  raw_ostream &os;
  uint64_t offset = 0;
  /// Where a block stands, by its projection, columns and rows.
  std::map<std::tuple<Operation *, int64_t, int64_t, int64_t, int64_t>, uint64_t> places;
  std::vector<int32_t> block;
  std::vector<int16_t> bytes16;
  std::vector<int8_t> bytes8;
};

} // namespace

static LogicalResult check(chip::ProgramOp program, const std::string &problem) {
  return problem.empty() ? success() : program.emitError() << problem;
}

/// Writes the side file, and what the program says of it; `checksum` is that of its bytes.
static LogicalResult writeWeights(chip::ProgramOp program, const WeightBlocks &weights,
                                  StringRef path, PendingFile &side, std::string &checksum) {
  if (failed(check(program, side.open())))
    return failure();
  WeightStream stream(weights, side.os());
  if (failed(stream.write(program)) || failed(check(program, side.finish())) ||
      failed(check(program, side.sum(checksum))))
    return failure();
  program.setWeightsChecksum(checksum);
  program.setWeightsFile(llvm::sys::path::filename(path));
  program.setWeightsBytes(stream.bytes());
  program.setSourceChecksum("xxh3:" +
                            llvm::utohexstr(weights.checksum(), /*LowerCase=*/true, /*Width=*/16));
  return success();
}

/// Writes the program itself, to the end.
static LogicalResult writeModule(chip::ProgramOp program, StringRef path, PendingFile &file) {
  auto module = program->getParentOfType<ModuleOp>();
  // The name of the producer is at the very start of bytecode. It has version and checksum in it,
  // so that a reader knows both before it parses.
  const std::string producer = chip::programProducerPlace();
  const BytecodeWriterConfig config(producer);
  if (path.ends_with(".mlir")) {
    // The names of a program are symbols, so that it needs no locations. The newline makes the text
    // equal to that of synfire-opt.
    if (failed(check(program, file.writeText(module, OpPrintingFlags().enableDebugInfo(false)))))
      return failure();
    file.os() << '\n';
  } else if (failed(writeBytecodeToFile(module, file.os(), config))) {
    return program.emitError() << "cannot write '" << path << "': bytecode was not produced";
  } else if (failed(check(program, file.seal()))) {
    return failure();
  }
  return check(program, file.finish());
}

static LogicalResult writeFiles(chip::ProgramOp program, const WeightBlocks &weights,
                                StringRef path, bool shapesOnly) {
  SmallString<128> sidePath(path);
  llvm::sys::path::replace_extension(sidePath, "weights");
  PendingFile side(sidePath), file(path);
  std::string checksum;
  if (failed(check(program, file.open())) ||
      (!shapesOnly && failed(writeWeights(program, weights, sidePath, side, checksum))) ||
      failed(writeModule(program, path, file)))
    return failure();
  return check(program, shapesOnly ? file.keep() : PendingFile::keepBoth(side, checksum, file));
}

LogicalResult synfire::writeProgram(ModuleOp module, StringRef path, const ProgramNotes &notes) {
  auto programs = module.getOps<chip::ProgramOp>();
  if (!llvm::hasSingleElement(programs))
    return module.emitError() << "'" << path << "': needs one chip.program to write, has "
                              << std::distance(programs.begin(), programs.end())
                              << "; run the compile pipeline before";
  chip::ProgramOp program = *programs.begin();
  // A model that the host computes alone has no neurons, and so no slices, but it is scheduled.
  if (!program.getStages() ||
      (program.getOps<chip::SliceOp>().empty() && !program.getOps<chip::NeuronsOp>().empty()))
    return program.emitError() << "'" << program.getSymName() << "': needs slices to write to '"
                               << path << "', has none; run the mapping passes before";
  if (!path.ends_with(".mlirbc") && !path.ends_with(".mlir"))
    return program.emitError() << "'" << path << "': needs a name that ends in .mlirbc or .mlir";
  // The program that is written is a copy in a module of its own, so that the caller's module is
  // not changed.
  OwningOpRef<ModuleOp> alone = ModuleOp::create(UnknownLoc::get(module.getContext()));
  auto copy = cast<chip::ProgramOp>(program->clone());
  alone->push_back(copy);
  copy.setFormat(kProgramFormat.tag());
  copy.setSeed(notes.seed);
  copy.setWarningsAttr(
      Builder(module.getContext())
          .getStrArrayAttr(SmallVector<StringRef>(notes.warnings.begin(), notes.warnings.end())));
  return writeFiles(copy, WeightBlocks(module), path, notes.shapesOnly);
}
