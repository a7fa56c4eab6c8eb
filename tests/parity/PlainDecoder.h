// PlainDecoder: SpikeDecoder in plain loops, written apart from Synfire's dialect,
// importer and interpreter: a second opinion on variants that nobody recorded.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_PARITY_PLAINDECODER_H
#define SYNFIRE_TESTS_PARITY_PLAINDECODER_H

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace synfire::test {

/// The switches under the names of the public implementation; the defaults are ours.
struct PlainConfig {
  std::string encodingType = "learned", positionEncoding = "static";
  int64_t tokenWidth = 0, positionWidth = 0; ///< always set, also when they follow from the codes
  bool combinePosition = false;              ///< whether the rows of both tables are added
  double positionBias = 0;
  int64_t vocabulary = 0, maxLen = 0, timeSteps = 4, blocks = 1, heads = 1, mlpExpansion = 4;
  double attentionScale = 0.125;
  std::string normalization = "batch", spikeMode = "average";
  int residual = 0;
  bool firstBlockLif = false, floatReunite = false, learnedThresholds = false;
  /// Which parts of the decoder spike.
  bool binaryEmbedding = true, spikingAttention = true, spikingMlp = true, spikingHead = true;

  int64_t width() const { return combinePosition ? tokenWidth : tokenWidth + positionWidth; }
};

/// Tensors by the public state dict's names, row major.
struct PlainTensor {
  std::vector<int64_t> shape;
  std::vector<double> numbers;
};
using StateDict = std::map<std::string, PlainTensor>;

/// Values [steps, tokens, features], row major; one step where there is no time.
struct Signal {
  int64_t steps = 1, tokens = 0, features = 0;
  std::vector<double> values;

  double &at(int64_t t, int64_t n, int64_t d) {
    return values[size_t((t * tokens + n) * features + d)];
  }
  double at(int64_t t, int64_t n, int64_t d) const {
    return values[size_t((t * tokens + n) * features + d)];
  }
};

struct PlainRun {
  std::map<std::string, Signal> spikes; ///< the spikes of every LIF by its name, and "embedding"
  Signal stream;                        ///< the stream after the last block
  Signal logits;
};

/// The tensors that a configuration needs, filled with zeros.
StateDict emptyState(const PlainConfig &config);

/// One pass. Throws std::out_of_range when a tensor is missing.
PlainRun runPlain(const PlainConfig &config, const StateDict &state,
                  const std::vector<int32_t> &tokens);

} // namespace synfire::test

#endif // SYNFIRE_TESTS_PARITY_PLAINDECODER_H
