// SpikformerBuilder: builds the module of a described Spikformer or Spike-driven Transformer.
// The networks are those of Zhou et al., "Spikformer" (ICLR 2023), and Yao et al., "Spike-driven
// Transformer" (NeurIPS 2023). Both have the convolutional patch embedding. In Spikformer, the
// stream is a sum of spikes, and neurons follow every linear; in the Spike-driven Transformer, the
// stream is membranes, and neurons precede every linear.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/builders/SpikformerBuilder.h"

#include "dialect/import/builders/NetworkBuilder.h"
#include "dialect/spike/Spike.h"

using namespace mlir;

namespace synfire {
namespace {

class SpikformerBuilder {
public:
  SpikformerBuilder(const ModelDescription &model, WeightSource &weights, ModuleOp module)
      : model(model), config(model.vision),
        membraneStream(model.architecture == Architecture::SpikeDrivenTransformer),
        weights(weights), net(module, weights) {}

  LogicalResult build();

private:
  Value patchEmbedding(Value image);
  Value spikeBlock(const std::string &name, Value stream);
  Value membraneBlock(const std::string &name, Value stream);
  Value selfAttention(const std::string &name, Value input);
  Value spikeDrivenAttention(const std::string &name, Value input);
  Value head(Value stream);

  // The norm of a layer `name` is called `<name>_norm`, and its neurons `<name>_lif`.
  Value convNorm(const std::string &name, Value input, int64_t outputs) {
    return net.batchNorm(name + "_norm", net.conv3x3(name, input, grid, outputs));
  }
  Value linearNorm(const std::string &name, Value input, int64_t outputs, bool bias = true) {
    return net.batchNorm(name + "_norm", net.linear(name, input, outputs, {.bias = bias}));
  }
  Value linearNormLif(const std::string &name, Value input, int64_t outputs, bool bias = true) {
    return net.lif(name + "_lif", linearNorm(name, input, outputs, bias));
  }

