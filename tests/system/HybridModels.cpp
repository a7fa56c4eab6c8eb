// HybridModels: decoders of which a part runs on the host, as files.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/system/HybridModels.h"

#include <fstream>
#include <map>
#include <random>

namespace synfire::test {

std::string describe(const Variant &variant, const TemporaryFolder &folder) {
  std::map<std::string, std::string> keys = {{"token_code", "learned"},
                                             {"position_code", "learned"},
                                             {"token_width", "20"},
                                             {"position_width", "12"},
                                             {"combine", "concatenate"},
                                             {"vocabulary", "30"},
                                             {"context", "64"},
                                             {"time_steps", "4"},
                                             {"blocks", "2"},
                                             {"heads", "2"},
                                             {"mlp_expansion", "2"},
                                             {"attention_scale", "0.125"},
                                             {"norm", "layer"},
                                             {"residual", "0"},
                                             {"recombine", "mean"},
                                             {"learnable_thresholds", "true"}};
  for (const auto &[key, value] : variant.keys)
    if (value.empty())
      keys.erase(key);
    else
      keys[key] = value;
  const std::string path = folder / "model.yaml";
  std::ofstream file(path);
  file << "synfire: model/1\nname: hybrid\narchitecture: spikedecoder\ntext:\n"
          "  alphabet: \"abcdefghijklmnopqrstuvwxyz.'P \"\n  cleaning: prose\nconfig:\n";
  for (const auto &[key, value] : keys)
    file << "  " << key << ": " << value << "\n";
  return path;
}

namespace {

/// Text of drawn numbers; always the same.
class Numbers {
public:
  std::string matrix(int rows, int columns) {
    std::string text = "dense<[";
    for (int r = 0; r < rows; ++r)
      text += (r == 0 ? "[" : ", [") + row(columns) + "]";
    return text + "]> : tensor<" + std::to_string(rows) + "x" + std::to_string(columns) + "xf32>";
  }
  std::string vector(int entries) {
    return "dense<[" + row(entries) + "]> : tensor<" + std::to_string(entries) + "xf32>";
  }

private:
  std::string row(int entries) {
    std::string text;
    for (int i = 0; i < entries; ++i)
      text +=
          (i == 0 ? "" : ", ") + std::to_string(static_cast<int>(random() % 2000) - 1000) + ".0e-3";
    return text;
  }
  std::mt19937 random{11};
};

} // namespace

std::string softmaxModel(const TemporaryFolder &folder) {
  Numbers n;
  const std::string spikes = "tensor<4x?x12xi1>", real = "tensor<4x?x12xf32>",
                    half = "tensor<4x?x6xf32>";
  std::string body;
  const auto add = [&](const std::string &result, const std::string &op, const std::string &from,
                       const std::string &to) {
    body += "    %" + result + " = spike." + op + " : " + from + " -> " + to + " loc(\"" + result +
            "\")\n";
  };
  add("token", "lookup %tokens, " + n.matrix(30, 12), "tensor<?xi32>", "tensor<?x12xf32>");
  add("code", "binarize %token", "tensor<?x12xf32>", "tensor<?x12xi1>");
  add("repeat", "repeat %code", "tensor<?x12xi1>", spikes);
  add("q", "linear %repeat, " + n.matrix(12, 12), spikes, real);
  add("k", "linear %repeat, " + n.matrix(12, 6) + " transposed", spikes, half);
  add("v", "linear %repeat, " + n.matrix(6, 12) + " bias " + n.vector(6), spikes, half);
  add("soft", "softmax_attention %q, %k, %v heads 4 scale 0.7 causal kv_heads 2",
      real + ", " + half + ", " + half, real);
  add("clip", "clip_floor %soft threshold [1.5] levels 9", real, real);
  add("scaled", "scale %clip factor [1.25] {offset = array<f64: -0.0625>}", real, real);
  add("relu", "relu %soft", real, real);
  add("sum", "add %scaled, %relu", real + ", " + real, real);
  add("lif",
      "neuron #spike.lif<tau = 2.0 : f64, threshold = [0.11], reset = soft, bias = 0.01 : f64>, "
      "%sum",
      real, spikes);
  add("fc1", "linear %lif, " + n.matrix(10, 12), spikes, "tensor<4x?x10xf32>");
  // The chip's PLIF with a bias beside the host's neurons of a gain below 0, on one current.
  add("fc1_lif", "neuron #spike.plif<w = 0.25 : f64, threshold = [0.4], bias = 0.02 : f64>, %fc1",
      "tensor<4x?x10xf32>", "tensor<4x?x10xi1>");
  add("fc1_cuba",
      "neuron #spike.cuba_lif<current_decay = 0.5 : f64, current_gain = -0.75 : f64, "
      "membrane_decay "
      "= 0.5 : f64, membrane_gain = 1.0 : f64, threshold = [0.6]>, %fc1",
      "tensor<4x?x10xf32>", "tensor<4x?x10xi1>");
  add("both", "add %fc1_lif, %fc1_cuba", "tensor<4x?x10xi1>, tensor<4x?x10xi1>",
      "tensor<4x?x10xui2>");
  add("mean", "recombine mean %both", "tensor<4x?x10xui2>", "tensor<?x10xf32>");
  add("head", "linear %mean, " + n.matrix(30, 10), "tensor<?x10xf32>", "tensor<?x30xf32>");
  const std::string path = folder / "softmax.mlir";
  std::ofstream(path) << "func.func @main(%tokens: tensor<?xi32>) -> tensor<?x30xf32> attributes "
                         "{spike.model = #spike.model<name = \"softmax\", time_steps = 4, "
                         "context_length = 64, vocabulary = 30, alphabet = \"\", cleaning = "
                         "\"none\">} {\n"
                      << body << "    return %head : tensor<?x30xf32>\n}\n";
  return path;
}

} // namespace synfire::test
