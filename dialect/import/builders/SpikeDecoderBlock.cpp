// SpikeDecoderBlock: attention and MLP of one block, on a real or a spiking stream.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/builders/SpikeDecoderLayers.h"
#include "dialect/spike/Spike.h"

#include <cmath>

using namespace mlir;

namespace synfire {

/// Spiking self-attention on the spikes of a block's input: the projection's
/// current.
static Value spikingAttention(SpikeDecoderLayers &l, Value spikes) {
  const SpikeDecoderConfig &c = l.config;
  Value q = l.linearNormLif(Role::Q, Role::QNorm, Role::QLif, spikes, c.width());
  Value k = l.linearNormLif(Role::K, Role::KNorm, Role::KLif, spikes, c.width());
  Value v = l.linearNormLif(Role::V, Role::VNorm, Role::VLif, spikes, c.width());
  OpBuilder &b = l.ops();
  Value result = spike::SelfAttentionOp::create(
      b, l.at(Role::Ssa), l.withElement(v, l.real()), q, k, v, b.getI64IntegerAttr(c.heads),
      b.getF64FloatAttr(c.attentionScale), /*causal=*/b.getUnitAttr(), /*kv_heads=*/nullptr,
      /*score_neuron=*/nullptr);
  l.setRate(result, c.rates.attention);
  Value current =
      l.linearNorm(Role::Proj, Role::ProjNorm, l.neuron(Role::AttLif, result), c.width());
  if (c.firstBlockLif && l.block == 0)
    return l.inject(Role::ResStream, l.neuron(Role::ResLif, current));
  return current;
}

/// Softmax attention of the ordinary decoder, on the stream itself.
static Value softmaxAttention(SpikeDecoderLayers &l, Value stream) {
  const SpikeDecoderConfig &c = l.config;
  Value q = l.linearNorm(Role::Q, Role::QNorm, stream, c.width());
  Value k = l.linearNorm(Role::K, Role::KNorm, stream, c.width());
  Value v = l.linearNorm(Role::V, Role::VNorm, stream, c.width());
  OpBuilder &b = l.ops();
  double scale = 1 / std::sqrt(double(c.width() / c.heads));
  Value result = spike::SoftmaxAttentionOp::create(
      b, l.at(Role::Softmax), v.getType(), q, k, v, b.getI64IntegerAttr(c.heads),
      b.getF64FloatAttr(scale), /*causal=*/b.getUnitAttr(), /*kv_heads=*/nullptr);
  return l.linearNorm(Role::Proj, Role::ProjNorm, result, c.width());
}

/// Residual variant 0: the stream is real, whatever spikes beside it.
static Value realBlock(SpikeDecoderLayers &l, Value stream) {
  const SpikeDecoderConfig &c = l.config;
  Value attention = c.spikingAttention() ? spikingAttention(l, l.neuron(Role::AttnInLif, stream))
                                         : softmaxAttention(l, stream);
  stream = l.add(Role::AttnAdd, stream, attention);
  if (c.spikingMlp()) {
    Value hidden = l.linearNormLif(Role::Fc1, Role::Fc1Norm, Role::HiddenLif,
                                   l.neuron(Role::MlpInLif, stream), c.hiddenWidth());
    return l.add(Role::MlpAdd, stream, l.linearNorm(Role::Fc2, Role::Fc2Norm, hidden, c.width()));
  }
  Value hidden = l.linear(Role::Fc1, stream, c.hiddenWidth());
  hidden = spike::GeluOp::create(l.ops(), l.at(Role::Gelu), hidden.getType(), hidden);
  return l.add(Role::MlpAdd, stream, l.linear(Role::Fc2, hidden, c.width(), {.residual = true}));
}

/// Residual variants 1 and 2: the stream is spikes, graded 0..2 between blocks.
static Value spikeBlock(SpikeDecoderLayers &l, Value stream) {
  const SpikeDecoderConfig &c = l.config;
  Value current;
  if (c.residual == 1) {
    Value real = l.inject(Role::AttnStream, stream);
    current = l.add(Role::AttnAdd, real, spikingAttention(l, l.neuron(Role::AttnInLif, real)));
  } else {
    Value spikes = l.neuron(Role::BlockInLif, l.inject(Role::BlockStream, stream));
    Value output = l.neuron(Role::AttnOutLif, spikingAttention(l, spikes));
    current = l.inject(Role::MlpStream, l.add(Role::AttnAdd, spikes, output));
  }
  Value spikes = l.neuron(Role::BlockLif, current);
  Value hidden =
      l.linearNormLif(Role::Fc1, Role::Fc1Norm, Role::HiddenLif, spikes, c.hiddenWidth());
  Value output = l.linearNormLif(Role::Fc2, Role::Fc2Norm, Role::MlpOutLif, hidden, c.width());
  return l.add(Role::MlpAdd, spikes, output);
}

Value buildBlock(SpikeDecoderLayers &layers, Value stream) {
  return layers.config.residual == 0 ? realBlock(layers, stream) : spikeBlock(layers, stream);
}

} // namespace synfire
