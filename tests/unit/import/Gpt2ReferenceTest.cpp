// Gpt2ReferenceTest: an imported GPT-2 gives the logits of a reference of plain
// loops that knows the checkpoint, not the dialect.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Gpt2TestModel.h"

#include "dialect/interpreter/Interpreter.h"

#include <cmath>

using namespace synfire;
using namespace synfire::test;

namespace {

using Row = std::vector<double>;
using Rows = std::vector<Row>; ///< one per token

/// The forward pass of Hugging Face's GPT2LMHeadModel, in float64.
class Gpt2Reference {
public:
  Gpt2Reference(const FloatTensors &tensors, int64_t heads, int64_t blocks, double epsilon)
      : tensors(tensors), heads(heads), blocks(blocks), epsilon(epsilon) {}

  Rows logits(const std::vector<int32_t> &tokens) const {
    const FloatTensor &wte = tensors.at("wte.weight"), &wpe = tensors.at("wpe.weight");
    auto width = size_t(wte.shape[1]);
    Rows x;
    for (size_t n = 0; n < tokens.size(); ++n) {
      x.emplace_back(width);
      for (size_t c = 0; c < width; ++c)
        x[n][c] =
            double(wte.numbers[size_t(tokens[n]) * width + c]) + double(wpe.numbers[n * width + c]);
    }
    for (int64_t i = 0; i < blocks; ++i) {
      std::string name = "h." + std::to_string(i) + ".";
      accumulate(x, attention(name + "attn.", norm(name + "ln_1", x)));
      Rows hidden = conv1d(name + "mlp.c_fc", norm(name + "ln_2", x));
      for (Row &row : hidden)
        for (double &v : row)
          v = 0.5 * v * (1 + std::tanh(std::sqrt(2 / M_PI) * (v + 0.044715 * std::pow(v, 3))));
      accumulate(x, conv1d(name + "mlp.c_proj", hidden));
    }
    const FloatTensor &head = tensors.count("lm_head.weight") ? tensors.at("lm_head.weight") : wte;
    Rows out;
    for (const Row &row : norm("ln_f", x)) {
      out.emplace_back(size_t(head.shape[0]));
      for (size_t o = 0; o < out.back().size(); ++o)
        for (size_t c = 0; c < width; ++c)
          out.back()[o] += row[c] * head.numbers[o * width + c];
    }
    return out;
  }

private:
  static void accumulate(Rows &x, const Rows &y) {
    for (size_t n = 0; n < x.size(); ++n)
      for (size_t c = 0; c < x[n].size(); ++c)
        x[n][c] += y[n][c];
  }

  Rows norm(const std::string &name, Rows x) const {
    const auto &weight = tensors.at(name + ".weight").numbers;
    const auto &bias = tensors.at(name + ".bias").numbers;
    for (Row &row : x) {
      double mean = 0, variance = 0;
      for (double v : row)
        mean += v / double(row.size());
      for (double v : row)
        variance += (v - mean) * (v - mean) / double(row.size());
      for (size_t c = 0; c < row.size(); ++c)
        row[c] = (row[c] - mean) / std::sqrt(variance + epsilon) * weight[c] + bias[c];
    }
    return x;
  }

  Rows conv1d(const std::string &name, const Rows &x) const {
    const FloatTensor &weight = tensors.at(name + ".weight");
    const auto &bias = tensors.at(name + ".bias").numbers;
    auto outputs = size_t(weight.shape[1]);
    Rows y;
    for (const Row &row : x) {
      y.emplace_back(bias.begin(), bias.end());
      for (size_t o = 0; o < outputs; ++o)
        for (size_t i = 0; i < row.size(); ++i)
          y.back()[o] += row[i] * weight.numbers[i * outputs + o];
    }
    return y;
  }

  Rows attention(const std::string &name, const Rows &x) const {
    Rows qkv = conv1d(name + "c_attn", x);
    size_t width = x[0].size(), d = width / size_t(heads);
    Rows y(x.size(), Row(width));
    for (size_t first = 0; first < width; first += d)
      for (size_t n = 0; n < x.size(); ++n) {
        Row p;
        double sum = 0;
        for (size_t m = 0; m <= n; ++m) {
          double score = 0;
          for (size_t c = first; c < first + d; ++c)
            score += qkv[n][c] * qkv[m][width + c];
          p.push_back(std::exp(score / std::sqrt(double(d))));
          sum += p.back();
        }
        for (size_t m = 0; m <= n; ++m)
          for (size_t c = first; c < first + d; ++c)
            y[n][c] += p[m] / sum * qkv[m][2 * width + c];
      }
    return conv1d(name + "c_proj", y);
  }

  const FloatTensors &tensors;
  int64_t heads, blocks;
  double epsilon;
};

void checkLogits(TinyGpt2 &tiny, const FloatTensors &unprefixed,
                 const std::vector<int32_t> &tokens) {
  auto module = tiny.import();
  REQUIRE(module);
  auto result = spike::interpret(entryOf(*module), tokens);
  REQUIRE(mlir::succeeded(result));
  Rows expected = Gpt2Reference(unprefixed, 2, 2, 1e-4).logits(tokens);
  REQUIRE(result->logits.size() == expected.size() * 11);
  for (size_t i = 0; i < result->logits.size(); ++i) {
    CAPTURE(i);
    CHECK(std::fabs(result->logits[i] - expected[i / 11][i % 11]) < 1e-12);
  }
}

} // namespace

TEST_CASE("logits are those of the plain loops, for every number of tokens") {
  TinyGpt2 tiny, prefixed("transformer.");
  std::vector<int32_t> all = {3, 10, 0, 7, 7, 1};
  for (size_t count = 1; count <= all.size(); ++count) {
    CAPTURE(count);
    std::vector<int32_t> tokens(all.begin(), all.begin() + int64_t(count));
    checkLogits(tiny, tiny.tensors, tokens);
    checkLogits(prefixed, tiny.tensors, tokens);
  }
}

TEST_CASE("logits of an untied head are its own") {
  TinyGpt2 tiny;
  tiny.tensors["lm_head.weight"] = randomTensor({11, 8}, -1, 1, 99);
  checkLogits(tiny, tiny.tensors, {5, 2, 8});
}
