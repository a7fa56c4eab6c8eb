// RandomNetwork: text of small spiking networks with drawn weights.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_PASSES_RANDOMNETWORK_H
#define SYNFIRE_TESTS_UNIT_PASSES_RANDOMNETWORK_H

#include <cstdint>
#include <functional>
#include <random>
#include <string>

namespace synfire::test {

/// A residual stream with attention and norms, as a SpikeDecoder block has
/// them: width 6, 2 heads, T = 4, vocabulary 5, context 12.
struct RandomNetwork {
  explicit RandomNetwork(uint64_t seed) : random(seed) {}

  /// Draws one weight; the default is real numbers of a normal distribution.
  std::function<double(std::mt19937_64 &)> drawWeight = [](std::mt19937_64 &random) {
    return std::normal_distribution<double>(0, 0.6)(random);
  };
  bool transposed = false; ///< all but the head stores weights as [inputs, outputs]
  std::string neuron = "#spike.lif<tau = 2.0 : f64, threshold = [0.6]>";

  /// Every call draws again.
  std::string text();

private:
  /// `turned`: the same numbers as [columns, rows].
  std::string matrix(int64_t rows, int64_t columns, bool turned = false);
  std::string vector(int64_t entries, double low, double high);
  std::string norm(const std::string &result, const std::string &input, const std::string &type,
                   int64_t channels, const std::string &name);

  std::mt19937_64 random;
};

} // namespace synfire::test

#endif // SYNFIRE_TESTS_UNIT_PASSES_RANDOMNETWORK_H
