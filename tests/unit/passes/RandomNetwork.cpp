// RandomNetwork: text of small spiking networks with drawn weights.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/passes/RandomNetwork.h"

#include "llvm/Support/FormatVariadic.h"

using namespace synfire::test;

static std::string number(double value) { return llvm::formatv("{0:e16}", value).str(); }

std::string RandomNetwork::matrix(int64_t rows, int64_t columns, bool turned) {
  std::vector<double> drawn;
  for (int64_t i = 0; i < rows * columns; ++i)
    drawn.push_back(drawWeight(random));
  std::string text = "dense<[";
  for (int64_t r = 0; r < (turned ? columns : rows); ++r) {
    text += r == 0 ? "[" : ", [";
    for (int64_t c = 0; c < (turned ? rows : columns); ++c)
      text += (c == 0 ? "" : ", ") +
              number(static_cast<float>(turned ? drawn[c * columns + r] : drawn[r * columns + c]));
    text += "]";
  }
  return text +
         llvm::formatv("]> : tensor<{0}x{1}xf32>", turned ? columns : rows, turned ? rows : columns)
             .str();
}

std::string RandomNetwork::vector(int64_t entries, double low, double high) {
  std::uniform_real_distribution<double> draw(low, high);
  std::string text = "dense<[";
  for (int64_t i = 0; i < entries; ++i)
    text += (i == 0 ? "" : ", ") + number(static_cast<float>(draw(random)));
  return text + llvm::formatv("]> : tensor<{0}xf32>", entries).str();
}

/// A norm line that reads `input` and defines `result`.
std::string RandomNetwork::norm(const std::string &result, const std::string &input,
                                const std::string &type, int64_t channels,
                                const std::string &name) {
  std::string common =
      " weight " + vector(channels, -1.5, 1.5) + " bias " + vector(channels, -0.3, 0.3);
  bool power = std::bernoulli_distribution(0.5)(random);
  std::string line =
      result + (power ? " = spike.power_norm " : " = spike.batch_norm ") + input + "," + common;
  line += power ? " phi " + vector(channels, 0.1, 2)
                : " mean " + vector(channels, -0.5, 0.5) + " variance " + vector(channels, 0.1, 2);
  return line + " : " + type + " -> " + type + " loc(\"" + name + "\")\n";
}

std::string RandomNetwork::text() {
  std::string body;
  auto add = [&](auto &&...parts) { body += llvm::formatv(parts...).str() + "\n"; };
  auto current = [](int64_t width) { return llvm::formatv("tensor<4x?x{0}xf32>", width).str(); };
  auto spikes = [](int64_t width) { return llvm::formatv("tensor<4x?x{0}xi1>", width).str(); };
  auto lif = [&](const std::string &name, const std::string &input, int64_t width) {
    add("%{0} = spike.neuron {1}, {2} : {3} -> {4} loc(\"{0}\")", name, neuron, input,
        current(width), spikes(width));
  };
  // Defines %NAME_out, normed.
  auto linear = [&](const std::string &name, const std::string &input, int64_t rows,
                    int64_t columns) {
    std::string raw = "%" + name + "_raw";
    add("{0} = spike.linear {1}, {2} {3}: {4} -> {5} loc(\"{6}\")", raw, input,
        matrix(columns, rows, transposed), transposed ? "transposed " : "", spikes(rows),
        current(columns), name);
    body += norm("%" + name + "_out", raw, current(columns), columns, name + "_norm");
  };

  add("%e = spike.lookup %tokens, {0} : tensor<?xi32> -> tensor<?x6xf32> loc(\"embed.token\")",
      matrix(5, 6));
  add("%b = spike.binarize %e : tensor<?x6xf32> -> tensor<?x6xi1> loc(\"embed.code\")");
  add("%r = spike.repeat %b : tensor<?x6xi1> -> tensor<4x?x6xi1> loc(\"embed.repeat\")");
  add("%x0 = spike.inject %r : {0} -> {1} loc(\"embed.stream\")", spikes(6), current(6));
  lif("in", "%x0", 6);
  for (const char *name : {"q", "k", "v"}) {
    linear(name, "%in", 6, 6);
    lif(std::string(name) + "_lif", "%" + std::string(name) + "_out", 6);
  }
  add("%ssa = spike.self_attention %q_lif, %k_lif, %v_lif heads 2 scale 0.25 causal : {0}, {0}, "
      "{0} -> {1} loc(\"ssa\")",
      spikes(6), current(6));
  lif("att", "%ssa", 6);
  linear("proj", "%att", 6, 6);
  add("%x1 = spike.add %x0, %proj_out : {0}, {0} -> {0} loc(\"attn.add\")", current(6));
  lif("mlp_in", "%x1", 6);
  linear("fc1", "%mlp_in", 6, 8);
  lif("hidden", "%fc1_out", 8);
  linear("fc2", "%hidden", 8, 6);
  add("%x2 = spike.add %x1, %fc2_out : {0}, {0} -> {0} loc(\"mlp.add\")", current(6));
  lif("head_lif", "%x2", 6);
  add("%m = spike.recombine mean %head_lif : {0} -> tensor<?x6xf32> loc(\"head.recombine\")",
      spikes(6));
  add("%logits = spike.linear %m, {0} : tensor<?x6xf32> -> tensor<?x5xf32> loc(\"head.fc\")",
      matrix(5, 6));
  return "func.func @main(%tokens: tensor<?xi32>) -> tensor<?x5xf32> attributes {spike.model = "
         "#spike.model<name = \"random\", time_steps = 4, context_length = 12, vocabulary = 5, "
         "alphabet = \"\", cleaning = \"none\">} {\n" +
         body + "return %logits : tensor<?x5xf32>\n}\n";
}