  const ModelDescription &model;
  const SpikformerConfig &config;
  const bool membraneStream;
  WeightSource &weights;
  NetworkBuilder net;
  Grid grid; ///< the size of the present feature map
};

/// The patch embedding: four convolutions, of which the last `pooledStages` are followed by
/// pooling, and a fifth whose output is added to the features as relative position.
Value SpikformerBuilder::patchEmbedding(Value image) {
  grid = {config.imageHeight, config.imageWidth};
  Value x = net.repeat("image.repeat", image, config.timeSteps);
  Value membrane;
  constexpr int64_t kStages = 4;
  for (int64_t i = 0; i < kStages; ++i) {
    std::string name = "embed.conv" + std::to_string(i);
    bool last = i + 1 == kStages, pooled = i + config.pooledStages >= kStages;
    x = convNorm(name, x, config.width >> (kStages - 1 - i));
    // The membranes after the last stage are the shortcut around the fifth convolution, so pooling
    // comes before the neurons here.
    if (membraneStream && last) {
      membrane = pooled ? net.maxPool(name + "_pool", x, grid) : x;
      x = net.lif(name + "_lif", membrane);
      continue;
    }
    x = net.lif(name + "_lif", x);
    if (pooled)
      x = net.maxPool(name + "_pool", x, grid);
  }
  Value position = convNorm("embed.position", x, config.width);
  if (membraneStream)
    return net.add("embed.add", membrane, position);
  return net.add("embed.add", x, net.lif("embed.position_lif", position));
}

/// Spiking self-attention (SSA); returns its output spikes.
Value SpikformerBuilder::selfAttention(const std::string &name, Value input) {
  Value q = linearNormLif(name + "q", input, config.width);
  Value k = linearNormLif(name + "k", input, config.width);
  Value v = linearNormLif(name + "v", input, config.width);
  Value mixed = spike::SelfAttentionOp::create(
      net.ops(), net.at(name + "ssa"), net.withElement(v, net.real()), q, k, v,
      net.ops().getI64IntegerAttr(config.heads), net.ops().getF64FloatAttr(config.attentionScale),
      /*causal=*/nullptr, /*kv_heads=*/nullptr, /*score_neuron=*/nullptr,
      /*score_state=*/nullptr, /*score_encoding=*/nullptr);
  Value merged = net.lif(name + "att_lif", mixed, config.attentionThreshold);
  return linearNormLif(name + "proj", merged, config.width);
}

/// A block of Spikformer. The stream holds graded spikes, to which the spikes of the attention and
/// of the MLP are added.
Value SpikformerBuilder::spikeBlock(const std::string &name, Value stream) {
  stream = net.add(name + "attn.add", stream, selfAttention(name + "attn.", stream));
  Value hidden = linearNormLif(name + "mlp.fc1", stream, config.width * config.mlpExpansion);
  return net.add(name + "mlp.add", stream, linearNormLif(name + "mlp.fc2", hidden, config.width));
}

/// Spike-driven self-attention (SDSA); returns its output current. The number of heads makes no
/// difference because no channel interacts with another.
Value SpikformerBuilder::spikeDrivenAttention(const std::string &name, Value input) {
  Value q = linearNormLif(name + "q", input, config.width, /*bias=*/false);
  Value k = linearNormLif(name + "k", input, config.width, /*bias=*/false);
  Value v = linearNormLif(name + "v", input, config.width, /*bias=*/false);
  Value sum = spike::KeyValueSumOp::create(
      net.ops(), net.at(name + "kv"), net.withElement(k, net.real()), k, v, /*causal=*/nullptr);
  Value gate = net.lif(name + "kv_lif", sum, config.attentionThreshold);
  Value gated = spike::LogicOp::create(
      net.ops(), net.at(name + "gate"), q.getType(),
      spike::LogicAttr::get(net.ops().getContext(), spike::Logic::And), q, gate);
  return linearNorm(name + "proj", gated, config.width);
}

/// A block of the Spike-driven Transformer. The stream holds membranes, to which currents are
/// added, and every linear that reads it has neurons before it.
Value SpikformerBuilder::membraneBlock(const std::string &name, Value stream) {
  Value spikes = net.lif(name + "attn.in_lif", stream);
  stream = net.add(name + "attn.add", stream, spikeDrivenAttention(name + "attn.", spikes));
  Value hidden = linearNormLif(name + "mlp.fc1", net.lif(name + "mlp.in_lif", stream),
                               config.width * config.mlpExpansion);
  return net.add(name + "mlp.add", stream, linearNorm(name + "mlp.fc2", hidden, config.width));
}

Value SpikformerBuilder::head(Value stream) {
  Value pooled = net.meanOverTokens("head.pool", stream, grid);
  if (!membraneStream)
    return net.linear("head.fc", net.recombine("head.mean", pooled, spike::Recombination::Mean),
                      config.classes);
  // As in the published code: neurons and the linear in every time step, then the mean over time.
  Value logits = net.linear("head.fc", net.lif("head.lif", pooled), config.classes);
  return net.recombine("head.mean", logits, spike::Recombination::Mean);
}

LogicalResult SpikformerBuilder::build() {
  int64_t points = config.imageHeight * config.imageWidth;
  Value stream = patchEmbedding(
      net.begin(model, membraneStream ? "spike-driven-transformer" : "spikformer", config.timeSteps,
                /*context=*/points, net.tensorOf({points, config.imageChannels}, net.real())));
  for (int64_t i = 0; i < config.blocks; ++i) {
    std::string name = "block" + std::to_string(i) + ".";
    stream = membraneStream ? membraneBlock(name, stream) : spikeBlock(name, stream);
  }
  net.end(head(stream));
  return weights.finish(
      [](std::string_view tensor) { return tensor.ends_with(".num_batches_tracked"); });
}

} // namespace

OwningOpRef<ModuleOp> buildSpikformer(const ModelDescription &model, WeightSource &weights,
                                      Location origin) {
  return buildModule(
      origin, [&](ModuleOp module) { return SpikformerBuilder(model, weights, module).build(); });
}

} // namespace synfire
