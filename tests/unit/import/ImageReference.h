// ImageReference: Spikformer and Spike-driven Transformer in plain loops, which
// know the tensors' names, not the dialect.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_IMPORT_IMAGEREFERENCE_H
#define SYNFIRE_TESTS_UNIT_IMPORT_IMAGEREFERENCE_H

#include "TestFiles.h"

#include <algorithm>
#include <cmath>

namespace synfire::test {

/// Numbers [steps, height, width, channels].
struct FeatureMap {
  int64_t steps, height, width, channels;
  std::vector<double> values;

  FeatureMap(int64_t steps, int64_t height, int64_t width, int64_t channels)
      : steps(steps), height(height), width(width), channels(channels),
        values(size_t(steps * height * width * channels)) {}
  int64_t points() const { return height * width; }
  double &at(int64_t t, int64_t y, int64_t x, int64_t c) {
    return values[size_t(((t * height + y) * width + x) * channels + c)];
  }
  double &at(int64_t t, int64_t n, int64_t c) {
    return values[size_t((t * points() + n) * channels + c)];
  }
  bool inside(int64_t y, int64_t x) const { return y >= 0 && y < height && x >= 0 && x < width; }
};

/// Runs either network on one image and keeps every LIF's spikes by name.
class ImageReference {
public:
  ImageReference(const FloatTensors &tensors, bool spikeDriven, int64_t blocks, int64_t heads,
                 int64_t pooledStages, double scale, double attentionThreshold)
      : tensors(tensors), spikeDriven(spikeDriven), blocks(blocks), heads(heads),
        pooledStages(pooledStages), scale(scale), attentionThreshold(attentionThreshold) {}

  std::map<std::string, std::vector<double>> spikes;

  std::vector<double> logits(FeatureMap x) {
    x = embedding(std::move(x));
    for (int64_t i = 0; i < blocks; ++i) {
      std::string name = "block" + std::to_string(i) + ".";
      x = spikeDriven ? membraneBlock(name, x) : spikeBlock(name, x);
    }
    return head(x);
  }

private:
  const std::vector<float> &numbers(const std::string &name) { return tensors.at(name).numbers; }

  FeatureMap conv(const std::string &name, FeatureMap x) {
    const FloatTensor &weight = tensors.at(name + ".weight");
    FeatureMap y(x.steps, x.height, x.width, weight.shape[0]);
    for (int64_t t = 0; t < y.steps; ++t)
      for (int64_t row = 0; row < y.height; ++row)
        for (int64_t column = 0; column < y.width; ++column)
          for (int64_t o = 0; o < y.channels; ++o)
            for (int64_t k = 0; k < 9; ++k)
              for (int64_t i = 0; i < x.channels; ++i)
                if (int64_t r = row + k / 3 - 1, c = column + k % 3 - 1; x.inside(r, c))
                  y.at(t, row, column, o) +=
                      x.at(t, r, c, i) * weight.numbers[size_t((o * x.channels + i) * 9 + k)];
    return batchNorm(name + "_norm", std::move(y));
  }

  FeatureMap linear(const std::string &name, FeatureMap x) {
    const FloatTensor &weight = tensors.at(name + ".weight");
    FeatureMap y(x.steps, x.height, x.width, weight.shape[0]);
    for (int64_t t = 0; t < y.steps; ++t)
      for (int64_t n = 0; n < y.points(); ++n)
        for (int64_t o = 0; o < y.channels; ++o) {
          for (int64_t i = 0; i < x.channels; ++i)
            y.at(t, n, o) += x.at(t, n, i) * weight.numbers[size_t(o * x.channels + i)];
          if (tensors.count(name + ".bias"))
            y.at(t, n, o) += numbers(name + ".bias")[size_t(o)];
        }
    return y;
  }
  FeatureMap linearNorm(const std::string &name, const FeatureMap &x) {
    return batchNorm(name + "_norm", linear(name, x));
  }
  FeatureMap linearNormLif(const std::string &name, const FeatureMap &x) {
    return lif(name + "_lif", linearNorm(name, x));
  }

  FeatureMap batchNorm(const std::string &name, FeatureMap x) {
    for (size_t i = 0; i < x.values.size(); ++i) {
      size_t c = i % size_t(x.channels);
      double mean = numbers(name + ".running_mean")[c],
             variance = numbers(name + ".running_var")[c];
      x.values[i] =
          (x.values[i] - mean) / std::sqrt(variance + 1e-5) * numbers(name + ".weight")[c] +
          numbers(name + ".bias")[c];
    }
    return x;
  }

  FeatureMap lif(const std::string &name, FeatureMap x, double threshold = 1) {
    size_t neurons = x.values.size() / size_t(x.steps);
    for (size_t neuron = 0; neuron < neurons; ++neuron) {
      double v = 0;
      for (size_t at = neuron; at < x.values.size(); at += neurons) {
        v = v / 2 + x.values[at] / 2;
        x.values[at] = v >= threshold;
        if (v >= threshold)
          v = 0;
      }
    }
    spikes[name] = x.values;
    return x;
  }

