// SpikeDecoderText: models of SpikeDecoder's kind as text, of any size.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_COUNT_SPIKEDECODERTEXT_H
#define SYNFIRE_TESTS_UNIT_COUNT_SPIKEDECODERTEXT_H

#include "dialect/count/LayerRoles.h"

#include <string>

namespace synfire::spike::test {

struct SpikeDecoderShape {
  System system = System::Strict;
  int64_t vocabulary = 30, tokens = 256, blocks = 12, heads = 5, width = 80, steps = 4,
          expansion = 16;
};

/// Writes one function; weights are splats, names those that the importer gives.
class SpikeDecoderText {
public:
  explicit SpikeDecoderText(const SpikeDecoderShape &shape) : shape(shape) {}

  std::string text() {
    const bool timed = shape.system != System::Ann;
    const std::string n = std::to_string(shape.tokens), v = std::to_string(shape.vocabulary);
    body = "func.func @main(%tokens: tensor<?xi32>) -> tensor<?x" + v +
           "xf32> attributes {spike.architecture = \"spikedecoder\", spike.model = #spike.model<"
           "name = \"m\", time_steps = " +
           std::to_string(timed ? shape.steps : 1) + ", context_length = " + n +
           ", vocabulary = " + v + ", alphabet = \"\", cleaning = \"none\">} {\n";
    const std::string e = std::to_string(shape.width);
    std::string token = op("spike.lookup %tokens, dense<0.5> : tensor<" + v + "x" + e +
                               "xf32> : tensor<?xi32> -> tensor<?x" + e + "xf32>",
                           "embed.token");
    std::string stream = token;
    if (timed) {
      std::string code =
          op("spike.binarize " + token + " : tensor<?x" + e + "xf32> -> tensor<?x" + e + "xi1>",
             "embed.token_code");
      std::string spikes =
          op("spike.repeat " + code + " : tensor<?x" + e + "xi1> -> " + type(shape.width, "i1"),
             "embed.repeat");
      stream = op("spike.inject " + spikes + " : " + type(shape.width, "i1") + " -> " +
                      type(shape.width, "f32"),
                  "embed.stream");
    }
    for (int64_t block = 0; block < shape.blocks; ++block)
      stream =
          mlp("block" + std::to_string(block), attention("block" + std::to_string(block), stream));
    head(stream);
    return body + "}\n";
  }

private:
  std::string type(int64_t features, const std::string &element) const {
    const std::string time = shape.system == System::Ann ? "" : std::to_string(shape.steps) + "x";
    return "tensor<" + time + "?x" + std::to_string(features) + "x" + element + ">";
  }
  std::string op(const std::string &body, const std::string &name) {
    const std::string value = "%" + std::to_string(values++);
    this->body += "  " + value + " = " + body + " loc(\"" + name + "\")\n";
    return value;
  }
  std::string linear(const std::string &name, const std::string &input, int64_t in, int64_t out,
                     const std::string &inType, const std::string &outType) {
    const std::string o = std::to_string(out);
    return op("spike.linear " + input + ", dense<0.5> : tensor<" + o + "x" + std::to_string(in) +
                  "xf32> bias dense<0.5> : tensor<" + o + "xf32> : " + inType + " -> " + outType,
              name);
  }
  std::string norm(const std::string &name, const std::string &input, int64_t width) {
    const std::string c = "dense<0.5> : tensor<" + std::to_string(width) + "xf32>";
    const bool power = shape.system == System::Strict;
    return op(std::string("spike.") + (power ? "power" : "layer") + "_norm " + input + ", weight " +
                  c + " bias " + c + (power ? " phi " + c : "") + " : " + type(width, "f32") +
                  " -> " + type(width, "f32"),
              name);
  }
  std::string lif(const std::string &name, const std::string &input, int64_t width) {
    return op("spike.neuron #spike.lif<tau = 2.0, threshold = [1.0]>, " + input + " : " +
                  type(width, "f32") + " -> " + type(width, "i1"),
              name);
  }
  std::string add(const std::string &name, const std::string &a, const std::string &b) {
    const std::string t = type(shape.width, "f32");
    return op("spike.add " + a + ", " + b + " : " + t + ", " + t + " -> " + t, name);
  }

  std::string attention(const std::string &block, const std::string &stream) {
    const int64_t e = shape.width;
    const bool spiking = shape.system != System::Ann;
    const std::string in = spiking ? lif(block + ".attn.in_lif", stream, e) : stream;
    const std::string element = spiking ? "i1" : "f32";
    std::string parts;
    for (const std::string part : {"q", "k", "v"}) {
      std::string value =
          linear(block + ".attn." + part, in, e, e, type(e, element), type(e, "f32"));
      value = norm(block + ".attn." + part + "_norm", value, e);
      if (spiking)
        value = lif(block + ".attn." + part + "_lif", value, e);
      parts += (parts.empty() ? "" : ", ") + value;
    }
    const std::string t = type(e, element);
    std::string result =
        op(std::string("spike.") + (spiking ? "self_attention " : "softmax_attention ") + parts +
               " heads " + std::to_string(shape.heads) + " scale 0.125 causal : " + t + ", " + t +
               ", " + t + " -> " + type(e, "f32"),
           block + ".attn.ssa");
    if (spiking)
      result = lif(block + ".attn.att_lif", result, e);
    result = linear(block + ".attn.proj", result, e, e, t, type(e, "f32"));
    return add(block + ".attn.add", stream, norm(block + ".attn.proj_norm", result, e));
  }

  std::string mlp(const std::string &block, const std::string &stream) {
    const int64_t e = shape.width, hidden = shape.width * shape.expansion;
    const bool spiking = shape.system == System::Strict;
    const std::string element = spiking ? "i1" : "f32";
    std::string value = spiking ? lif(block + ".mlp.in_lif", stream, e) : stream;
    value = linear(block + ".mlp.fc1", value, e, hidden, type(e, element), type(hidden, "f32"));
    if (spiking) {
      value = norm(block + ".mlp.fc1_norm", value, hidden);
      value = lif(block + ".mlp.hidden_lif", value, hidden);
    } else {
      value = op("spike.gelu " + value + " : " + type(hidden, "f32") + " -> " + type(hidden, "f32"),
                 block + ".mlp.gelu");
    }
    value = linear(block + ".mlp.fc2", value, hidden, e, type(hidden, element), type(e, "f32"));
    if (spiking)
      value = norm(block + ".mlp.fc2_norm", value, e);
    return add(block + ".mlp.add", stream, value);
  }

  void head(std::string value) {
    int64_t width = shape.width;
    std::string from = type(width, "f32");
    if (shape.system == System::Strict) {
      value = lif("head.lif", value, width);
      from = type(width, "i1");
      width *= shape.steps;
    }
    const std::string joined = "tensor<?x" + std::to_string(width) + "xf32>",
                      logits = "tensor<?x" + std::to_string(shape.vocabulary) + "xf32>";
    if (shape.system != System::Ann)
      value = op(std::string("spike.recombine ") +
                     (shape.system == System::Strict ? "concatenate " : "mean ") + value + " : " +
                     from + " -> " + joined,
                 "head.recombine");
    value = linear("head.fc", value, width, shape.vocabulary, joined, logits);
    body += "  return " + value + " : " + logits + "\n";
  }

  SpikeDecoderShape shape;
  std::string body;
  int64_t values = 0;
};

} // namespace synfire::spike::test

#endif // SYNFIRE_TESTS_UNIT_COUNT_SPIKEDECODERTEXT_H
