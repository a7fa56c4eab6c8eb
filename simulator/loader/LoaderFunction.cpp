// LoaderFunction: what is computed, row by row of the report.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/loader/LoaderReader.h"

#include "support/Saturating.h"
#include "targets/ChipResources.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/ADT/STLExtras.h"

#include <optional>

namespace synfire::sim {

std::vector<std::string> textsOf(mlir::ArrayAttr array) {
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
    at = &op;
    if (auto hostOp = llvm::dyn_cast<chip::HostOp>(op)) {
      if (!readHostOp(hostOp))
        return false;
    } else if (auto row = llvm::dyn_cast<chip::OpOp>(op)) {
      rows[row.getSymName()] = addRow(row.getSymName(), row.getKind(), Where::Chip);
    } else if (auto neurons = llvm::dyn_cast<chip::NeuronsOp>(op)) {
      if (!readPopulation(neurons))
        return false;
    } else if (auto attention = llvm::dyn_cast<chip::AttentionOp>(op)) {
      rows[attention.getSymName()] =
          addRow(attention.getSymName(), attention.getQ() ? "self_attention" : "key_value_sum",
                 Where::Chip);
    }
  }
  at = source;
  addRow("(chip)", "chip", Where::Chip);
  return !source.getResult() ||
         resolve(p.name, "host operation", hostOps, *source.getResult(), p.result);
}

bool ProgramReader::readPopulation(chip::NeuronsOp op) {
  static const std::map<llvm::StringRef, PopulationKind> roles = {
      {"neurons", PopulationKind::Neurons},
      {"graded_sum", PopulationKind::GradedSum},
      {"readout", PopulationKind::Readout}};
  const llvm::StringRef name = op.getSymName();
  const auto role = roles.find(op.getRole());
  if (role == roles.end())
    return fail(name, "role: ", needsHas("neurons, graded_sum or readout", op.getRole().str()));
  if (!present(name, "stage", op.getStage()))
    return false;
  Population population;
  population.op = rows[name] = addRow(name, op.getKind(), Where::Chip);
  population.kind = role->second;
  population.perStep = op.getPerStep();
  if (!numbers(name, "columns", op.getColumns(), population.columns, "points", op.getPoints(),
               population.points, "spike_bits", op.getSpikeBits(), population.spikeBits, "stage",
               *op.getStage(), population.stage))
    return false;
  // What the chip can hold bounds what is allocated for it.
  const int64_t available = int64_t{p.chip.maxChips} * p.chip.cores() * p.chip.core.neurons;
  neurons = saturatingAdd(neurons, int64_t{population.columns} * population.points);
  if (neurons > available)
    return fail(name, "the program up to here ", needsHas(message(neurons, " neurons"), available),
                " (core.neurons of '", p.chip.name, "')");
  if (population.kind != PopulationKind::GradedSum && !readNeuron(op, population))
    return false;
  populations[name] = static_cast<int32_t>(p.populations.size());
  p.populations.push_back(std::move(population));
  return true;
}

bool ProgramReader::readConstants(llvm::StringRef name, chip::NeuronAttr model, int32_t columns,
                                  NeuronParameters &neuron) {
  static const std::map<llvm::StringRef, Rounding> roundings = {
      {"toward_zero", Rounding::TowardZero},
      {"floor", Rounding::Floor},
      {"nearest", Rounding::Nearest}};
  const auto rounding = roundings.find(model.getRounding().getValue());
  if (rounding == roundings.end())
    return fail(name, "rounding: ",
                needsHas("toward_zero, floor or nearest", model.getRounding().getValue().str()));
  static_cast<NeuronConstants &>(neuron) = model.getConstants();
  neuron.leakRounding = rounding->second;
  neuron.softReset = model.getSoftReset();
  neuron.saturates = model.getSaturates();
  neuron.acrossTokens = model.getAcrossTokens();
  spreadEntries(neuron, columns);
  return true;
}

bool ProgramReader::readNeuron(chip::NeuronsOp op, Population &population) {
  const llvm::StringRef name = op.getSymName();
  if (!present(name, "model", op.getModel()))
    return false;
  if (const std::optional<llvm::StringRef> kind = op.getNeuronModel();
      kind && !llvm::is_contained(p.chip.core.neuronModels, *kind))
    return fail(name, "neuron_model: needs one of core.neuron_models of '", p.chip.name, "', has ",
                kind->str());
  return readConstants(name, *op.getModel(), population.columns, population.neuron);
}

bool ProgramReader::readEdges() {
  for (mlir::Operation &op : source.getBody().front()) {
    at = &op;
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

void ProgramReader::noteGrid(const GridWindow &window) {
  // A window of one row may be that of a linear, which reads point by point.
  if (window.y.size > 1 && p.input.hostOp >= 0 && p.input.gridRows == 0 &&
      window.sources() == p.hostOps[p.input.hostOp].points)
    p.input.gridRows = window.y.size;
}

bool ProgramReader::readProjection(chip::ProjectionOp op) {
  const llvm::StringRef name = op.getSymName();
  Projection result;
  if (op.getEncoding() == "sparse")
    result.encoding = SynapseEncoding::Sparse;
  else if (op.getEncoding() == "conv")
    result.encoding = SynapseEncoding::Conv;
  else if (op.getEncoding() != "dense")
    return fail(name, "encoding: ", needsHas("dense, sparse or conv", op.getEncoding().str()));
  result.weightFormat = op.getWeightForm().format;
  if (op.getWindow()) {
    result.window = op.getWindow()->getWindow();
    noteGrid(*result.window);
  }
  result.lastStepOnly = op.getLastStepOnly();
  if (const std::optional<llvm::ArrayRef<int64_t>> delays = op.getDelays())
    for (int64_t delay : *delays) {
      result.delays.push_back(0);
      if (!numbers(name, "delay", delay, result.delays.back()))
        return false;
    }
  projections[name] = static_cast<int32_t>(p.projections.size());
  const bool good =
      resolve(name, "operation", rows, op.getOp(), result.op) &&
      resolve(name, "population", populations, op.getSource(), result.source) &&
      resolve(name, "population", populations, op.getTarget(), result.target) &&
      numbers(name, "rows", op.getRows(), result.rows, "columns", op.getColumns(), result.columns,
              "weight_bits", op.getWeightBits(), result.weightBits, "row_stride", op.getRowStride(),
              result.rowStride, "groups", op.getGroups(), result.groups);
  p.projections.push_back(result);
  return good;
}

bool ProgramReader::readAttention(chip::AttentionOp op, OpId row) {
  const llvm::StringRef name = op.getSymName();
  Attention result;
  result.op = row;
  result.causal = op.getCausal();
  attentions[name] = static_cast<int32_t>(p.attentions.size());
  const bool good =
      (!op.getQ() || resolve(name, "population", populations, *op.getQ(), result.q)) &&
      resolve(name, "population", populations, op.getK(), result.k) &&
      resolve(name, "population", populations, op.getV(), result.v) &&
      resolve(name, "population", populations, op.getTarget(), result.target) &&
      numbers(name, "heads", op.getHeads(), result.heads, "kv_heads",
              op.getKvHeads().value_or(op.getHeads()), result.keyHeads) &&
      (!op.getScore() || readConstants(name, *op.getScore(), 1, result.score.emplace()));
  p.attentions.push_back(result);
  return good;
}

} // namespace synfire::sim
