// LoaderFunction: what is computed, row by row of the report.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/LoaderReader.h"

#include "targets/ChipResources.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/DialectResourceBlobManager.h"

#include <cstring>
#include <memory>

namespace synfire::sim {

static std::vector<std::string> textsOf(mlir::ArrayAttr array) {
  std::vector<std::string> texts;
  for (mlir::StringAttr text : array.getAsRange<mlir::StringAttr>())
    texts.push_back(text.str());
  return texts;
}

bool ProgramReader::readHeader() {
  p.name = source.getSymName().str();
  p.targetName = source.getTarget().str();
  p.text = {source.getAlphabet().str(), source.getCleaning().str(), {}};
  if (source.getWords())
    p.text.words = textsOf(*source.getWords());
  if (!present(p.name, "stages", source.getStages()) ||
      !present(p.name, "schedule", source.getSchedule()))
    return false;
  p.schedule = source.getSchedule()->str();
  if (source.getSourceChecksum())
    p.sourceChecksum = source.getSourceChecksum()->str();
  p.seed = static_cast<int64_t>(source.getSeed().value_or(1));
  if (source.getWarnings())
    p.warnings = textsOf(*source.getWarnings());
  return numbers(p.name, "time_steps", source.getTimeSteps(), p.timeSteps, "context_length",
                 source.getContextLength(), p.context, "max_tokens", source.getMaxTokens(),
                 p.maxTokens, "vocabulary", source.getVocabulary(), p.vocabulary, "weight_bits",
                 source.getWeightBits(), p.weightBits, "stages", *source.getStages(), p.stages);
}

/// Prices and times may be another chip's, what fits and what is computed not.
bool ProgramReader::checkResources() {
  if (!present(p.name, "target_resources", source.getTargetResources()))
    return false;
  const std::string difference = resourceDifference(textsOf(*source.getTargetResources()), p.chip);
  if (!difference.empty())
    return fail(p.name, difference,
                "; give a variant that differs in prices and times alone, or compile again");
  return true;
}

/// Report rows in the file's order, with the host ops and populations among them.
bool ProgramReader::readRows() {
  for (mlir::Operation &op : source.getBody().front()) {
    if (auto hostOp = llvm::dyn_cast<chip::HostOp>(op)) {
      if (!readHostOp(hostOp))
        return false;
    } else if (auto row = llvm::dyn_cast<chip::OpOp>(op)) {
      rows[row.getSymName()] = addRow(row.getSymName(), row.getKind(), Where::Chip);
    } else if (auto neurons = llvm::dyn_cast<chip::NeuronsOp>(op)) {
      if (!readPopulation(neurons))
        return false;
    } else if (auto attention = llvm::dyn_cast<chip::AttentionOp>(op)) {
      rows[attention.getSymName()] = addRow(attention.getSymName(), "self_attention", Where::Chip);
    }
  }
  addRow("(chip)", "chip", Where::Chip);
  return true;
}

bool ProgramReader::readHostOp(chip::HostOp op) {
  static const std::map<llvm::StringRef, HostOpKind> kinds = {
      {"token_lookup", HostOpKind::TokenLookup},
      {"position_lookup", HostOpKind::PositionLookup},
      {"binarize", HostOpKind::Binarize},
      {"concat", HostOpKind::Concat},
      {"repeat", HostOpKind::Repeat},
      {"dequantize", HostOpKind::Dequantize}};
  const llvm::StringRef name = op.getSymName();
  const auto kind = kinds.find(op.getKind());
  if (kind == kinds.end())
    return fail(name, "unknown kind of host operation '", op.getKind().str(), "'");
  HostOp result;
  result.op = addRow(name, op.getKind(), Where::Host);
  result.kind = kind->second;
  if (!numbers(name, "columns", op.getColumns(), result.columns))
    return false;
  const int32_t index = static_cast<int32_t>(p.hostOps.size());
  if (result.kind == HostOpKind::Dequantize) {
    readouts.emplace_back(op, index); // its population may stand after it
  } else {
    for (mlir::Attribute input : op.getInputs())
      if (!resolve(name, "host operation", hostOps,
                   llvm::cast<mlir::FlatSymbolRefAttr>(input).getValue(),
                   result.inputs.emplace_back()))
        return false;
  }
  if (op.getTable() && !readTable(op, result))
    return false;
  if (op.getThreshold())
    result.threshold = op.getThreshold()->convertToDouble();
  if (op.getScale())
    result.scale.assign(op.getScale()->begin(), op.getScale()->end());
  hostOps[name] = index;
  p.hostOps.push_back(std::move(result));
  if (p.hostOps.back().kind == HostOpKind::Repeat) {
    Population population;
    population.op = p.hostOps.back().op;
    population.kind = PopulationKind::HostSpikes;
    population.columns = p.hostOps.back().columns;
    population.hostOp = index;
    populations[name] = static_cast<int32_t>(p.populations.size());
    p.populations.push_back(std::move(population));
  }
  return true;
}

bool ProgramReader::readTable(chip::HostOp op, HostOp &result) {
  const llvm::StringRef name = op.getSymName();
  const mlir::ElementsAttr table = *op.getTable();
  const mlir::ShapedType type = table.getShapedType();
  if (type.getRank() != 2 || !type.getElementType().isF32())
    return fail(name, "table must have rank 2 of f32");
  if (type.getDimSize(1) != result.columns)
    return fail(name, "table has ", type.getDimSize(1), " columns, the result ", result.columns);
  if (!numbers(name, "table rows", type.getDimSize(0), result.tableRows))
    return false;
  auto values = std::make_shared<std::vector<float>>();
  if (auto dense = llvm::dyn_cast<mlir::DenseFPElementsAttr>(table)) {
    // A splat can claim any size; a table is no larger than what is stored.
    constexpr int64_t kMaxSplat = int64_t{1} << 28;
    if (type.getNumElements() > kMaxSplat)
      return fail(name, "table of ", type.getNumElements(), " values exceeds the limit of ",
                  kMaxSplat);
    for (float value : dense.getValues<float>())
      values->push_back(value);
  } else if (auto resource = llvm::dyn_cast<mlir::DenseResourceElementsAttr>(table)) {
    const mlir::AsmResourceBlob *blob = resource.getRawHandle().getBlob();
    if (!blob)
      return fail(name, "the values of its table are not in the file");
    const llvm::ArrayRef<char> bytes = blob->getData();
    if (bytes.size() / sizeof(float) != static_cast<uint64_t>(type.getNumElements()) ||
        bytes.size() % sizeof(float) != 0)
      return fail(name, "table of ", type.getNumElements(), " values has ", bytes.size(), " bytes");
    values->resize(bytes.size() / sizeof(float));
    std::memcpy(values->data(), bytes.data(), bytes.size());
  } else {
    return fail(name, "table is neither dense nor a resource");
  }
  result.table = *values;
  result.tableOwner = std::move(values);
  return true;
}

bool ProgramReader::readPopulation(chip::NeuronsOp op) {
  static const std::map<llvm::StringRef, PopulationKind> roles = {
      {"neurons", PopulationKind::Neurons},
      {"graded_sum", PopulationKind::GradedSum},
      {"readout", PopulationKind::Readout}};
  const llvm::StringRef name = op.getSymName();
  const auto role = roles.find(op.getRole());
  if (role == roles.end())
    return fail(name, "unknown role '", op.getRole().str(), "'");
  if (!present(name, "stage", op.getStage()))
    return false;
  Population population;
  population.op = rows[name] = addRow(name, op.getKind(), Where::Chip);
  population.kind = role->second;
  if (!numbers(name, "columns", op.getColumns(), population.columns, "spike_bits",
               op.getSpikeBits(), population.spikeBits, "stage", *op.getStage(), population.stage))
    return false;
  // What the chip can hold bounds what is allocated for it.
  const int64_t available = int64_t{p.chip.maxChips} * p.chip.cores() * p.chip.core.neurons;
  neuronColumns += population.columns;
  if (neuronColumns > available)
    return fail(name, "with it the program needs ", neuronColumns, " neurons, '", p.chip.name,
                "' has ", available);
  if (population.kind != PopulationKind::GradedSum && !readNeuron(op, population))
    return false;
  populations[name] = static_cast<int32_t>(p.populations.size());
  p.populations.push_back(std::move(population));
  return true;
}

bool ProgramReader::readNeuron(chip::NeuronsOp op, Population &population) {
  static const std::map<llvm::StringRef, Rounding> roundings = {
      {"toward_zero", Rounding::TowardZero},
      {"floor", Rounding::Floor},
      {"nearest", Rounding::Nearest}};
  const llvm::StringRef name = op.getSymName();
  if (!present(name, "model", op.getModel()))
    return false;
  const chip::NeuronAttr model = *op.getModel();
  const auto rounding = roundings.find(model.getRounding().getValue());
  if (rounding == roundings.end())
    return fail(name, "unknown rounding '", model.getRounding().getValue().str(), "'");
  NeuronParameters &neuron = population.neuron;
  neuron.leakRounding = rounding->second;
  neuron.decayNumerator = model.getDecay();
  neuron.softReset = model.getSoftReset();
  neuron.saturates = model.getSaturates();
  neuron.vReset = model.getVReset();
  neuron.vInit = model.getVInit();
  if (!numbers(name, "shift", model.getShift(), neuron.decayShift, "fraction_bits",
               model.getFractionBits(), neuron.fractionBits, "state_bits", model.getStateBits(),
               neuron.stateBits))
    return false;
  const auto expand = [&](llvm::ArrayRef<int64_t> values, std::vector<int64_t> &result) {
    if (values.size() == 1)
      result.assign(population.columns, values[0]);
    else
      result.assign(values.begin(), values.end());
  };
  expand(model.getThreshold(), neuron.threshold);
  expand(model.getBias(), neuron.bias);
  return true;
}

bool ProgramReader::readReadouts() {
  for (auto &[op, index] : readouts) {
    const llvm::StringRef name = op.getSymName();
    if (op.getInputs().size() != 1)
      return fail(name, "has ", op.getInputs().size(), " inputs, must name one readout");
    const auto input = llvm::cast<mlir::FlatSymbolRefAttr>(op.getInputs()[0]).getValue();
    if (!resolve(name, "readout", populations, input, p.hostOps[index].readout))
      return false;
    std::vector<double> &scale = p.hostOps[index].scale;
    if (scale.size() == 1)
      scale.assign(p.populations[p.hostOps[index].readout].columns, scale[0]);
  }
  return true;
}

bool ProgramReader::readEdges() {
  for (mlir::Operation &op : source.getBody().front()) {
    if (auto projection = llvm::dyn_cast<chip::ProjectionOp>(op)) {
      if (!readProjection(projection))
        return false;
    } else if (auto attention = llvm::dyn_cast<chip::AttentionOp>(op)) {
      if (!readAttention(attention, rows[attention.getSymName()]))
        return false;
    }
  }
  return true;
}

bool ProgramReader::readProjection(chip::ProjectionOp op) {
  const llvm::StringRef name = op.getSymName();
  Projection result;
  if (op.getEncoding() == "sparse")
    result.encoding = SynapseEncoding::Sparse;
  else if (op.getEncoding() != "dense")
    return fail(name, "unknown encoding '", op.getEncoding().str(), "', must be dense or sparse");
  result.lastStepOnly = op.getLastStepOnly();
  projections[name] = static_cast<int32_t>(p.projections.size());
  const bool good = resolve(name, "operation", rows, op.getOp(), result.op) &&
                    resolve(name, "population", populations, op.getSource(), result.source) &&
                    resolve(name, "population", populations, op.getTarget(), result.target) &&
                    numbers(name, "rows", op.getRows(), result.rows, "columns", op.getColumns(),
                            result.columns, "weight_bits", op.getWeightBits(), result.weightBits,
                            "row_stride", op.getRowStride(), result.rowStride);
  p.projections.push_back(result);
  return good;
}

bool ProgramReader::readAttention(chip::AttentionOp op, OpId row) {
  const llvm::StringRef name = op.getSymName();
  Attention result;
  result.op = row;
  result.causal = op.getCausal();
  attentions[name] = static_cast<int32_t>(p.attentions.size());
  const bool good = resolve(name, "population", populations, op.getQ(), result.q) &&
                    resolve(name, "population", populations, op.getK(), result.k) &&
                    resolve(name, "population", populations, op.getV(), result.v) &&
                    resolve(name, "population", populations, op.getTarget(), result.target) &&
                    numbers(name, "heads", op.getHeads(), result.heads);
  p.attentions.push_back(result);
  return good;
}

} // namespace synfire::sim
