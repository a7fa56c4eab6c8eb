// ProgramRows: one report row of the chip.program for every op of the model.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/lower/ProgramRows.h"

#include "passes/HostKernels.h"
#include "passes/Passes.h"
#include "passes/lower/IntegerNeuron.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

static StringRef kindOf(Operation *op) { return op->getName().stripDialect(); }

static int64_t columnsOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape().back();
}

static int64_t spikeBits(Value spikes) {
  return getElementTypeOrSelf(spikes.getType()).getIntOrFloatBitWidth();
}

ProgramRows::ProgramRows(chip::ProgramOp program, const ChipModel &chip)
    : program(program), chip(chip), builder(OpBuilder::atBlockEnd(&program.getBody().front())) {}

LogicalResult ProgramRows::write(FunctionOpInterface function) {
  if (failed(collectWriters(function)))
    return failure();
  for (Operation &op : function.getFunctionBody().front())
    if (isa<SpikeDialect>(op.getDialect()))
      if (failed(writeRow(&op)))
        return failure();
  return success();
}

LogicalResult ProgramRows::collectWriters(FunctionOpInterface function) {
  for (Operation &op : function.getFunctionBody().front()) {
    auto neuron = dyn_cast<NeuronLike>(op);
    if (!neuron)
      continue;
    FailureOr<CurrentWriters> writers = findWriters(neuron, neuron.getNeuronInput());
    if (failed(writers))
      return failure();
    for (AttentionLike attention : writers->attentions)
      attentionReaders[attention].push_back(neuron);
    writersOfNeuron[neuron] = std::move(*writers);
  }
  return success();
}

LogicalResult ProgramRows::writeRow(Operation *op) {
  auto where = op->getAttrOfType<StringAttr>(kWhereAttrName);
  if (!where)
    return op->emitError() << sourceName(op) << ": has no " << kWhereAttrName
                           << "; run assign-host before";
  if (program.lookupSymbol(sourceName(op)))
    return op->emitError() << "'" << op->getName() << "': another operation is already called '"
                           << sourceName(op)
                           << "'; give every operation a location with a name of its own";
  if (where.getValue() == "host")
    return writeHostOp(op, hostKernelKind(op));
  if (auto neuron = dyn_cast<NeuronLike>(op))
    return writeNeurons(neuron);
  if (auto attention = dyn_cast<AttentionLike>(op))
    return writeAttention(attention);
  if (auto add = dyn_cast<AddOp>(op); add && isSpikeType(add.getResult().getType()))
    return writeGradedSum(add);
  if (auto synapse = dyn_cast<SynapseLike>(op)) {
    if (auto recombine = synapse.getSynapseInput().getDefiningOp<RecombineOp>()) {
      if (failed(writeReadout(op, recombine)))
        return failure();
    } else {
      writePlainRow(sourceName(op), kindOf(op));
    }
    writeFoldedRows(op);
    return success();
  }
  // A recombination that the host reads is a readout of its own; before a
  // linear it is the way in which that linear's readout adds up.
  if (auto recombine = dyn_cast<RecombineOp>(op);
      recombine && llvm::any_of(op->getUsers(), llvm::IsaPred<DequantizeOp>))
    return writeReadout(op, recombine);
  writePlainRow(sourceName(op), kindOf(op));
  return success();
}

void ProgramRows::writePlainRow(StringRef name, StringRef kind) {
  chip::OpOp::create(builder, NameLoc::get(builder.getStringAttr(name)), name, kind);
}

/// Ops that a pass has fused into `op` keep a row, with nothing in it.
void ProgramRows::writeFoldedRows(Operation *op) {
  auto fused = dyn_cast<FusedLoc>(op->getLoc());
  auto kind = fused ? dyn_cast_or_null<StringAttr>(fused.getMetadata()) : StringAttr();
  if (!kind)
    return;
  for (Location part : fused.getLocations().drop_front())
    if (auto name = dyn_cast<NameLoc>(part); name && !program.lookupSymbol(name.getName()))
      writePlainRow(name.getName(), kind.getValue());
}

FailureOr<std::string> ProgramRows::sourceOf(Operation *reader, Value spikes) {
  auto row = rowOfValue.find(spikes);
  if (row != rowOfValue.end())
    return row->second;
  return reader->emitError()
         << sourceName(reader)
         << ": an operand comes neither from the host nor from neurons; token "
            "ids enter by spike.lookup or spike.position, codes by spike.repeat";
}

LogicalResult ProgramRows::writeHostOp(Operation *op, StringRef kind) {
  Value result = op->getResult(0);
  SmallVector<Attribute> inputs;
  auto table = op->getAttrOfType<ElementsAttr>("table");
  if (!table)
    for (Value operand : op->getOperands()) {
      FailureOr<std::string> source = sourceOf(op, operand);
      if (failed(source))
        return failure();
      inputs.push_back(FlatSymbolRefAttr::get(builder.getContext(), *source));
    }
  FloatAttr threshold;
  if (auto binarize = dyn_cast<BinarizeOp>(op))
    threshold = binarize.getThresholdAttr();
  DenseF64ArrayAttr scale;
  if (auto dequantize = dyn_cast<DequantizeOp>(op))
    scale = getFixedEncoding(dequantize.getInput().getType()).getScale();

  StringAttr name = builder.getStringAttr(sourceName(op));
  chip::HostOp::create(builder, NameLoc::get(name), name, builder.getStringAttr(kind),
                       builder.getI64IntegerAttr(columnsOf(result)), builder.getArrayAttr(inputs),
                       table, threshold, scale);
  rowOfValue[result] = name.str();
  return success();
}

