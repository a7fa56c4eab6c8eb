// PlainDecoder: SpikeDecoder in plain loops (arXiv 2606.12287; names of the public
// state dict). Float64, one loop per formula; nothing here knows Synfire.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/parity/PlainDecoder.h"

#include <algorithm>
#include <cmath>

namespace synfire::test {
namespace {

class Decoder {
public:
  Decoder(const PlainConfig &config, const StateDict &state, PlainRun &run)
      : c(config), state(state), run(run) {}

  void decode(const std::vector<int32_t> &tokens) {
    Signal x = embedding(tokens);
    for (block = 0; block < c.blocks; ++block)
      x = c.residual == 0 ? realBlock(x) : spikingBlock(x);
    run.stream = x;
    run.logits = linear("Head.gen_FC", head(x));
  }

private:
  const PlainTensor &tensor(const std::string &name) const { return state.at(name); }
  std::string smha(const std::string &part) const {
    return "blocks." + std::to_string(block) + ".SMHA." + part;
  }
  std::string net(int index) const {
    return "blocks." + std::to_string(block) + ".MLP.net." + std::to_string(index);
  }

  static Signal zeros(int64_t steps, int64_t tokens, int64_t features) {
    return {steps, tokens, features, std::vector<double>(size_t(steps * tokens * features))};
  }
  static Signal add(Signal x, const Signal &y) {
    for (size_t i = 0; i < x.values.size(); ++i)
      x.values[i] += y.values[i];
    return x;
  }

  Signal linear(const std::string &name, const Signal &x) const {
    const PlainTensor &weight = tensor(name + ".weight"), &bias = tensor(name + ".bias");
    Signal y = zeros(x.steps, x.tokens, weight.shape[0]);
    for (int64_t t = 0; t < x.steps; ++t)
      for (int64_t n = 0; n < x.tokens; ++n)
        for (int64_t o = 0; o < y.features; ++o) {
          double sum = 0;
          for (int64_t i = 0; i < x.features; ++i)
            sum += x.at(t, n, i) * weight.numbers[size_t(o * x.features + i)];
          y.at(t, n, o) = sum + bias.numbers[size_t(o)];
        }
    return y;
  }

  Signal norm(const std::string &name, Signal x) const {
    if (c.normalization == "none")
      return x;
    const bool batch = c.normalization == "batch", layer = c.normalization == "layer";
    const std::string prefix = batch ? name + ".1" : name;
    const std::vector<double> &weight = tensor(prefix + ".weight").numbers;
    const std::vector<double> &bias = tensor(prefix + ".bias").numbers;
    for (int64_t t = 0; t < x.steps; ++t)
      for (int64_t n = 0; n < x.tokens; ++n) {
        double mean = 0, variance = 0;
        for (int64_t d = 0; d < x.features; ++d)
          mean += x.at(t, n, d) / double(x.features);
        for (int64_t d = 0; d < x.features; ++d)
          variance += std::pow(x.at(t, n, d) - mean, 2) / double(x.features);
        for (int64_t d = 0; d < x.features; ++d) {
          if (!layer) {
            mean = batch ? tensor(prefix + ".running_mean").numbers[size_t(d)] : 0;
            variance =
                tensor(prefix + (batch ? ".running_var" : ".running_phi")).numbers[size_t(d)];
          }
          x.at(t, n, d) = (x.at(t, n, d) - mean) / std::sqrt(variance + 1e-5) * weight[size_t(d)] +
                          bias[size_t(d)];
        }
      }
    return x;
  }

  /// V <- V + (X - V) / 2; s = [V >= threshold]; V <- (1 - s) V.
  Signal lif(const std::string &name, const Signal &x) {
    const double threshold = c.learnedThresholds ? tensor(name + ".v_threshold").numbers[0] : 1.0;
    Signal s = zeros(x.steps, x.tokens, x.features);
    for (int64_t n = 0; n < x.tokens; ++n)
      for (int64_t d = 0; d < x.features; ++d) {
        double v = 0;
        for (int64_t t = 0; t < x.steps; ++t) {
          v = v + (x.at(t, n, d) - v) / 2;
          s.at(t, n, d) = v >= threshold ? 1 : 0;
          v = (1 - s.at(t, n, d)) * v;
        }
      }
    run.spikes[name] = s;
    return s;
  }

