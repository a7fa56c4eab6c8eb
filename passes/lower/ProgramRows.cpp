// ProgramRows: one report row of the chip.program for every op of the model.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "passes/lower/ProgramRows.h"

#include "dialect/NamedError.h"
#include "passes/Passes.h"
#include "passes/lower/HostBody.h"
#include "passes/lower/IntegerNeuron.h"
#include "support/Limits.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace synfire;
using namespace synfire::spike;

static StringRef kindOf(Operation *op) { return op->getName().stripDialect(); }

static int64_t spikeBits(Value spikes) {
  return getElementTypeOrSelf(spikes.getType()).getIntOrFloatBitWidth();
}

ProgramRows::ProgramRows(chip::ProgramOp program, const ChipModel &chip, WeightForm widest,
                         StringRef targetsFolder)
    : program(program), chip(chip), widest(widest), targetsFolder(targetsFolder),
      builder(OpBuilder::atBlockEnd(&program.getBody().front())) {}

LogicalResult ProgramRows::write(FunctionOpInterface function) {
  grid = isGridModel(function);
  if (failed(checkNeurons(function)) || failed(collectWriters(function)))
    return failure();
  writeInputTensor(function);
  for (Operation *op : operationsOf(function))
    if (failed(writeRow(op)))
      return failure();
  return success();
}

LogicalResult ProgramRows::collectWriters(FunctionOpInterface function) {
  for (Operation *op : operationsOf(function)) {
    Value current = currentReadBy(op);
    if (!current)
      continue;
    FailureOr<CurrentWriters> writers = findWriters(op, current);
    if (failed(writers) || failed(checkFanIn(op, *writers)))
      return failure();
    for (AttentionLike attention : writers->attentions)
      attentionReaders[attention].push_back(op);
    writersOfReader[op] = std::move(*writers);
  }
  return success();
}

std::string ProgramRows::readerName(Operation *reader) const {
  Value integers = integersReadOut(reader);
  if (!integers)
    return sourceName(reader);
  Operation *writer = integers.getDefiningOp();
  return sourceName(writer) + (isReadoutItself(writer) ? "" : ".readout");
}

/// A model that takes a tensor in place of token ids gets a row that yields it, called "input", or
/// "input_" and so on when an op has that name.
void ProgramRows::writeInputTensor(FunctionOpInterface function) {
  BlockArgument argument = function.getArgument(0);
  if (chip::HostOp::isTokenIds(argument.getType()))
    return;
  llvm::StringSet<> names;
  for (Operation *op : operationsOf(function))
    names.insert(sourceName(op));
  std::string name = "input";
  while (names.contains(name))
    name += "_";
  symbols[name] =
      addInputTensor(builder, builder.getStringAttr(name), argument.getType(), pointsOf(argument));
  rowOfValue[argument] = name;
}

LogicalResult ProgramRows::writeRow(Operation *op) {
  auto where = op->getAttrOfType<StringAttr>(kWhereAttrName);
  if (!where)
    return emitNamedError(op) << "has no " << kWhereAttrName << "; run assign-host before";
  if (symbols.contains(sourceName(op)))
    return emitNamedError(op) << "another operation already has this name"
                              << "; give every operation a location with a name of its own";
  if (where.getValue() == "host") {
    if (integersReadOut(op) && currentReadBy(op) && failed(writeStepReadout(op)))
      return failure();
    if (failed(writeHostOp(op)))
      return failure();
    writeFoldedRows(op->getLoc());
    return success();
  }
  if (auto neuron = dyn_cast<NeuronLike>(op))
    return writeNeurons(neuron);
  if (auto attention = dyn_cast<AttentionLike>(op))
    return writeAttention(attention);
  if (auto gate = dyn_cast<SpikeGate>(op); gate && gate.isGate())
    return writeGate(gate);
  if (joinsPoints(op))
    return writeWire(op);
  if (isa<IntegratorLike>(op))
    return success(); // the host reads its membranes: writeStepReadout()
  if (auto synapse = dyn_cast<SynapseLike>(op)) {
    if (auto recombine = synapse.getSynapseInput().getDefiningOp<RecombineOp>()) {
      if (failed(writeReadout(op, recombine)))
        return failure();
    } else if (!isReadoutItself(op)) {
      writePlainRow(sourceName(op), kindOf(op));
    }
    writeFoldedRows(op->getLoc());
    return success();
  }
  // A recombination that the host reads is a readout of its own. Before a linear it gets only a
  // row: it says how the readout of the linear adds up spikes.
  if (auto recombine = dyn_cast<RecombineOp>(op);
      recombine && llvm::any_of(op->getUsers(), integersReadOut))
    return writeReadout(op, recombine);
  writePlainRow(sourceName(op), kindOf(op));
  return success();
}

