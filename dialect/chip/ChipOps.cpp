// ChipOps: verifiers of what a program computes. (C1) and so on are the numbered constraints of
// ChipOps.td. verify() checks rules within one op; verifySymbolUses(), which MLIR calls after that
// for all ops of a program, checks rules between ops.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/chip/ChipRules.h"
#include "support/Limits.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"

#include <limits>

using namespace mlir;
using namespace synfire;
using namespace synfire::chip;

//===----------------------------------------------------------------------===//
// Program and report rows
//===----------------------------------------------------------------------===//

LogicalResult ProgramOp::verify() {
  // (C1)
  for (auto [name, value, most] : {std::tuple("time_steps", getTimeSteps(), kMaxTimeSteps),
                                   std::tuple("context_length", getContextLength(), kMaxContext),
                                   std::tuple("max_tokens", getMaxTokens(), kMaxContext),
                                   std::tuple("vocabulary", getVocabulary(), kMaxColumns),
                                   std::tuple("stages", getStages().value_or(1), kMaxColumns)})
    if (auto size = static_cast<int64_t>(value); size < 1 || size > most)
      return violated(*this, name, Twine(size), "1.." + Twine(most));
  if (getMaxTokens() > getContextLength())
    return violated(*this, "max_tokens", Twine(getMaxTokens()),
                    "at most " + Twine(getContextLength()) + " (context_length)");
  if (!getWords())
    return success();
  // (C2)
  if (getWords()->size() != getVocabulary())
    return violated(*this, "words", Twine(getWords()->size()),
                    Twine(getVocabulary()) + " (as the vocabulary)");
  if (!getAlphabet().empty())
    return violated(*this, "alphabet beside words", "one", "none");
  for (auto [id, word] : llvm::enumerate(getWords()->getAsRange<StringAttr>()))
    if (word.empty())
      return violated(*this, "word " + Twine(id), "nothing", "a word");
  return success();
}

LogicalResult ProgramOp::verifySymbolUses(SymbolTableCollection &table) {
  if (!getResult())
    return success();
  Operation *found = table.lookupSymbolIn(*this, getResultAttr());
  // (C3)
  if (!isa_and_nonnull<HostOp>(found))
    return violated(*this, "result " + text(getResultAttr()), kindOf(found), "a chip.host");
  return success();
}

LogicalResult OpOp::verify() {
  // (C1)
  if (getKind().empty())
    return violated(*this, "kind", "nothing", "a name");
  return success();
}

//===----------------------------------------------------------------------===//
// Populations, projections, attention
//===----------------------------------------------------------------------===//

LogicalResult NeuronsOp::verify() {
  int64_t columns = getColumns(), bits = getSpikeBits();
  StringRef role = getRole();
  // (C1)
  if (columns < 1 || columns > kMaxColumns)
    return violated(*this, "columns", Twine(columns), "1.." + Twine(kMaxColumns));
  if (failed(verifyPoints(*this, getPoints())))
    return failure();
  // (C2)
  if (role != "neurons" && role != "graded_sum" && role != "readout")
    return violated(*this, "role", role, "neurons, graded_sum or readout");
  if ((role == "graded_sum") == getModel().has_value())
    return violated(*this, "model of role " + role, getModel() ? "one" : "none",
                    getModel() ? "none" : "one");
  if (getModel())
    for (const NeuronVector &vector : kNeuronVectors)
      if (auto entries = static_cast<int64_t>((getModel()->getConstants().*vector.member).size());
          vector.stands(getModel()->getConstants()) && entries != 1 && entries != columns)
        return violated(*this, StringRef("entries of ") + vector.name, Twine(entries),
                        "1 or " + Twine(columns));
  bool fits = role == "readout"   ? bits == 0
              : role == "neurons" ? bits == 1
                                  : bits >= 2 && bits <= kMaxSpikeBits;
  // (C3)
  if (!fits)
    return violated(*this, "spike_bits of " + role, Twine(bits),
                    role == "readout"   ? "0"
                    : role == "neurons" ? "1"
                                        : "2.." + Twine(kMaxSpikeBits));
  // (C5)
  if (getPerStep() && role != "readout")
    return violated(*this, "per_step of role " + role, "one", "none");
  // (C4)
  if (auto stage = static_cast<int64_t>(getStage().value_or(0)); stage < 0 || stage >= kMaxColumns)
    return violated(*this, "stage", Twine(stage), "0.." + Twine(kMaxColumns - 1));
  return success();
}

