// ProgramBuilder: what the compiler does, in the smallest honest way.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/simulator/ProgramBuilder.h"

#include "simulator/program/ProgramHash.h"

#include <algorithm>
#include <memory>

namespace synfire::sim {

ChipModel testChip() {
  ChipModel chip;
  chip.name = "test-16x16";
  chip.description = "for unit tests";
  chip.mesh = {16, 16, 4};
  chip.core.neurons = 4096;
  chip.core.synapseMemoryBits = int64_t{1} << 30;
  chip.core.weightBits = {8, 16};
  chip.core.axonInEntries = 1 << 20;
  chip.core.axonOutEntries = 1 << 20;
  chip.core.neuronModels = {"if", "lif", "integrator"};
  chip.core.coincidenceAttention = true;
  chip.core.gradedSpikes = true;
  chip.core.gradedBits = 8;
  chip.core.maxDelayTicks = 8;
  chip.noc.hopPs = {1000, 1000, 1000, 1000};
  chip.barrier = {{1, 1000}};
  return chip;
}

ProgramBuilder::ProgramBuilder(int32_t timeSteps, int32_t context) {
  p.name = "hand-built";
  p.schedule = "sequential";
  p.timeSteps = timeSteps;
  p.context = p.maxTokens = context;
  p.chip = testChip();
  p.targetName = p.chip.name;
}

OpId ProgramBuilder::row(const std::string &name, const std::string &kind, Where where) {
  p.ops.push_back({name, kind, where});
  return static_cast<OpId>(p.ops.size()) - 1;
}

int32_t ProgramBuilder::population(Population population) {
  p.populations.push_back(std::move(population));
  return static_cast<int32_t>(p.populations.size()) - 1;
}

int32_t ProgramBuilder::codes(const Matrix &codes, const std::string &name) {
  p.vocabulary = static_cast<int32_t>(codes.size());
  const int32_t columns = static_cast<int32_t>(codes[0].size());
  auto table = std::make_shared<host::TokenLookup>();
  table->rows = p.vocabulary;
  table->columns = columns;
  for (const auto &code : codes)
    for (int32_t bit : code)
      table->table.push_back(bit != 0 ? 1.0F : -1.0F);
  const int32_t first = static_cast<int32_t>(p.hostOps.size());
  HostOp lookup;
  lookup.op = row(name + ".token", "lookup", Where::Host);
  lookup.columns = columns;
  lookup.kernel = std::move(table);
  HostOp binarize;
  binarize.op = row(name + ".token_code", "binarize", Where::Host);
  binarize.columns = columns;
  binarize.inputs = {first};
  binarize.kernel = std::make_shared<host::Binarize>();
  HostOp repeat;
  repeat.op = row(name + ".repeat", "repeat", Where::Host);
  repeat.columns = columns;
  repeat.steps = p.timeSteps;
  repeat.inputs = {first + 1};
  repeat.kernel = std::make_shared<host::Repeat>();
  Population spikes;
  spikes.op = repeat.op;
  spikes.kind = PopulationKind::HostSpikes;
  spikes.columns = columns;
  spikes.hostOp = first + 2;
  for (HostOp *op : {&lookup, &binarize, &repeat})
    p.hostOps.push_back(std::move(*op));
  return population(std::move(spikes));
}

int32_t ProgramBuilder::neurons(const std::string &name, int32_t columns, int64_t threshold,
                                NeuronParameters constants) {
  Population neurons;
  neurons.op = row(name, "neuron");
  neurons.columns = columns;
  neurons.neuron = std::move(constants);
  neurons.neuron.threshold.assign(columns, threshold);
  if (neurons.neuron.bias.empty())
    neurons.neuron.bias.assign(columns, 0);
  std::vector<int64_t> &initial = neurons.neuron.vInit; // repeated over the columns; none is 0
  const std::vector<int64_t> given = initial.empty() ? std::vector<int64_t>{0} : initial;
  initial.resize(columns);
  for (int32_t c = 0; c < columns; ++c)
    initial[c] = given[c % given.size()];
  return population(std::move(neurons));
}

int32_t ProgramBuilder::gradedSum(const std::string &name, int32_t columns, int32_t spikeBits) {
  Population sum;
  sum.op = row(name, "add");
  sum.kind = PopulationKind::GradedSum;
  sum.columns = columns;
  sum.spikeBits = spikeBits;
  return population(std::move(sum));
}

int32_t ProgramBuilder::readout(const std::string &name, std::vector<int64_t> bias, double scale) {
  Population readout;
  readout.op = row(name, "linear");
  readout.kind = PopulationKind::Readout;
  readout.columns = static_cast<int32_t>(bias.size());
  readout.spikeBits = 0;
  readout.neuron.bias = std::move(bias);
  HostOp dequantize;
  dequantize.op = row(name + ".dequantize", "dequantize", Where::Host);
  dequantize.columns = readout.columns;
  auto kernel = std::make_shared<host::Dequantize>();
  kernel->scale.assign(readout.columns, scale);
  dequantize.kernel = std::move(kernel);
  dequantize.readout = population(std::move(readout));
  p.result = static_cast<int32_t>(p.hostOps.size());
  p.hostOps.push_back(std::move(dequantize));
  return p.hostOps.back().readout;
}

int32_t ProgramBuilder::stepReadout(const std::string &name, std::vector<int64_t> bias,
                                    double scale) {
  const int32_t index = readout(name, std::move(bias), scale);
  p.populations[index].perStep = true;
  p.populations[index].neuron.decay = {0}; // each step is read alone
  p.hostOps.back().steps = p.timeSteps;
  p.result = -1;
  return index;
}

int32_t ProgramBuilder::hostOp(const std::string &name, HostOp op) {
  op.op = row(name, "host", Where::Host);
  p.hostOps.push_back(std::move(op));
  return newestHostOp();
}

int32_t ProgramBuilder::hostSpikes(int32_t hostOp, int32_t spikeBits) {
  Population spikes;
  spikes.op = p.hostOps[hostOp].op;
  spikes.kind = PopulationKind::HostSpikes;
  spikes.columns = p.hostOps[hostOp].columns;
  spikes.spikeBits = spikeBits;
  spikes.hostOp = hostOp;
  return population(std::move(spikes));
}

/// Largest stage of the readouts that a host op depends on, -1 without any.
int32_t ProgramBuilder::hostStage(int32_t hostOp) const {
  const HostOp &op = p.hostOps[hostOp];
  int32_t stage = op.readout >= 0 ? p.populations[op.readout].stage : -1;
  for (int32_t input : op.inputs)
    stage = std::max(stage, hostStage(input));
  return stage;
}

int32_t ProgramBuilder::dense(int32_t source, int32_t target, const Matrix &matrix, bool rowPerStep,
                              bool lastStepOnly, int32_t weightBits) {
  Projection projection;
  projection.op = p.populations[target].op;
  projection.source = source;
  projection.target = target;
  projection.rows = static_cast<int32_t>(matrix.size());
  projection.columns = static_cast<int32_t>(matrix[0].size());
  projection.rowStride = rowPerStep ? p.populations[source].columns : 0;
  projection.lastStepOnly = lastStepOnly;
  projection.weightBits = weightBits;
  p.projections.push_back(projection);
  weights.push_back(matrix);
  return static_cast<int32_t>(weights.size()) - 1;
}

int32_t ProgramBuilder::diagonal(int32_t source, int32_t target,
                                 const std::vector<int32_t> &entries) {
  const int32_t index = dense(source, target, {entries});
  p.projections[index].rows = static_cast<int32_t>(entries.size());
  p.projections[index].encoding = SynapseEncoding::Sparse;
  return index;
}

int32_t ProgramBuilder::attention(int32_t q, int32_t k, int32_t v, int32_t target, HeadGroups heads,
                                  bool causal) {
  Attention attention;
  attention.op = row("ssa" + std::to_string(p.attentions.size()), "self_attention");
  attention.q = q;
  attention.k = k;
  attention.v = v;
  attention.target = target;
  attention.heads = static_cast<int32_t>(heads.heads);
  attention.keyHeads = static_cast<int32_t>(heads.keyHeads);
  attention.causal = causal;
  p.attentions.push_back(attention);
  return static_cast<int32_t>(p.attentions.size()) - 1;
}

Slice ProgramBuilder::makeSlice(int32_t population, int32_t firstColumn, int32_t columns) {
  Slice slice;
  slice.name = p.ops[p.populations[population].op].name + "#" + std::to_string(firstColumn);
  slice.population = population;
  slice.firstColumn = firstColumn;
  slice.columns = columns;
  slice.core = static_cast<int32_t>(p.slices.size());
  for (size_t i = 0; i < p.projections.size(); ++i) {
    const Projection &projection = p.projections[i];
    if (projection.target != population)
      continue;
    const bool sparse = projection.encoding == SynapseEncoding::Sparse;
    SynapseBlock block;
    block.projection = static_cast<int32_t>(i);
    block.firstRow = sparse ? firstColumn : 0;
    block.rows = sparse ? columns : projection.rows;
    block.weightBytes = projection.weightForm().storedBytes();
    auto bytes = std::make_shared<std::vector<std::byte>>();
    for (int32_t r = 0; r < (sparse ? 1 : block.rows); ++r)
      for (int32_t c = firstColumn; c < firstColumn + columns; ++c)
        for (int32_t b = 0; b < block.weightBytes; ++b)
          bytes->push_back(static_cast<std::byte>(weights[i][r][c] >> (8 * b) & 0xff));
    block.weights = *bytes;
    owned.push_back(std::move(bytes));
    block.memoryBits = static_cast<int64_t>(block.weights.size()) * 8;
    slice.synapses.push_back(block);
  }
  for (size_t i = 0; i < p.attentions.size(); ++i)
    if (p.attentions[i].target == population) {
      const int32_t d = p.populations[population].columns / p.attentions[i].heads;
      slice.attention.push_back({static_cast<int32_t>(i), firstColumn / d, columns / d, 0});
    }
  return slice;
}

Program ProgramBuilder::finish(int32_t sliceColumns) {
  row("(chip)", "chip");
  for (size_t i = 0; i < p.populations.size(); ++i) {
    Population &population = p.populations[i];
    if (population.kind == PopulationKind::HostSpikes)
      population.stage = hostStage(population.hostOp) + 1;
    for (const Projection &projection : p.projections)
      if (projection.target == static_cast<int32_t>(i) && !projection.isLate())
        population.stage = std::max(population.stage, p.populations[projection.source].stage + 1);
    for (const Attention &a : p.attentions)
      if (a.target == static_cast<int32_t>(i))
        for (int32_t source : {a.q, a.k, a.v})
          population.stage = std::max(population.stage, p.populations[source].stage + 1);
    p.stages = std::max(p.stages, population.stage + 1);
  }
  for (int32_t i = 0; i < static_cast<int32_t>(p.populations.size()); ++i) {
    if (p.populations[i].kind == PopulationKind::HostSpikes)
      continue;
    int32_t step = std::max(sliceColumns, 1), columns = p.populations[i].columns;
    for (const Attention &a : p.attentions)
      if (a.target == i)
        step = std::max(step / (columns / a.heads), 1) * (columns / a.heads);
    for (int32_t first = 0; first < columns; first += step)
      p.slices.push_back(makeSlice(i, first, std::min(step, columns - first)));
  }
  const MeshModel &mesh = p.chip.mesh;
  for (int32_t i = 0; i < static_cast<int32_t>(p.slices.size()); ++i) {
    const int32_t tile = i / mesh.coresPerTile;
    p.cores.push_back({0, tile % mesh.width, tile / mesh.width, i % mesh.coresPerTile});
  }
  p.cores.push_back({0, 0, 0, mesh.coresPerTile});
  p.hash = functionalHash(p);
  return p;
}

} // namespace synfire::sim