void ProgramRows::writePlainRow(StringRef name, StringRef kind) {
  symbols[name] =
      chip::OpOp::create(builder, NameLoc::get(builder.getStringAttr(name)), name, kind);
}

/// Writes an empty row for each op that a pass has fused into the op at `location`, so that reports
/// list it.
void ProgramRows::writeFoldedRows(Location location) {
  auto fused = dyn_cast<FusedLoc>(location);
  auto kind = fused ? dyn_cast_or_null<StringAttr>(fused.getMetadata()) : StringAttr();
  if (!kind)
    return;
  writeFoldedRows(fused.getLocations().front()); // has the ops of other kinds, fused before
  for (Location part : fused.getLocations().drop_front())
    if (auto name = dyn_cast<NameLoc>(part); name && !symbols.contains(name.getName()))
      writePlainRow(name.getName(), kind.getValue());
}

FailureOr<std::string> ProgramRows::sourceOf(Operation *reader, Value spikes) {
  const TimedValue timed = traceInTime(spikes);
  if (failed(checkTimed(reader, timed)))
    return failure();
  auto row = rowOfValue.find(timed.value);
  // Feedback may come from an op that gets its row later, under its own name.
  if (row == rowOfValue.end() && timed.feedback > 0 && isPopulation(timed.value.getDefiningOp()))
    return sourceName(timed.value.getDefiningOp());
  if (row == rowOfValue.end())
    return emitNamedError(reader)
           << "an operand comes neither from the host nor from neurons; token ids enter by "
              "spike.lookup, spike.position or spike.code, and codes by spike.repeat";
  auto where = reader->getAttrOfType<StringAttr>(kWhereAttrName);
  if (late.contains(timed.value) && where.getValue() == "chip")
    return emitNamedError(reader)
           << "reads '" << row->second
           << "', which the host knows only after a token's last time step; a "
              "chip runs the time steps of a token once, so nothing behind "
              "their recombination can enter it again";
  return row->second;
}

FlatSymbolRefAttr ProgramRows::hostRowOf(Value value) {
  auto row = rowOfValue.find(traceInTime(value).value);
  if (row == rowOfValue.end() || !isa<chip::HostOp>(symbols.lookup(row->second)))
    return {};
  return FlatSymbolRefAttr::get(value.getContext(), row->second);
}

LogicalResult ProgramRows::writeHostOp(Operation *op) {
  Value result = op->getResult(0);
  SmallVector<Attribute> inputs;
  bool isLate = false, gathers = false, depends = bool(integersReadOut(op));
  for (Value operand : op->getOperands()) {
    if (chip::HostOp::isTokenIds(operand.getType()))
      continue;
    FailureOr<std::string> source = sourceOf(op, operand);
    if (failed(source))
      return failure();
    inputs.push_back(FlatSymbolRefAttr::get(builder.getContext(), *source));
    const Value from = traceInTime(operand).value;
    isLate |= late.contains(from);
    depends |= afterChip.contains(from);
    // The op needs all time steps of the operand, for a sum over time for instance.
    gathers |= rankOf(operand) == 3 && rankOf(result) == 2 &&
               cast<RankedTensorType>(operand.getType()).getDimSize(0) > 1;
  }
  auto modelSteps = static_cast<int64_t>(program.getTimeSteps());
  // Counts of spikes, too, are known only after the last step of a token.
  gathers |= integersReadOut(op) && rankOf(result) == 2;
  // The host knows a result only after the last step of a token if an operand is late, or if the op
  // needs all steps of a value that depends on the chip.
  if (isLate || (depends && gathers && modelSteps > 1))
    late.insert(result);
  if (depends)
    afterChip.insert(result);

  StringAttr name = builder.getStringAttr(sourceName(op));
  FailureOr<chip::HostOp> host = addHost(builder, op, name, inputs, pointsOf(result));
  if (failed(host))
    return failure();
  symbols[name] = *host;
  rowOfValue[result] = name.str();
  return success();
}