LogicalResult AttentionOp::verify() {
  // (C2)
  const HeadGroups groups = getGroups();
  if (groups.heads < 1)
    return violated(*this, "heads", Twine(groups.heads), "at least 1");
  if (groups.keyHeads < 1 || groups.heads % groups.keyHeads != 0)
    return violated(*this, "kv_heads", Twine(groups.keyHeads),
                    "a divisor of " + Twine(groups.heads) + " (heads)");
  if (!getQ() && groups.keyHeads != groups.heads)
    return violated(*this, "kv_heads without q", Twine(groups.keyHeads),
                    Twine(groups.heads) + " (heads)");
  // (C3)
  if (!getScore())
    return success();
  if (!getQ())
    return violated(*this, "score neurons without q", "some", "none");
  for (const NeuronVector &vector : kNeuronVectors)
    if (const size_t entries = (getScore()->getConstants().*vector.member).size(); entries > 1)
      return violated(*this, "entries of " + Twine(vector.name) + " of score neurons",
                      Twine(entries), "1");
  return success();
}

LogicalResult AttentionOp::verifySymbolUses(SymbolTableCollection &table) {
  // (C1)
  auto target = findPopulation(*this, "target", getTargetAttr(), table);
  if (failed(target))
    return failure();
  int64_t columns = target->getColumns();
  const HeadGroups groups = getGroups();
  if (columns % groups.heads != 0) // (C2)
    return violated(*this, "heads", Twine(groups.heads), "a divisor of " + Twine(columns));
  const int64_t keyColumns = columns / groups.heads * groups.keyHeads;
  for (auto [what, name, needed] :
       {std::tuple("q", getQAttr(), columns), std::tuple("k", getKAttr(), keyColumns),
        std::tuple("v", getVAttr(), keyColumns)}) {
    if (!name)
      continue;
    SpikeSource source = findSource(*this, name, table);
    if (source.spikeBits == 0)
      return violated(
          *this, Twine(what) + " " + text(name), kindOf(source.op),
          "a population that emits spikes, or a chip.host that yields spikes over time");
    if (source.columns != needed)
      return violated(*this, Twine("columns of ") + what, Twine(source.columns),
                      Twine(needed) +
                          (needed == columns ? " (as the target)" : " (kv_heads heads)"));
    if (auto points = static_cast<int64_t>(target->getPoints()); source.points != points)
      return violated(*this, Twine("points of ") + what, Twine(source.points),
                      Twine(points) + " (as the target)");
  }
  return success();
}

/// (C3) of a projection's weight_format.
static LogicalResult verifyWeightFormat(ProjectionOp op) {
  std::optional<StringRef> name = op.getWeightFormat();
  if (!name)
    return success();
  std::optional<WeightFormat> format = weightFormatNamed(*name);
  if (!format)
    return violated(op, "weight_format", "'" + *name + "'", llvm::join(kWeightFormatNames, ", "));
  int64_t bits = op.getWeightBits();
  if (std::optional<int> width = widthOf(*format); width && bits != *width)
    return violated(op, "weight_bits of " + *name + " weights", Twine(bits), Twine(*width));
  return success();
}

/// (C6) of a projection.
static LogicalResult verifyNonzeros(ProjectionOp op) {
  std::optional<ArrayRef<int64_t>> nonzeros = op.getNonzeros();
  if (!nonzeros)
    return success();
  bool point = op.getWindow() && op.getWindow()->getWindow().taps() == 1 && op.getGroups() == 1;
  if (op.getEncoding() == "sparse" || (op.getWindow() && !point))
    return violated(op, "encoding of a projection with nonzeros", op.getEncoding(),
                    "dense, or conv with one tap and one group");
  if (nonzeros->size() != op.getColumns())
    return violated(op, "entries of nonzeros", Twine(nonzeros->size()),
                    Twine(op.getColumns()) + " (one per column)");
  for (int64_t count : *nonzeros)
    if (count < 0 || static_cast<uint64_t>(count) > op.getRows())
      return violated(op, "nonzeros", Twine(count), "0.." + Twine(op.getRows()));
  return success();
}