  /// Bits of an index; `left`: without leading zeros, at the left.
  static std::vector<double> bits(int64_t index, int64_t width, bool left) {
    std::vector<double> digits;
    for (int64_t rest = index; rest > 0; rest /= 2)
      digits.insert(digits.begin(), double(rest % 2));
    std::vector<double> code(size_t(width), 0.0);
    const size_t skip = left ? 0 : code.size() - digits.size();
    for (size_t i = 0; i < digits.size(); ++i)
      code[skip + i] = digits[i];
    return code;
  }
  static std::vector<double> oneHot(int64_t index, int64_t width) {
    std::vector<double> code(size_t(width), 0.0);
    code[size_t(index)] = 1;
    return code;
  }
  static std::vector<double> row(const PlainTensor &table, int64_t index) {
    auto begin = table.numbers.begin() + index * table.shape[1];
    return {begin, begin + table.shape[1]};
  }
  static std::vector<double> heaviside(std::vector<double> x, double bias) {
    for (double &number : x)
      number = number - bias >= 0 ? 1 : 0;
    return x;
  }

  std::vector<double> tokenReals(int32_t id) const {
    return row(tensor("embedder.tok_embed.weight"), id);
  }
  std::vector<double> positionReals(int64_t n) const {
    if (c.positionEncoding == "learned")
      return row(tensor("embedder.pos_table.weight"), n);
    std::vector<double> wave;
    const int64_t width = c.combinePosition ? c.tokenWidth : c.positionWidth;
    for (int64_t j = 0; j < width; ++j) {
      const double angle = double(n) / std::pow(10000.0, double(j) / double(width));
      wave.push_back(float(j % 2 == 0 ? std::sin(angle) : std::cos(angle))); // a table of f32
    }
    return wave;
  }

  std::vector<double> tokenCode(int32_t id, int64_t n) const {
    if (c.encodingType == "one-hot")
      return oneHot(n * c.vocabulary + id, c.tokenWidth);
    if (c.encodingType == "two-hot")
      return oneHot(id, c.tokenWidth);
    if (c.encodingType == "learned")
      return heaviside(tokenReals(id), 0);
    return bits(id, c.tokenWidth, c.encodingType == "binary-left");
  }
  std::vector<double> positionCode(int64_t n) const {
    if (state.count("embedder.pos_code"))
      return row(tensor("embedder.pos_code"), n);
    if (c.positionEncoding == "linear")
      return oneHot(n, c.positionWidth);
    if (c.positionEncoding == "learned" || c.positionEncoding == "static")
      return heaviside(positionReals(n), c.positionEncoding == "static" ? c.positionBias : 0);
    return bits(n, c.positionWidth, c.positionEncoding == "binary-left");
  }

  std::vector<double> embed(int32_t id, int64_t n) const {
    if (c.combinePosition) {
      std::vector<double> sum = tokenReals(id);
      const std::vector<double> position = positionReals(n);
      for (size_t d = 0; d < sum.size(); ++d)
        sum[d] += position[d];
      return c.binaryEmbedding ? heaviside(sum, c.positionBias) : sum;
    }
    std::vector<double> x = c.binaryEmbedding ? tokenCode(id, n) : tokenReals(id);
    if (c.encodingType == "one-hot")
      return x;
    const std::vector<double> position = c.binaryEmbedding ? positionCode(n) : positionReals(n);
    x.insert(x.end(), position.begin(), position.end());
    return x;
  }

  Signal embedding(const std::vector<int32_t> &tokens) {
    const int64_t steps = c.spikingAttention ? c.timeSteps : 1;
    Signal x = zeros(steps, int64_t(tokens.size()), c.width());
    for (int64_t n = 0; n < x.tokens; ++n) {
      const std::vector<double> features = embed(tokens[size_t(n)], n);
      for (int64_t t = 0; t < steps; ++t)
        for (int64_t d = 0; d < x.features; ++d)
          x.at(t, n, d) = features[size_t(d)];
    }
    if (c.binaryEmbedding)
      run.spikes["embedding"] = x;
    return x;
  }