LogicalResult ProgramRows::writeNeurons(NeuronLike neuron) {
  const CurrentWriters &writers = writersOfReader.find(neuron)->second;
  FailureOr<chip::NeuronAttr> model = integerNeuron(neuron, writers);
  if (failed(model))
    return failure();
  std::string name = sourceName(neuron);
  addPopulation(name, "neurons", kindOf(neuron), neuron.getNeuronOutput(), 1, *model,
                neuron.getNeuronModel().getModelName());
  return addProjections(writers, name);
}

void ProgramRows::addPopulation(StringRef name, StringRef role, StringRef kind, Value value,
                                int64_t spikeBits, chip::NeuronAttr model, StringRef neuronModel,
                                bool perStep) {
  auto integer = [&](int64_t number) { return builder.getI64IntegerAttr(number); };
  StringAttr symbol = builder.getStringAttr(name);
  symbols[name] = chip::NeuronsOp::create(
      builder, NameLoc::get(symbol), symbol, builder.getStringAttr(role),
      builder.getStringAttr(kind), integer(columnsOf(value)), integer(spikeBits), model,
      neuronModel.empty() ? StringAttr() : builder.getStringAttr(neuronModel),
      /*stage=*/nullptr, perStep ? builder.getUnitAttr() : UnitAttr(), integer(pointsOf(value)));
  rowOfValue[value] = name.str();
}

int64_t ProgramRows::pointsOf(Value value) const {
  return grid ? cast<RankedTensorType>(value.getType()).getShape().end()[-2] : 1;
}

LogicalResult synfire::refuseFlattened(Operation *reader) {
  return emitNamedError(reader) << "reads flattened spikes in a way that a chip cannot; between a "
                                   "flatten and it, put a linear and its neurons";
}

LogicalResult ProgramRows::setWindow(PendingProjection &projection, Operation *reader, Value spikes,
                                     std::optional<GridWindow> window) {
  if (failed(setDelays(projection, reader, spikes)))
    return failure();
  const bool plain = !window && pointsOf(spikes) == 1;
  if (flattened.contains(traceInTime(spikes).value) &&
      (!plain || projection.diagonal || projection.rowStride != 0))
    return refuseFlattened(reader);
  if (plain)
    return success();
  if (projection.rowStride != 0)
    return emitNamedError(reader)
           << "has weights of its own for each time step at each point of a grid; flatten the grid "
              "before, or recombine by mean, sum or last";
  projection.window = window ? *window : sameWindow(pointsOf(spikes));
  for (auto [what, number] : {std::pair("taps of its window", projection.window->taps()),
                              std::pair("points that it reads", projection.window->sources()),
                              std::pair("points that it has", projection.window->targets())})
    if (number > kMaxColumns)
      return emitNamedError(reader) << what << ": needs at most " << kMaxColumns
                                    << " (what a program holds), has " << number;
  return success();
}

FailureOr<WeightForm> ProgramRows::formOfOnes(Operation *op, int64_t weight) {
  if (widest.holds(weight))
    return widest;
  return emitNamedError(op) << "its synapses: need a weight of " << weight << ", have "
                            << weightFormatName(widest.format) << " ones, " << widest.range()
                            << "; choose another weight format";
}