LogicalResult ProjectionOp::verify() {
  // (C3)
  if (!llvm::is_contained({"dense", "sparse", "conv"}, getEncoding()))
    return violated(*this, "encoding", getEncoding(), "dense, sparse or conv");
  int64_t bits = getWeightBits();
  if (bits < kMinWeightBits || bits > kMaxWeightBits)
    return violated(*this, "weight_bits", Twine(bits),
                    Twine(kMinWeightBits) + ".." + Twine(kMaxWeightBits));
  if (failed(verifyWeightFormat(*this)))
    return failure();
  // (C1)
  if (getEncoding() == "sparse" && getRows() != getColumns())
    return violated(*this, "rows of a sparse projection", Twine(getRows()),
                    Twine(getColumns()) + " (as its columns)");
  // (C4)
  bool conv = getEncoding() == "conv";
  if (conv != getWindow().has_value() && getEncoding() != "sparse")
    return violated(*this, "window of encoding " + getEncoding(), getWindow() ? "one" : "none",
                    getWindow() ? "none" : "one");
  if (getWindow() && getRowStride() != 0)
    return violated(*this, "row_stride of a projection with a window", Twine(getRowStride()), "0");
  // (C5)
  if (!conv && getGroups() != 1)
    return violated(*this, "groups of encoding " + getEncoding(),
                    Twine(static_cast<int64_t>(getGroups())), "1");
  return verifyNonzeros(*this);
}

/// What projections have between grids.
static LogicalResult verifyWindow(ProjectionOp op, const SpikeSource &source, NeuronsOp target) {
  auto targetPoints = static_cast<int64_t>(target.getPoints());
  // (C4)
  if (!op.getWindow()) {
    if (targetPoints != 1 || (source.points != 1 && op.getEncoding() == "sparse"))
      return violated(
          op, "window between " + Twine(source.points) + " and " + Twine(targetPoints) + " points",
          "none", "one");
    return success();
  }
  const GridWindow window = op.getWindow()->getWindow();
  if (window.sources() != source.points || window.targets() != targetPoints)
    return violated(op, "window from and to",
                    Twine(window.sources()) + " and " + Twine(window.targets()) + " points",
                    Twine(source.points) + " and " + Twine(targetPoints) +
                        " (as source and target)");
  auto groups = static_cast<int64_t>(op.getGroups());
  // (C5)
  if (groups < 1 || source.columns % groups != 0 ||
      static_cast<int64_t>(target.getColumns()) % groups != 0)
    return violated(op, "groups", Twine(groups),
                    "a divisor of " + Twine(source.columns) + " and " + Twine(target.getColumns()) +
                        " columns");
  return success();
}

LogicalResult ProjectionOp::verifySymbolUses(SymbolTableCollection &table) {
  Operation *row = find(*this, getOpAttr(), table);
  // (C2)
  if (!isa_and_nonnull<OpOp, NeuronsOp>(row))
    return violated(*this, "op " + text(getOpAttr()), kindOf(row),
                    "a report row: a chip.op or a chip.neurons");
  SpikeSource source = findSource(*this, getSourceAttr(), table);
  if (source.spikeBits == 0)
    return violated(*this, "source " + text(getSourceAttr()), kindOf(source.op),
                    "a population that emits spikes, or a chip.host that yields spikes over time");
  auto target = findPopulation(*this, "target", getTargetAttr(), table);
  if (failed(target) || failed(verifyWindow(*this, source, *target)))
    return failure();
  auto sourceColumns = static_cast<uint64_t>(source.columns * (getWindow() ? 1 : source.points));
  // (C7)
  if (std::optional<ArrayRef<int64_t>> delays = getDelays()) {
    auto entries = static_cast<int64_t>(delays->size());
    if (entries != 1 && entries != source.columns)
      return violated(*this, "entries of delays", Twine(entries),
                      "1, or " + Twine(source.columns) + " (one per column of the source)");
    for (int64_t delay : *delays)
      if (delay < 0 || delay > std::numeric_limits<int32_t>::max())
        return violated(*this, "delay", Twine(delay), "0.." + Twine(INT32_MAX));
  }
  uint64_t stride = getRowStride();
  // (C1)
  if (stride != 0 && stride != sourceColumns)
    return violated(*this, "row_stride", Twine(stride),
                    "0 or " + Twine(sourceColumns) + " (the source's neurons)");
  uint64_t steps = stride == 0 ? 1 : (*this)->getParentOfType<ProgramOp>().getTimeSteps();
  uint64_t rows = llvm::SaturatingMultiply(sourceColumns, steps);
  if (getEncoding() == "conv")
    rows = sourceColumns / getGroups() * static_cast<uint64_t>(getWindow()->getWindow().taps());
  if (getRows() != rows)
    return violated(*this, "rows", Twine(getRows()), Twine(rows) + " (as the source)");
  if (getColumns() != target->getColumns())
    return violated(*this, "columns", Twine(getColumns()),
                    Twine(target->getColumns()) + " (as the target)");
  return success();
}

#define GET_OP_CLASSES
#include "dialect/chip/ChipOps.cpp.inc"
