// ProgramHash: order-dependent for structure, order-free for weights.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "simulator/program/ProgramHash.h"

#include "simulator/program/SynapseWeights.h"

#include <bit>
#include <string_view>

namespace synfire::sim {
namespace {

/// Finaliser of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom
/// number generators, OOPSLA 2014): a bijection in which every input bit
/// changes about half of the output.
uint64_t mix(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

class Hasher {
public:
  void add(uint64_t value) { state = mix(state + 0x9e3779b97f4a7c15ULL + mix(value)); }
  template <typename Enum>
    requires std::is_enum_v<Enum>
  void add(Enum value) {
    add(static_cast<uint64_t>(value));
  }
  void add(double value) { add(std::bit_cast<uint64_t>(value)); }
  void add(std::string_view text) {
    add(uint64_t{text.size()});
    for (char c : text)
      add(uint64_t{static_cast<unsigned char>(c)});
  }
  uint64_t result() const { return state; }

private:
  uint64_t state = 0;
};

uint64_t u(int64_t value) { return static_cast<uint64_t>(value); }

void addNumbers(Hasher &hash, const std::vector<double> &numbers) {
  hash.add(uint64_t{numbers.size()});
  for (double x : numbers)
    hash.add(x);
}

void addHostOp(Hasher &hash, const HostOp &op) {
  hash.add(op.kind);
  hash.add(uint64_t{op.inputs.size()});
  for (int32_t input : op.inputs)
    hash.add(u(input));
  for (int64_t number :
       {int64_t{op.columns}, int64_t{op.steps}, int64_t{op.tableRows}, int64_t{op.transposed},
        int64_t{op.readout}, int64_t{op.fractionBits}, int64_t{op.levels}, int64_t{op.heads},
        int64_t{op.kvHeads}, int64_t{op.causal}, op.size, op.vocabulary, int64_t{op.from},
        int64_t{op.neuron.strict}, int64_t{op.neuron.filters}})
    hash.add(u(number));
  for (double number :
       {op.threshold, op.eps, op.attentionScale, op.neuron.decay, op.neuron.gain, op.neuron.bias,
        op.neuron.vReset, op.neuron.vInit, op.neuron.currentDecay, op.neuron.currentGain})
    hash.add(number);
  for (const std::vector<double> *numbers :
       {&op.scale, &op.factor, &op.offset, &op.mean, &op.spread, &op.thresholds})
    addNumbers(hash, *numbers);
  for (float x : op.table)
    hash.add(uint64_t{std::bit_cast<uint32_t>(x)});
  hash.add(op.code);
  hash.add(op.source);
  hash.add(op.logic);
  hash.add(op.recombination);
  hash.add(op.neuron.reset);
}

void addNeuron(Hasher &hash, const NeuronParameters &neuron) {
  hash.add(u(neuron.decayNumerator));
  hash.add(u(neuron.decayShift));
  hash.add(u(neuron.fractionBits));
  hash.add(neuron.leakRounding);
  hash.add(u(neuron.softReset));
  hash.add(u(neuron.vReset));
  hash.add(u(neuron.vInit));
  hash.add(u(neuron.stateBits));
  hash.add(u(neuron.saturates));
  for (int64_t threshold : neuron.threshold)
    hash.add(u(threshold));
  for (int64_t bias : neuron.bias)
    hash.add(u(bias));
}

/// Sum over all weights of mix(place, value): addition makes it independent of
/// how the slices cut the matrix up.
template <typename Weight>
uint64_t sumOfWeights(const Projection &projection, const Slice &slice, const SynapseBlock &block) {
  const Weight *weights = weightsAs<Weight>(block);
  uint64_t sum = 0;
  const auto add = [&](int64_t row, int64_t column, Weight weight) {
    const uint64_t place = u(row) * u(projection.columns) + u(column);
    sum += mix((place << 16) + 0x9e3779b97f4a7c15ULL + (u(weight) & 0xffff));
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
    hash.add(program.ops[population.op].name);
    hash.add(population.kind);
    hash.add(u(population.columns));
    hash.add(u(population.spikeBits));
    hash.add(u(population.hostOp));
    hash.add(u(population.perStep));
    addNeuron(hash, population.neuron);
  }
  for (const Attention &attention : program.attentions) {
    for (int32_t population : {attention.q, attention.k, attention.v, attention.target})
      hash.add(u(population));
    hash.add(u(attention.heads));
    hash.add(u(attention.causal));
  }
  std::vector<uint64_t> weights(program.projections.size());
  for (const Slice &slice : program.slices)
    for (const SynapseBlock &block : slice.synapses) {
      const Projection &projection = program.projections[block.projection];
      weights[block.projection] += block.weightBytes == 1
                                       ? sumOfWeights<int8_t>(projection, slice, block)
                                       : sumOfWeights<int16_t>(projection, slice, block);
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
    hash.add(weights[p]);
  }
  return hash.result();
}

uint64_t numericProfileHash(const Program &program) {
  Hasher hash;
  hash.add(u(program.timeSteps));
  hash.add(u(program.weightBits));
  for (const Projection &projection : program.projections)
    hash.add(u(projection.weightBits));
  for (const Population &population : program.populations) {
    const NeuronParameters &neuron = population.neuron;
    hash.add(u(neuron.stateBits));
    hash.add(u(neuron.saturates));
    hash.add(u(neuron.fractionBits));
    hash.add(u(neuron.decayNumerator));
    hash.add(u(neuron.decayShift));
    hash.add(neuron.leakRounding);
  }
  return hash.result();
}

} // namespace synfire::sim
