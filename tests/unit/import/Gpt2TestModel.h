// Gpt2TestModel: a tiny GPT-2 as description and tensors.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_TESTS_UNIT_IMPORT_GPT2TESTMODEL_H
#define SYNFIRE_TESTS_UNIT_IMPORT_GPT2TESTMODEL_H

#include "TestNetworks.h"

namespace synfire::test {

inline const std::string kTinyGpt2 = R"(synfire: model/1
name: tiny-gpt2
architecture: gpt2
weights: tiny.safetensors
config:
  vocab_size: 11
  n_positions: 6
  n_embd: 8
  n_layer: 2
  n_head: 2
  layer_norm_epsilon: 1e-4
)";

/// Its checkpoint, every name but the head's with `prefix` in front.
inline FloatTensors gpt2Tensors(const std::string &prefix = "") {
  FloatTensors tensors;
  auto put = [&](const std::string &name, std::vector<int64_t> shape, float centre, float range) {
    auto seed = uint32_t(tensors.size() + 1);
    tensors[prefix + name] = randomTensor(std::move(shape), centre - range, centre + range, seed);
  };
  auto norm = [&](const std::string &name) {
    put(name + ".weight", {8}, 1.0f, 0.3f);
    put(name + ".bias", {8}, 0.0f, 0.3f);
  };
  auto conv1d = [&](const std::string &name, int64_t inputs, int64_t outputs) {
    put(name + ".weight", {inputs, outputs}, 0.0f, 0.7f);
    put(name + ".bias", {outputs}, 0.0f, 0.3f);
  };
  put("wte.weight", {11, 8}, 0.0f, 1.0f);
  put("wpe.weight", {6, 8}, 0.0f, 0.5f);
  for (std::string block : {"h.0.", "h.1."}) {
    norm(block + "ln_1");
    conv1d(block + "attn.c_attn", 8, 24);
    conv1d(block + "attn.c_proj", 8, 8);
    norm(block + "ln_2");
    conv1d(block + "mlp.c_fc", 8, 32);
    conv1d(block + "mlp.c_proj", 32, 8);
  }
  norm("ln_f");
  return tensors;
}

struct TinyGpt2 : TinyModel {
  explicit TinyGpt2(const std::string &prefix = "") {
    tensors = gpt2Tensors(prefix);
    description = kTinyGpt2;
  }
};

} // namespace synfire::test

#endif // SYNFIRE_TESTS_UNIT_IMPORT_GPT2TESTMODEL_H