  FeatureMap maxPool(FeatureMap x) {
    FeatureMap y(x.steps, (x.height + 1) / 2, (x.width + 1) / 2, x.channels);
    for (int64_t t = 0; t < y.steps; ++t)
      for (int64_t row = 0; row < y.height; ++row)
        for (int64_t column = 0; column < y.width; ++column)
          for (int64_t c = 0; c < y.channels; ++c) {
            double most = -INFINITY;
            for (int64_t k = 0; k < 9; ++k)
              if (int64_t a = 2 * row + k / 3 - 1, b = 2 * column + k % 3 - 1; x.inside(a, b))
                most = std::max(most, x.at(t, a, b, c));
            y.at(t, row, column, c) = most;
          }
    return y;
  }

  static FeatureMap sum(FeatureMap x, const FeatureMap &y) {
    for (size_t i = 0; i < x.values.size(); ++i)
      x.values[i] += y.values[i];
    return x;
  }

  FeatureMap embedding(FeatureMap x) {
    FeatureMap membrane = x;
    for (int64_t stage = 0; stage < 4; ++stage) {
      std::string name = "embed.conv" + std::to_string(stage);
      bool pooled = stage >= 4 - pooledStages;
      x = conv(name, x);
      if (spikeDriven && stage == 3) {
        membrane = pooled ? maxPool(x) : x;
        x = lif(name + "_lif", membrane);
      } else {
        x = lif(name + "_lif", x);
        x = pooled ? maxPool(x) : x;
      }
    }
    FeatureMap position = conv("embed.position", x);
    return spikeDriven ? sum(membrane, position) : sum(x, lif("embed.position_lif", position));
  }

  FeatureMap spikeBlock(const std::string &name, const FeatureMap &input) {
    FeatureMap q = linearNormLif(name + "attn.q", input), k = linearNormLif(name + "attn.k", input),
               v = linearNormLif(name + "attn.v", input), y = v;
    int64_t d = q.channels / heads;
    for (int64_t t = 0; t < q.steps; ++t)
      for (int64_t n = 0; n < q.points(); ++n)
        for (int64_t c = 0; c < q.channels; ++c) {
          double total = 0;
          for (int64_t m = 0; m < q.points(); ++m)
            for (int64_t e = c / d * d; e < (c / d + 1) * d; ++e)
              total += q.at(t, n, e) * k.at(t, m, e) * v.at(t, m, c);
          y.at(t, n, c) = scale * total;
        }
    FeatureMap x = sum(input, linearNormLif(name + "attn.proj",
                                            lif(name + "attn.att_lif", y, attentionThreshold)));
    return sum(x, linearNormLif(name + "mlp.fc2", linearNormLif(name + "mlp.fc1", x)));
  }

  FeatureMap membraneBlock(const std::string &name, const FeatureMap &input) {
    FeatureMap s = lif(name + "attn.in_lif", input);
    FeatureMap q = linearNormLif(name + "attn.q", s), k = linearNormLif(name + "attn.k", s),
               v = linearNormLif(name + "attn.v", s), y = v;
    for (int64_t t = 0; t < q.steps; ++t)
      for (int64_t n = 0; n < q.points(); ++n)
        for (int64_t c = 0; c < q.channels; ++c) {
          y.at(t, n, c) = 0;
          for (int64_t m = 0; m < q.points(); ++m)
            y.at(t, n, c) += k.at(t, m, c) * v.at(t, m, c);
        }
    y = lif(name + "attn.kv_lif", y, attentionThreshold);
    for (size_t i = 0; i < y.values.size(); ++i)
      y.values[i] *= q.values[i];
    FeatureMap x = sum(input, linearNorm(name + "attn.proj", y));
    FeatureMap hidden = linearNormLif(name + "mlp.fc1", lif(name + "mlp.in_lif", x));
    return sum(x, linearNorm(name + "mlp.fc2", hidden));
  }

  std::vector<double> head(FeatureMap x) {
    FeatureMap mean(x.steps, 1, 1, x.channels);
    for (int64_t t = 0; t < x.steps; ++t)
      for (int64_t c = 0; c < x.channels; ++c) {
        for (int64_t n = 0; n < x.points(); ++n)
          mean.at(t, 0, c) += x.at(t, n, c);
        mean.at(t, 0, c) /= double(x.points());
      }
    FeatureMap y = linear("head.fc", spikeDriven ? lif("head.lif", mean) : mean);
    std::vector<double> logits(size_t(y.channels));
    for (size_t i = 0; i < y.values.size(); ++i)
      logits[i % logits.size()] += y.values[i] / double(y.steps);
    return logits;
  }

  const FloatTensors &tensors;
  bool spikeDriven;
  int64_t blocks, heads, pooledStages;
  double scale, attentionThreshold;
};

} // namespace synfire::test

#endif // SYNFIRE_TESTS_UNIT_IMPORT_IMAGEREFERENCE_H
