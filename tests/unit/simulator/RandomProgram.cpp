// RandomProgram: sizes, constants and weights drawn from one seed.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/simulator/RandomProgram.h"

#include <random>

namespace synfire::sim {
namespace {

class Draw {
public:
  explicit Draw(uint32_t seed) : random(seed) {}
  int32_t operator()(int32_t low, int32_t high) {
    return std::uniform_int_distribution<int32_t>(low, high)(random);
  }
  Matrix matrix(int32_t rows, int32_t columns, int32_t limit) {
    Matrix result(rows, std::vector<int32_t>(columns));
    for (auto &row : result)
      for (int32_t &w : row)
        w = (*this)(-limit, limit);
    return result;
  }
  /// Neurons without thresholds and biases. Half of the time, leaks and reset values are the same
  /// for all columns.
  NeuronParameters neuron(int32_t columns) {
    NeuronParameters neuron;
    neuron.leakRounding = static_cast<Rounding>((*this)(0, 2));
    neuron.fractionBits = (*this)(0, 4);
    neuron.softReset = (*this)(0, 1) == 1;
    neuron.acrossTokens = (*this)(0, 2) == 0;
    neuron.vInit = {(*this)(-3, 9), (*this)(-3, 9), 0};
    const bool filters = (*this)(0, 2) == 0;
    if (filters) {
      neuron.currentBits = 32;
      neuron.currentFractionBits = (*this)(0, static_cast<int32_t>(neuron.fractionBits));
    }
    neuron.decay.clear();
    neuron.shift.clear();
    neuron.vReset.clear();
    const int32_t entries = (*this)(0, 1) == 0 ? 1 : columns;
    for (int32_t c = 0; c < entries; ++c) {
      const int32_t shift = (*this)(0, 2), currentShift = (*this)(0, 2);
      neuron.shift.push_back(shift);
      neuron.decay.push_back(shift == 0 ? 1 : 2 * (*this)(0, shift - 1) + 1);
      neuron.vReset.push_back(neuron.softReset ? 0 : (*this)(-4, 4));
      if (filters) {
        neuron.currentShift.push_back(currentShift);
        neuron.currentDecay.push_back((*this)(c == 0 ? 1 : 0, 1 << currentShift));
      }
    }
    return neuron;
  }

private:
  std::mt19937 random;
};

} // namespace

RandomProgram::RandomProgram(uint32_t seed, int32_t sliceColumns, bool causal, int32_t context)
    : builder(1 + static_cast<int32_t>(seed % 5), context) {
  Draw draw(seed);
  const int32_t steps = 1 + static_cast<int32_t>(seed % 5);
  const int32_t heads = draw(1, 3), d = draw(1, seed % 7 == 0 ? 70 : 12), width = heads * d;
  codes = draw.matrix(draw(2, 9), draw(1, 90), 1);
  for (auto &code : codes)
    for (int32_t &bit : code)
      bit = bit != 0;
  const int32_t inputs = static_cast<int32_t>(codes[0].size());
  const int32_t host = builder.codes(codes);

  const auto layer = [&](const std::string &name, int32_t columns, int32_t highest = 80) {
    NeuronParameters neuron = draw.neuron(columns);
    const int64_t unit = int64_t{1} << neuron.fractionBits;
    for (int32_t c = 0; c < columns; ++c)
      neuron.bias.push_back(draw(-9, 9) * unit + draw(0, 3));
    for (int32_t c = 0; neuron.filters() && c < columns; ++c)
      neuron.membraneBias.push_back(draw(-3, 3));
    const int64_t threshold = draw(2, highest) * unit;
    if (neuron.softReset && draw(0, 1) == 1) // of `>` one less than the threshold; else any
      for (int32_t c = 0; c < columns; ++c)
        neuron.decrement.push_back(threshold - draw(0, 1));
    return builder.neurons(name, columns, threshold, neuron);
  };
  q = layer("q", width);
  const int32_t keyHeads = draw(0, 2) == 0 ? 1 : heads, keyWidth = keyHeads * d;
  const int32_t k = layer("k", keyWidth), v = layer("v", keyWidth);
  for (const auto &[target, columns] : {std::pair(q, width), {k, keyWidth}, {v, keyWidth}})
    builder.dense(host, target, draw.matrix(inputs, columns, 127));
  attended = layer("att_lif", width, 12);
  const int32_t attention = builder.attention(q, k, v, attended, {heads, keyHeads}, causal);
  const bool scores = draw(0, 2) == 0;
  if (scores) {
    NeuronParameters neuron = draw.neuron(1);
    neuron.acrossTokens = false;
    neuron.currentDecay.clear();
    neuron.currentShift.clear();
    neuron.currentBits = neuron.currentFractionBits = 0;
    neuron.vInit = {draw(-3, 3)};
    neuron.bias = {draw(-1, 1)};
    neuron.threshold = {draw(1, 3) << neuron.fractionBits};
    builder.attentionOf(attention).score = neuron;
  }

  // A stream: two writers into one population, one with wider weights.
  const int32_t stream = layer("stream", width);
  const bool wide = draw(0, 1) == 1;
  builder.dense(attended, stream, draw.matrix(width, width, wide ? 900 : 60), false, false,
                wide ? 12 : 8);
  builder.dense(host, stream, draw.matrix(inputs, width, 60));
  builder.diagonal(keyHeads == heads ? v : q, stream, draw.matrix(1, width, 100)[0]);

  sum = builder.gradedSum("add", width, 2);
  builder.diagonal(stream, sum, std::vector<int32_t>(width, 1));
  builder.diagonal(attended, sum, std::vector<int32_t>(width, 1));
  const int32_t last = layer("head_lif", draw(1, 40));
  const int32_t lastColumns = static_cast<int32_t>(builder.neuronOf(last).bias.size());
  builder.dense(sum, last, draw.matrix(width, lastColumns, 127));

  // Populations of a cycle begin anew with every token.
  if (!scores && draw(0, 2) == 0) {
    builder.delay(builder.diagonal(sum, q, draw.matrix(1, width, 9)[0]), {draw(1, 2)});
    for (int32_t p = q; p <= sum; ++p)
      builder.neuronOf(p).acrossTokens = false;
  }
  if (draw(0, 1) == 0) {
    builder.neuronOf(last).acrossTokens = false;
    const int32_t loop = builder.dense(last, last, draw.matrix(lastColumns, lastColumns, 60));
    std::vector<int32_t> delays(lastColumns);
    for (int32_t &delay : delays)
      delay = draw(1, 3);
    builder.delay(loop, delays);
  }

  const int32_t mode = draw(0, 2);
  std::vector<int64_t> bias;
  for (int32_t c = draw(2, 30); c > 0; --c)
    bias.push_back(draw(-500, 500));
  const int32_t outputs = static_cast<int32_t>(bias.size());
  logits = builder.readout("head", std::move(bias), 0.125);
  const int32_t head = builder.dense(
      last, logits, draw.matrix(mode == 1 ? lastColumns * steps : lastColumns, outputs, 127),
      mode == 1, mode == 2);
  if (draw(0, 1) == 0)
    builder.delay(head, {draw(0, 2)});
  program = builder.finish(sliceColumns);
}

std::vector<int32_t> RandomProgram::tokens(int32_t count, uint32_t seed) const {
  std::mt19937 random(seed);
  std::vector<int32_t> ids(count);
  for (int32_t &id : ids)
    id = std::uniform_int_distribution<int32_t>(0, program.vocabulary - 1)(random);
  return ids;
}

} // namespace synfire::sim
