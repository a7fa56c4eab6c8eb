// ChipOps: verifiers of what a program computes. (C1) and so on are the numbered
// constraints of ChipOps.td. Rules within one op are checked by verify(), rules
// between ops by verifySymbolUses(), when the whole program stands.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/chip/ChipRules.h"
#include "support/Limits.h"

#include "mlir/IR/Builders.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::chip;

//===----------------------------------------------------------------------===//
// Program and report rows
//===----------------------------------------------------------------------===//

LogicalResult ProgramOp::verify() {
  for (auto [name, value] :
       {std::pair("time_steps", getTimeSteps()), std::pair("context_length", getContextLength()),
        std::pair("max_tokens", getMaxTokens()), std::pair("vocabulary", getVocabulary()),
        std::pair("stages", getStages().value_or(1))})
    if (static_cast<int64_t>(value) < 1)
      return violated(*this, "C1", name, Twine(value), "at least 1");
  if (getMaxTokens() > getContextLength())
    return violated(*this, "C1", "max_tokens", Twine(getMaxTokens()),
                    "at most context_length, " + Twine(getContextLength()));
  if (!getWords())
    return success();
  if (getWords()->size() != getVocabulary())
    return violated(*this, "C2", "words", Twine(getWords()->size()),
                    Twine(getVocabulary()) + ", as the vocabulary");
  if (!getAlphabet().empty())
    return violated(*this, "C2", "alphabet beside words", "one", "none");
  for (auto [id, word] : llvm::enumerate(getWords()->getAsRange<StringAttr>()))
    if (word.empty())
      return violated(*this, "C2", "word " + Twine(id), "nothing", "a word");
  return success();
}

LogicalResult ProgramOp::verifySymbolUses(SymbolTableCollection &table) {
  if (!getResult())
    return success();
  Operation *found = table.lookupSymbolIn(*this, getResultAttr());
  if (!isa_and_nonnull<HostOp>(found))
    return violated(*this, "C3", "result " + text(getResultAttr()), kindOf(found), "a chip.host");
  return success();
}

LogicalResult OpOp::verify() {
  if (getKind().empty())
    return violated(*this, "C1", "kind", "nothing", "a name");
  return success();
}

//===----------------------------------------------------------------------===//
// Populations, projections, attention
//===----------------------------------------------------------------------===//

LogicalResult NeuronsOp::verify() {
  int64_t columns = getColumns(), bits = getSpikeBits();
  StringRef role = getRole();
  if (columns < 1)
    return violated(*this, "C1", "columns", Twine(columns), "at least 1");
  if (role != "neurons" && role != "graded_sum" && role != "readout")
    return violated(*this, "C2", "role", role, "neurons, graded_sum or readout");
  if ((role == "graded_sum") == getModel().has_value())
    return violated(*this, "C2", "model of role " + role, getModel() ? "one" : "none",
                    getModel() ? "none" : "one");
  if (getModel())
    for (const NeuronVector &vector : kNeuronVectors)
      if (auto entries = static_cast<int64_t>((getModel()->getConstants().*vector.member).size());
          vector.stands(getModel()->getConstants()) && entries != 1 && entries != columns)
        return violated(*this, "C2", StringRef("entries of ") + vector.name, Twine(entries),
                        "1 or " + Twine(columns));
  bool fits = role == "readout"   ? bits == 0
              : role == "neurons" ? bits == 1
                                  : bits >= 2 && bits <= kMaxSpikeBits;
  if (!fits)
    return violated(*this, "C3", "spike_bits of " + role, Twine(bits),
                    role == "readout"   ? "0"
                    : role == "neurons" ? "1"
                                        : "2.." + Twine(kMaxSpikeBits));
  if (getPerStep() && role != "readout")
    return violated(*this, "C5", "per_step of role " + role, "one", "none");
  if (getStage() && static_cast<int64_t>(*getStage()) < 0)
    return violated(*this, "C4", "stage", Twine(static_cast<int64_t>(*getStage())), "at least 0");
  return success();
}

LogicalResult AttentionOp::verify() {
  if (static_cast<int64_t>(getHeads()) < 1)
    return violated(*this, "C1", "heads", Twine(getHeads()), "at least 1");
  return success();
}

LogicalResult AttentionOp::verifySymbolUses(SymbolTableCollection &table) {
  auto target = findPopulation(*this, "C1", "target", getTargetAttr(), table);
  if (failed(target))
    return failure();
  int64_t columns = target->getColumns();
  for (auto [what, name] :
       {std::pair("q", getQAttr()), std::pair("k", getKAttr()), std::pair("v", getVAttr())}) {
    SpikeSource source = findSource(*this, name, table);
    if (source.spikeBits == 0)
      return violated(
          *this, "C1", Twine(what) + " " + text(name), kindOf(source.op),
          "a population that emits spikes, or a chip.host that yields spikes over time");
    if (source.columns != columns)
      return violated(*this, "C1", Twine("columns of ") + what, Twine(source.columns),
                      Twine(columns) + ", as the target");
  }
  if (columns % static_cast<int64_t>(getHeads()) != 0)
    return violated(*this, "C1", "heads", Twine(getHeads()), "a divisor of " + Twine(columns));
  return success();
}

LogicalResult ProjectionOp::verify() {
  if (getEncoding() != "dense" && getEncoding() != "sparse")
    return violated(*this, "C3", "encoding", getEncoding(), "dense or sparse");
  int64_t bits = getWeightBits();
  if (bits < kMinWeightBits || bits > kMaxWeightBits)
    return violated(*this, "C3", "weight_bits", Twine(bits),
                    Twine(kMinWeightBits) + ".." + Twine(kMaxWeightBits));
  if (getEncoding() == "sparse" && getRows() != getColumns())
    return violated(*this, "C1", "rows of a sparse projection", Twine(getRows()),
                    Twine(getColumns()) + ", as its columns");
  return success();
}

LogicalResult ProjectionOp::verifySymbolUses(SymbolTableCollection &table) {
  Operation *row = find(*this, getOpAttr(), table);
  if (!isa_and_nonnull<OpOp, NeuronsOp>(row))
    return violated(*this, "C2", "op " + text(getOpAttr()), kindOf(row),
                    "a report row: a chip.op or a chip.neurons");
  SpikeSource source = findSource(*this, getSourceAttr(), table);
  if (source.spikeBits == 0)
    return violated(*this, "C2", "source " + text(getSourceAttr()), kindOf(source.op),
                    "a population that emits spikes, or a chip.host that yields spikes over time");
  auto sourceColumns = static_cast<uint64_t>(source.columns);
  auto target = findPopulation(*this, "C2", "target", getTargetAttr(), table);
  if (failed(target))
    return failure();
  uint64_t stride = getRowStride();
  if (stride != 0 && stride != sourceColumns)
    return violated(*this, "C1", "row_stride", Twine(stride),
                    "0 or " + Twine(sourceColumns) + ", the source's columns");
  uint64_t steps = stride == 0 ? 1 : (*this)->getParentOfType<ProgramOp>().getTimeSteps();
  uint64_t rows = llvm::SaturatingMultiply(sourceColumns, steps);
  if (getRows() != rows)
    return violated(*this, "C1", "rows", Twine(getRows()), Twine(rows) + ", as the source");
  if (getColumns() != target->getColumns())
    return violated(*this, "C1", "columns", Twine(getColumns()),
                    Twine(target->getColumns()) + ", as the target");
  return success();
}

#define GET_OP_CLASSES
#include "dialect/chip/ChipOps.cpp.inc"