  /// Per head: softmax of causal scores, or the scores themselves; times V.
  Signal attend(const Signal &q, const Signal &k, const Signal &v) const {
    Signal y = zeros(q.steps, q.tokens, q.features);
    const int64_t d = q.features / c.heads;
    for (int64_t t = 0; t < q.steps; ++t)
      for (int64_t h = 0; h < c.heads; ++h)
        for (int64_t n = 0; n < q.tokens; ++n) {
          std::vector<double> scores;
          for (int64_t m = 0; m <= n; ++m) {
            double score = 0;
            for (int64_t e = h * d; e < (h + 1) * d; ++e)
              score += q.at(t, n, e) * k.at(t, m, e);
            scores.push_back(score);
          }
          double factor = c.attentionScale;
          if (!c.spikingAttention) {
            double sum = 0;
            for (double &score : scores)
              sum += score = std::exp(score / std::sqrt(double(d)));
            factor = 1 / sum;
          }
          for (int64_t m = 0; m <= n; ++m)
            for (int64_t e = h * d; e < (h + 1) * d; ++e)
              y.at(t, n, e) += factor * scores[size_t(m)] * v.at(t, m, e);
        }
    return y;
  }

  Signal projected(const std::string &part, const Signal &a) {
    Signal y = norm(smha(part + "_Norm"), linear(smha(part + "_L"), a));
    return c.spikingAttention && part != "proj" ? lif(smha(part + "_LIF"), y) : y;
  }
  Signal attention(const Signal &a) {
    const Signal q = projected("query", a), k = projected("key", a), v = projected("value", a);
    Signal y = attend(q, k, v);
    if (c.spikingAttention)
      y = lif(smha("att_LIF"), y);
    y = projected("proj", y);
    return c.firstBlockLif && block == 0 ? lif("blocks.0.resLIF", y) : y;
  }

  Signal realBlock(Signal x) {
    x = add(x, attention(c.spikingAttention ? lif(smha("input_LIF"), x) : x));
    if (c.spikingMlp) {
      const Signal hidden = lif(net(5), norm(net(3), linear(net(2), lif(net(0), x))));
      return add(x, norm(net(8), linear(net(7), hidden)));
    }
    const std::string mlp = "blocks." + std::to_string(block) + ".MLP.";
    Signal hidden = linear(mlp + "fc1", x);
    for (double &h : hidden.values)
      h = 0.5 * h * (1 + std::tanh(std::sqrt(2 / M_PI) * (h + 0.044715 * h * h * h)));
    return add(x, linear(mlp + "fc2", hidden));
  }

  /// Shortcuts carry spikes: variant 1 after the attention, variant 2 everywhere.
  Signal spikingBlock(Signal x) {
    const std::string name = "blocks." + std::to_string(block);
    if (c.residual == 1) {
      x = add(x, attention(lif(smha("input_LIF"), x)));
    } else {
      x = lif(name + ".SMHA_LIF", x);
      x = add(x, lif(smha("output_LIF"), attention(x)));
    }
    x = lif(name + ".blockLIF", x);
    const Signal hidden = lif(net(4), norm(net(2), linear(net(1), x)));
    return add(x, lif(net(9), norm(net(7), linear(net(6), hidden))));
  }

  Signal recombine(const Signal &x, const std::string &mode) const {
    const bool concatenates = mode == "concatenate";
    Signal y = zeros(1, x.tokens, concatenates ? x.steps * x.features : x.features);
    for (int64_t t = 0; t < x.steps; ++t)
      for (int64_t n = 0; n < x.tokens; ++n)
        for (int64_t d = 0; d < x.features; ++d) {
          if (concatenates)
            y.at(0, n, t * x.features + d) = x.at(t, n, d);
          else if (mode != "final" || t == x.steps - 1)
            y.at(0, n, d) += x.at(t, n, d) / (mode == "average" ? double(x.steps) : 1);
        }
    return y;
  }

  Signal head(const Signal &x) {
    if (!c.spikingAttention)
      return x;
    if (!c.spikingHead)
      return recombine(x, c.spikeMode);
    if (c.floatReunite)
      return lif("Head.gen_LIF", recombine(x, "average"));
    return recombine(lif("Head.gen_LIF", x), c.spikeMode);
  }

  const PlainConfig &c;
  const StateDict &state;
  PlainRun &run;
  int64_t block = 0;
};

} // namespace

PlainRun runPlain(const PlainConfig &config, const StateDict &state,
                  const std::vector<int32_t> &tokens) {
  PlainRun run;
  Decoder(config, state, run).decode(tokens);
  return run;
}

} // namespace synfire::test
