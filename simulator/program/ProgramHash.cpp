// ProgramHash: hashes structure in order, and weights independently of their order.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/program/ProgramHash.h"

#include "simulator/program/Hasher.h"
#include "simulator/program/SynapseWeights.h"

#include <string_view>

namespace synfire::sim {
namespace {

uint64_t u(int64_t value) { return static_cast<uint64_t>(value); }

/// Hashes of programs without a grid are what they were before there were any.
void addPoints(Hasher &hash, int32_t points) {
  if (points != 1)
    hash.add(u(points));
}

void addHostOp(Hasher &hash, const HostOp &op) {
  hash.add(std::string_view(op.kernel->name()));
  hash.add(op.inputs);
  hash.add(op.readout);
  hash.add(op.columns);
  addPoints(hash, op.points);
  hash.add(op.steps);
  op.kernel->hash(hash);
}

void addEntries(Hasher &hash, const std::vector<int64_t> &entries) {
  for (int64_t entry : entries)
    hash.add(u(entry));
}

/// What only some neurons have. Hashes of others are what they were before there was any of it.
void addOptional(Hasher &hash, const NeuronParameters &neuron) {
  for (const NeuronScalar &scalar : kNeuronScalars)
    if (scalar.ofFilter && neuron.filters()) {
      hash.add(std::string_view(scalar.name));
      hash.add(u(neuron.*scalar.member));
    }
  for (const NeuronVector &vector : kNeuronVectors)
    if (vector.presence != NeuronVector::Always && vector.stands(neuron)) {
      hash.add(std::string_view(vector.name));
      addEntries(hash, neuron.*vector.member);
    }
  if (neuron.acrossTokens)
    hash.add(std::string_view("across_tokens"));
}

void addNeuron(Hasher &hash, const NeuronParameters &neuron) {
  addEntries(hash, neuron.decay);
  addEntries(hash, neuron.shift);
  hash.add(u(neuron.fractionBits));
  hash.add(neuron.leakRounding);
  hash.add(u(neuron.softReset));
  addEntries(hash, neuron.vReset);
  addEntries(hash, neuron.vInit);
  hash.add(u(neuron.stateBits));
  hash.add(u(neuron.saturates));
  addEntries(hash, neuron.threshold);
  addEntries(hash, neuron.bias);
  addOptional(hash, neuron);
}

/// The sum over all weights of a hash of the weight's place and value. A sum does not depend on the
/// order of its terms, and so not on how slices divide the matrix.
template <typename Weight>
uint64_t sumOfWeights(const Projection &projection, const Slice &slice, const SynapseBlock &block,
                      const Weight *weights) {
  uint64_t sum = 0;
  const auto add = [&](int64_t row, int64_t column, Weight weight) {
    const uint64_t place = u(row) * u(projection.columns) + u(column);
    if constexpr (sizeof(Weight) > 2)
      sum += Hasher::mix(Hasher::mix(place + 0x9e3779b97f4a7c15ULL) + u(weight));
    else
      sum += Hasher::mix((place << 16) + 0x9e3779b97f4a7c15ULL + (u(weight) & 0xffff));
  };
  for (int32_t r = 0; r < block.rows; ++r) {
    const int32_t row = block.firstRow + r;
    if (projection.encoding == SynapseEncoding::Sparse)
      add(row, row, *weights++);
    else
      for (int32_t c = 0; c < slice.columns; ++c)
        add(row, slice.firstColumn + c, *weights++);
  }
  return sum;
}

} // namespace

uint64_t functionalHash(const Program &program) {
  Hasher hash;
  hash.add(u(program.timeSteps));
  hash.add(u(program.context));
  hash.add(u(program.vocabulary));
  for (const HostOp &op : program.hostOps)
    addHostOp(hash, op);
  hash.add(u(program.result));
  for (const Population &population : program.populations) {
    hash.add(std::string_view(program.ops[population.op].name));
    hash.add(population.kind);
    hash.add(u(population.columns));
    addPoints(hash, population.points);
    hash.add(u(population.spikeBits));
    hash.add(u(population.hostOp));
    hash.add(u(population.perStep));
    addNeuron(hash, population.neuron);
  }
  for (const Attention &attention : program.attentions) {
    for (int32_t population : {attention.q, attention.k, attention.v, attention.target})
      hash.add(u(population));
    hash.add(u(attention.heads));
    hash.add(u(attention.keyHeads));
    hash.add(u(attention.causal));
    if (attention.score)
      addNeuron(hash, *attention.score);
  }
  std::vector<uint64_t> weights(program.projections.size());
  for (const Slice &slice : program.slices)
    for (const SynapseBlock &block : slice.synapses) {
      if (slice.firstPoint > 0)
        continue; // has the weights of the slice at point 0: validate()
      const Projection &projection = program.projections[block.projection];
      weights[block.projection] += visitWeights(
          block, [&](const auto *first) { return sumOfWeights(projection, slice, block, first); });
    }
  for (size_t p = 0; p < program.projections.size(); ++p) {
    const Projection &projection = program.projections[p];
    hash.add(u(projection.source));
    hash.add(u(projection.target));
    hash.add(u(projection.rows));
    hash.add(u(projection.columns));
    hash.add(u(projection.rowStride));
    hash.add(u(projection.lastStepOnly));
    hash.add(projection.encoding);
    if (projection.window) {
      for (const GridAxis &axis : {projection.window->y, projection.window->x})
        for (int64_t number : {axis.size, axis.window, axis.stride, axis.padding, axis.dilation})
          hash.add(u(number));
      hash.add(u(projection.groups));
    }
    for (int32_t delay : projection.delays) // none: the hash of a program before there were any
      hash.add(u(delay));
    hash.add(weights[p]);
  }
  return hash.result();
}

uint64_t numericProfileHash(const Program &program) {
  Hasher hash;
  hash.add(u(program.timeSteps));
  hash.add(u(program.weightBits));
  for (const Projection &projection : program.projections) {
    hash.add(u(projection.weightBits));
    // Hashes of programs with signed weights alone are what they were before there were others.
    if (projection.weightFormat != WeightFormat::Signed)
      hash.add(projection.weightFormat);
  }
  for (const Population &population : program.populations) {
    const NeuronParameters &neuron = population.neuron;
    hash.add(u(neuron.stateBits));
    hash.add(u(neuron.saturates));
    hash.add(u(neuron.fractionBits));
    addEntries(hash, neuron.decay);
    addEntries(hash, neuron.shift);
    hash.add(neuron.leakRounding);
    addOptional(hash, neuron);
  }
  return hash.result();
}

} // namespace synfire::sim