LogicalResult ProgramRows::writeNeurons(NeuronLike neuron) {
  const CurrentWriters &writers = writersOfNeuron.find(neuron)->second;
  FailureOr<chip::NeuronAttr> model = integerNeuron(neuron, writers);
  if (failed(model))
    return failure();
  StringAttr name = builder.getStringAttr(sourceName(neuron));
  chip::NeuronsOp::create(builder, NameLoc::get(name), name, builder.getStringAttr("neurons"),
                          builder.getStringAttr(kindOf(neuron)),
                          builder.getI64IntegerAttr(neuron.getNeuronCount()),
                          builder.getI64IntegerAttr(1), *model,
                          builder.getStringAttr(neuron.getNeuronModel().getModelName()),
                          /*stage=*/nullptr);
  rowOfValue[neuron.getNeuronOutput()] = name.str();
  for (SynapseLike synapse : writers.synapses) {
    FailureOr<std::string> source = sourceOf(synapse, synapse.getSynapseInput());
    if (failed(source))
      return failure();
    PendingProjection projection;
    projection.op = sourceName(synapse);
    projection.source = *source;
    projection.target = name.str();
    projection.rows = synapse.getRows();
    projection.columns = synapse.getColumns();
    projection.diagonal = synapse.isDiagonal();
    projection.weightBits = synapse.getStoredWeightBits();
    pending.push_back(projection);
  }
  return success();
}

/// Spike + spike: one synapse of weight 1 per neuron and operand, its own.
LogicalResult ProgramRows::writeGradedSum(AddOp add) {
  Value result = add.getResult();
  StringAttr name = builder.getStringAttr(sourceName(add));
  chip::NeuronsOp::create(builder, NameLoc::get(name), name, builder.getStringAttr("graded_sum"),
                          builder.getStringAttr(kindOf(add)),
                          builder.getI64IntegerAttr(columnsOf(result)),
                          builder.getI64IntegerAttr(spikeBits(result)), /*model=*/nullptr,
                          /*neuron_model=*/nullptr, /*stage=*/nullptr);
  rowOfValue[result] = name.str();
  for (Value operand : add->getOperands()) {
    FailureOr<std::string> source = sourceOf(add, operand);
    if (failed(source))
      return failure();
    PendingProjection projection;
    projection.op = projection.target = name.str();
    projection.source = *source;
    projection.rows = projection.columns = columnsOf(result);
    projection.diagonal = true;
    projection.weightBits = program.getWeightBits();
    pending.push_back(projection);
  }
  return success();
}

LogicalResult ProgramRows::writeAttention(AttentionLike attention) {
  ArrayRef<Operation *> readers = attentionReaders[attention];
  if (readers.size() != 1)
    return attention->emitError() << sourceName(attention) << ": its result is read "
                                  << readers.size()
                                  << " times, the chip's unit adds it to exactly one population; "
                                     "put one neuron op behind it and read that";
  SmallVector<FlatSymbolRefAttr> sources;
  for (Value input : {attention.getQueries(), attention.getKeys(), attention.getValues()}) {
    FailureOr<std::string> source = sourceOf(attention, input);
    if (failed(source))
      return failure();
    sources.push_back(FlatSymbolRefAttr::get(builder.getContext(), *source));
  }
  StringAttr name = builder.getStringAttr(sourceName(attention));
  chip::AttentionOp::create(
      builder, NameLoc::get(name), name, sources[0], sources[1], sources[2],
      FlatSymbolRefAttr::get(builder.getContext(), sourceName(readers.front())),
      builder.getI64IntegerAttr(attention.getHeadCount()),
      attention.isCausal() ? builder.getUnitAttr() : UnitAttr());
  return success();
}

/// `op` is the linear behind the recombination, or the recombination itself
/// when the host reads the counts: then its synapses have weight 1.
LogicalResult ProgramRows::writeReadout(Operation *op, RecombineOp recombine) {
  auto synapse = dyn_cast<SynapseLike>(op);
  FailureOr<std::string> source = sourceOf(recombine, recombine.getSpikes());
  if (failed(source))
    return failure();
  int64_t columns = columnsOf(op->getResult(0));
  StringAttr name = builder.getStringAttr(sourceName(op));
  chip::NeuronsOp::create(
      builder, NameLoc::get(name), name, builder.getStringAttr("readout"),
      builder.getStringAttr(kindOf(op)), builder.getI64IntegerAttr(columns),
      builder.getI64IntegerAttr(0),
      integrator(builder.getContext(), synapse, chip.core.stateBits, chip.core.saturates),
      builder.getStringAttr("integrator"), /*stage=*/nullptr);
  rowOfValue[op->getResult(0)] = name.str();

  PendingProjection projection;
  projection.op = projection.target = name.str();
  projection.source = *source;
  projection.rows = columnsOf(recombine.getResult());
  projection.columns = columns;
  projection.diagonal = !synapse || synapse.isDiagonal();
  projection.weightBits = synapse ? synapse.getStoredWeightBits() : program.getWeightBits();
  if (recombine.getMode() == Recombination::Concatenate)
    projection.rowStride = columnsOf(recombine.getSpikes());
  projection.lastStepOnly = recombine.getMode() == Recombination::Last;
  pending.push_back(projection);
  return success();
}
