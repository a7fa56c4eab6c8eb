// Gpt2Builder: builds the module of a described GPT-2.
// The network is that of Radford et al., "Language Models are Unsupervised Multitask Learners"
// (2019): layer norms stand before attention and MLP, and GELU is computed by tanh.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/builders/Gpt2Builder.h"

#include "dialect/import/builders/NetworkBuilder.h"
#include "dialect/spike/Spike.h"

#include <cmath>

using namespace mlir;

namespace synfire {
namespace {

constexpr char kPrefix[] = "transformer.";
constexpr char kHeadTensor[] = "lm_head.weight"; ///< the only tensor that never has the prefix

/// The prefix that the checkpoint puts before the names of all tensors except the head's.
std::string prefixOf(const WeightSource &weights) {
  bool prefixed = !weights.has("wte.weight") && weights.has(kPrefix + std::string("wte.weight"));
  return prefixed ? kPrefix : "";
}

/// Whether a tensor is an attention mask, which PyTorch stores beside the weights.
bool isMask(std::string_view tensor) {
  return tensor.ends_with(".attn.bias") || tensor.ends_with(".attn.masked_bias");
}

class Gpt2Builder {
public:
  Gpt2Builder(const ModelDescription &model, WeightSource &weights, ModuleOp module)
      : model(model), config(model.gpt2), weights(weights), prefix(prefixOf(weights)),
        net(module, weights, prefix) {}

  LogicalResult build();

private:
  Value embedding(Value tokens, ElementsAttr table);
  Value attention(const std::string &name, Value input);
  Value block(const std::string &name, Value stream);
  ElementsAttr headWeight(ElementsAttr table);

  /// A layer that the checkpoint calls Conv1D: a linear whose weight has the shape
  /// [inputs, outputs].
  Value conv1d(const std::string &name, Value input, int64_t outputs) {
    return net.linear(name, input, outputs, {.bias = true, .transposed = true});
  }
  Type activations() { return net.tensorOf({ShapedType::kDynamic, config.width}, net.real()); }

  const ModelDescription &model;
  const Gpt2Config &config;
  WeightSource &weights;
  std::string prefix;
  NetworkBuilder net;
};

Value Gpt2Builder::embedding(Value tokens, ElementsAttr table) {
  ElementsAttr positions = net.table("wpe", {config.context, config.width});
  Value token = spike::LookupOp::create(net.ops(), net.at("wte"), activations(), tokens, table);
  Value position =
      spike::PositionOp::create(net.ops(), net.at("wpe"), activations(), tokens, positions);
  return net.add("embed", token, position);
}

Value Gpt2Builder::attention(const std::string &name, Value input) {
  Value joined = conv1d(name + "c_attn", input, 3 * config.width);
  Value parts[3];
  for (int64_t i = 0; i < 3; ++i)
    parts[i] = spike::SliceOp::create(net.ops(), net.at(name + "qkv"[i]), activations(), joined,
                                      net.ops().getI64IntegerAttr(i * config.width));
  double headWidth = double(config.width / config.heads);
  Value mixed = spike::SoftmaxAttentionOp::create(
      net.ops(), net.at(name + "softmax"), activations(), parts[0], parts[1], parts[2],
      net.ops().getI64IntegerAttr(config.heads),
      net.ops().getF64FloatAttr(1.0 / std::sqrt(headWidth)), /*causal=*/net.ops().getUnitAttr(),
      /*kv_heads=*/nullptr);
  return conv1d(name + "c_proj", mixed, config.width);
}

Value Gpt2Builder::block(const std::string &name, Value stream) {
  Value input = net.layerNorm(name + "ln_1", stream, config.normEpsilon);
  stream = net.add(name + "attn.add", stream, attention(name + "attn.", input));
  input = net.layerNorm(name + "ln_2", stream, config.normEpsilon);
  Value hidden = conv1d(name + "mlp.c_fc", input, config.width * config.mlpExpansion);
  hidden = spike::GeluOp::create(net.ops(), net.at(name + "mlp.gelu"), hidden.getType(), hidden);
  return net.add(name + "mlp.add", stream, conv1d(name + "mlp.c_proj", hidden, config.width));
}

/// The weight of the head: the token table, unless the file has a head with other numbers.
ElementsAttr Gpt2Builder::headWeight(ElementsAttr table) {
  if (!weights.has(kHeadTensor))
    return table;
  ElementsAttr own = weights.tensor(kHeadTensor, {config.vocabulary, config.width},
                                    {config.vocabulary, config.width}, WeightKind::Matrix);
  std::string tableTensor = prefix + "wte.weight";
  if (!weights.differ(tableTensor, kHeadTensor))
    return table;
  emitWarning(weights.location()) << weights.path() << ": tensor '" << kHeadTensor
                                  << "' differs from '" << tableTensor
                                  << "', so the head is not tied to the token table";
  return own;
}

LogicalResult Gpt2Builder::build() {
  Value tokens = net.begin(model, "gpt2", /*timeSteps=*/1, config.context,
                           net.tensorOf({ShapedType::kDynamic}, net.ops().getI32Type()));
  ElementsAttr table = net.table("wte", {config.vocabulary, config.width});
  Value stream = embedding(tokens, table);
  for (int64_t i = 0; i < config.blocks; ++i)
    stream = block("h." + std::to_string(i) + ".", stream);
  stream = net.layerNorm("ln_f", stream, config.normEpsilon);
  net.end(spike::LinearOp::create(
      net.ops(), net.at("lm_head"), net.realWithFeatures(stream, config.vocabulary), stream,
      headWeight(table), /*bias=*/nullptr, /*channel_scale=*/nullptr, /*input_factor=*/nullptr,
      /*weight_bits=*/nullptr, /*weight_format=*/nullptr,
      /*transposed=*/nullptr));
  return weights.finish(isMask);
}

} // namespace

OwningOpRef<ModuleOp> buildGpt2(const ModelDescription &model, WeightSource &weights,
                                Location origin) {
  return buildModule(origin,
                     [&](ModuleOp module) { return Gpt2Builder(model, weights, module).build(); });
}

} // namespace synfire