LogicalResult ProgramRows::addProjections(const CurrentWriters &writers, StringRef target) {
  for (SynapseLike synapse : writers.synapses) {
    FailureOr<std::string> source = sourceOf(synapse, synapse.getSynapseInput());
    if (failed(source))
      return failure();
    PendingProjection projection;
    projection.op = sourceName(synapse);
    projection.source = *source;
    projection.target = target.str();
    projection.rows = synapse.getRows();
    projection.columns = synapse.getColumns();
    projection.diagonal = synapse.isDiagonal();
    projection.weights = synapse.getWeightForm();
    projection.groups = synapse.getGroupCount();
    if (failed(setWindow(projection, synapse, synapse.getSynapseInput(), synapse.getGridWindow())))
      return failure();
    pending.push_back(projection);
  }
  return success();
}

/// Writes the readout that the host reads after every time step: of an integrator, or of a current,
/// for which it starts anew in each step.
LogicalResult ProgramRows::writeStepReadout(Operation *reader) {
  const CurrentWriters &writers = writersOfReader.find(reader)->second;
  Value current = currentReadBy(reader);
  Operation *writer = current.getDefiningOp();
  StringAttr name = builder.getStringAttr(readerName(reader));
  if (symbols.contains(name.getValue()))
    return writer->emitError()
           << "'" << name.getValue()
           << "': another operation already has this name; give this one another";
  FixedDecay decay{0, 0}; // each step is read alone
  LeakRounding rounding = LeakRounding::TowardZero;
  if (auto leaky = dyn_cast<IntegratorLike>(writer)) {
    if (!leaky.getIntegratorState())
      return emitNamedError(leaky) << "has no #spike.state; run quantize-weights before";
    decay = quantizeDecay(leaky.getIntegratorDecay());
    rounding = leaky.getIntegratorState().getLeakRounding();
  }
  FailureOr<chip::NeuronAttr> model =
      integrator(current, writers, chip.core.stateBits, chip.core.saturates, decay, rounding);
  if (failed(model))
    return failure();
  addPopulation(name, "readout", isReadoutItself(writer) ? kindOf(writer) : "readout", current, 0,
                *model, "integrator", /*perStep=*/true);
  return addProjections(writers, name);
}

/// Writes the population that makes spikes of spikes without a membrane: it yields the sum of its
/// operands as a graded spike, or fires when the sum reaches a threshold. Each operand has a
/// projection into it with one synapse for each of its neurons that a neuron reads. These synapses
/// belong to the row of the gate itself.
LogicalResult ProgramRows::writeGate(SpikeGate gate) {
  Value result = gate->getResult(0);
  std::string name = sourceName(gate);
  chip::NeuronAttr model;
  if (std::optional<int64_t> threshold = gate.getGateThreshold()) {
    NeuronConstants constants;
    constants.decay = {0}; // nothing of a step is left in the next one
    constants.stateBits = chip.core.stateBits;
    constants.vInit = constants.bias = {0};
    constants.threshold = {*threshold};
    model = chip::NeuronAttr::get(
        builder.getContext(), constants,
        builder.getStringAttr(stringifyLeakRounding(LeakRounding::TowardZero)),
        /*softReset=*/false, /*saturates=*/false, /*acrossTokens=*/false);
  }
  addPopulation(name, model ? "neurons" : "graded_sum", kindOf(gate), result, spikeBits(result),
                model, /*neuronModel=*/"");
  for (auto [operand, factor] : llvm::zip_equal(gate->getOperands(), gate.getGateFactors())) {
    FailureOr<std::string> source = sourceOf(gate, operand);
    if (failed(source))
      return failure();
    PendingProjection projection;
    projection.op = projection.target = name;
    projection.source = *source;
    projection.rows = projection.columns = columnsOf(result);
    projection.diagonal = true;
    FailureOr<WeightForm> form = formOfOnes(gate, factor);
    if (failed(form))
      return failure();
    projection.weights = *form;
    projection.uniform = factor;
    if (failed(setWindow(projection, gate, operand, gate.getGateWindow())))
      return failure();
    pending.push_back(projection);
  }
  return success();
}

