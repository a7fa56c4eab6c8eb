// ImageTestModels: a tiny Spikformer and a tiny Spike-driven Transformer as
// description and tensors.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_IMPORT_IMAGETESTMODELS_H
#define SYNFIRE_TESTS_UNIT_IMPORT_IMAGETESTMODELS_H

#include "TestNetworks.h"

namespace synfire::test {

/// 8 x 16 pixels of 2 channels become 2 x 4 tokens of width 16.
inline const std::string kTinySpikformer = R"(synfire: model/1
name: tiny-image
architecture: spikformer
weights: tiny.safetensors
config:
  image_height: 8
  image_width: 16
  image_channels: 2
  classes: 3
  time_steps: 4
  width: 16
  blocks: 2
  heads: 2
  mlp_expansion: 2
  attention_scale: 0.5
  attention_threshold: 0.5
)";

/// Tensors of either network, in which every neuron layer is alive.
inline FloatTensors imageTensors(bool spikeDriven) {
  FloatTensors tensors;
  auto put = [&](const std::string &name, std::vector<int64_t> shape, float low, float high) {
    auto seed = uint32_t(tensors.size() + 1);
    tensors[name] = randomTensor(std::move(shape), low, high, seed);
  };
  auto norm = [&](const std::string &name, int64_t count) {
    put(name + "_norm.weight", {count}, 0.8f, 1.2f);
    put(name + "_norm.bias", {count}, 0.0f, 1.2f);
    put(name + "_norm.running_mean", {count}, -0.1f, 0.1f);
    put(name + "_norm.running_var", {count}, 0.2f, 0.6f);
  };
  auto linear = [&](const std::string &name, int64_t outputs, int64_t inputs, bool bias) {
    put(name + ".weight", {outputs, inputs}, -0.6f, 0.6f);
    if (bias)
      put(name + ".bias", {outputs}, -0.2f, 0.2f);
  };
  int64_t channels[] = {2, 2, 4, 8, 16, 16};
  for (int i = 0; i < 5; ++i) {
    std::string name = i < 4 ? "embed.conv" + std::to_string(i) : "embed.position";
    put(name + ".weight", {channels[i + 1], channels[i], 3, 3}, -0.5f, 0.5f);
    norm(name, channels[i + 1]);
  }
  for (std::string block : {"block0.", "block1."}) {
    for (const char *name : {"attn.q", "attn.k", "attn.v", "attn.proj"}) {
      linear(block + name, 16, 16, !spikeDriven || name == std::string("attn.proj"));
      norm(block + name, 16);
    }
    linear(block + "mlp.fc1", 32, 16, true);
    norm(block + "mlp.fc1", 32);
    linear(block + "mlp.fc2", 16, 32, true);
    norm(block + "mlp.fc2", 16);
  }
  linear("head.fc", 3, 16, true);
  return tensors;
}

struct TinyImageModel : TinyModel {
  explicit TinyImageModel(bool spikeDriven) {
    tensors = imageTensors(spikeDriven);
    description = kTinySpikformer;
    if (spikeDriven)
      description = withLine(description, "architecture", "architecture: spike-driven-transformer");
  }
};

} // namespace synfire::test

#endif // SYNFIRE_TESTS_UNIT_IMPORT_IMAGETESTMODELS_H