/// Writes the row of an op that brings all points of a population together. What reads its result
/// reads the population itself.
LogicalResult ProgramRows::writeWire(Operation *op) {
  FailureOr<std::string> source = sourceOf(op, op->getOperand(0));
  if (failed(source))
    return failure();
  writePlainRow(sourceName(op), kindOf(op));
  rowOfValue[op->getResult(0)] = *source;
  if (pointsOf(op->getOperand(0)) > 1)
    flattened.insert(op->getResult(0));
  PendingProjection wire;
  if (failed(setDelays(wire, op, op->getOperand(0))))
    return failure();
  delaysOfWire[op->getResult(0)] = wire.delays;
  return success();
}

LogicalResult ProgramRows::writeAttention(AttentionLike attention) {
  ArrayRef<Operation *> readers = attentionReaders[attention];
  if (readers.size() != 1)
    return emitNamedError(attention) << "its result: needs one reader, has " << readers.size()
                                     << ", as the chip's unit adds it to one population; "
                                        "put one neuron op behind it and read that";
  SmallVector<FlatSymbolRefAttr> sources;
  for (Value input : {attention.getQueries(), attention.getKeys(), attention.getValues()}) {
    if (!input) { // queries of 1
      sources.emplace_back();
      continue;
    }
    const TimedValue timed = traceInTime(input);
    if (flattened.contains(timed.value))
      return refuseFlattened(attention);
    if (timed.isLate() || !delaysOfWire.lookup(timed.value).empty())
      return refuseLateAttention(attention);
    FailureOr<std::string> source = sourceOf(attention, input);
    if (failed(source))
      return failure();
    sources.push_back(FlatSymbolRefAttr::get(builder.getContext(), *source));
  }
  chip::NeuronAttr score;
  if (attention.getScoreModel()) {
    FailureOr<chip::NeuronAttr> neuron = integerScoreNeuron(attention);
    if (failed(neuron))
      return failure();
    score = *neuron;
  }
  StringAttr name = builder.getStringAttr(sourceName(attention));
  symbols[name] = chip::AttentionOp::create(
      builder, NameLoc::get(name), name, sources[0], sources[1], sources[2],
      FlatSymbolRefAttr::get(builder.getContext(), readerName(readers.front())),
      builder.getI64IntegerAttr(attention.getHeadCount()),
      attention.getKeyHeadCount() == attention.getHeadCount()
          ? IntegerAttr()
          : builder.getI64IntegerAttr(attention.getKeyHeadCount()),
      attention.isCausal() ? builder.getUnitAttr() : UnitAttr(), score);
  return success();
}

/// Writes the readout of recombined spikes. `op` is the linear that reads the recombination. If the
/// host reads the counts of spikes, `op` is the recombination itself, and the synapses of the
/// readout have weight 1.
LogicalResult ProgramRows::writeReadout(Operation *op, RecombineOp recombine) {
  auto synapse = dyn_cast<SynapseLike>(op);
  FailureOr<std::string> source = sourceOf(recombine, recombine.getSpikes());
  if (failed(source))
    return failure();
  CurrentWriters writers;
  if (synapse)
    writers.synapses.push_back(synapse);
  int64_t columns = columnsOf(op->getResult(0));
  StringAttr name = builder.getStringAttr(sourceName(op));
  FailureOr<chip::NeuronAttr> model =
      integrator(op->getResult(0), writers, chip.core.stateBits, chip.core.saturates);
  if (failed(model))
    return failure();
  addPopulation(name, "readout", kindOf(op), op->getResult(0), 0, *model, "integrator");

  PendingProjection projection;
  projection.op = projection.target = name.str();
  projection.source = *source;
  projection.rows = columnsOf(recombine.getResult());
  projection.columns = columns;
  projection.diagonal = !synapse || synapse.isDiagonal();
  projection.weights = synapse ? synapse.getWeightForm() : widest;
  if (recombine.getMode() == Recombination::Concatenate)
    projection.rowStride = columnsOf(recombine.getSpikes());
  projection.lastStepOnly = recombine.getMode() == Recombination::Last;
  if (failed(setWindow(projection, op, recombine.getSpikes(), std::nullopt)))
    return failure();
  pending.push_back(projection);
  return success();
}
