// SpikeDecoderBlock: builds attention and MLP of one block, on a real or a spiking stream.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/builders/SpikeDecoderLayers.h"
#include "dialect/spike/Spike.h"

#include <cmath>

using namespace mlir;

namespace synfire {

/// Spiking self-attention of a block, from the spikes of its input to the current that the output
/// projection gives.
static Value spikingAttention(SpikeDecoderLayers &l, Value spikes) {
  const SpikeDecoderConfig &c = l.config;
  Value q = l.linearNormLif(DecoderOp::Q, DecoderOp::QNorm, DecoderOp::QLif, spikes, c.width());
  Value k = l.linearNormLif(DecoderOp::K, DecoderOp::KNorm, DecoderOp::KLif, spikes, c.width());
  Value v = l.linearNormLif(DecoderOp::V, DecoderOp::VNorm, DecoderOp::VLif, spikes, c.width());
  OpBuilder &b = l.ops();
  Value result = spike::SelfAttentionOp::create(
      b, l.at(DecoderOp::Ssa), l.withElement(v, l.real()), q, k, v, b.getI64IntegerAttr(c.heads),
      b.getF64FloatAttr(c.attentionScale), /*causal=*/b.getUnitAttr(), /*kv_heads=*/nullptr,
      /*score_neuron=*/nullptr, /*score_state=*/nullptr, /*score_encoding=*/nullptr);
  l.setRate(result, c.rates.attention);
  Value current = l.linearNorm(DecoderOp::Proj, DecoderOp::ProjNorm,
                               l.neuron(DecoderOp::AttLif, result), c.width());
  if (c.firstBlockLif && l.block == 0)
    return l.inject(DecoderOp::ResStream, l.neuron(DecoderOp::ResLif, current));
  return current;
}

/// Softmax attention of the ordinary decoder, which reads the stream itself.
static Value softmaxAttention(SpikeDecoderLayers &l, Value stream) {
  const SpikeDecoderConfig &c = l.config;
  Value q = l.linearNorm(DecoderOp::Q, DecoderOp::QNorm, stream, c.width());
  Value k = l.linearNorm(DecoderOp::K, DecoderOp::KNorm, stream, c.width());
  Value v = l.linearNorm(DecoderOp::V, DecoderOp::VNorm, stream, c.width());
  OpBuilder &b = l.ops();
  double scale = 1 / std::sqrt(double(c.width() / c.heads));
  Value result = spike::SoftmaxAttentionOp::create(
      b, l.at(DecoderOp::Softmax), v.getType(), q, k, v, b.getI64IntegerAttr(c.heads),
      b.getF64FloatAttr(scale), /*causal=*/b.getUnitAttr(), /*kv_heads=*/nullptr);
  return l.linearNorm(DecoderOp::Proj, DecoderOp::ProjNorm, result, c.width());
}

/// A block of residual variant 0: the stream between blocks is real, whether or not layers spike.
static Value realBlock(SpikeDecoderLayers &l, Value stream) {
  const SpikeDecoderConfig &c = l.config;
  Value attention = c.spikingAttention()
                        ? spikingAttention(l, l.neuron(DecoderOp::AttnInLif, stream))
                        : softmaxAttention(l, stream);
  stream = l.add(DecoderOp::AttnAdd, stream, attention);
  if (c.spikingMlp()) {
    Value hidden = l.linearNormLif(DecoderOp::Fc1, DecoderOp::Fc1Norm, DecoderOp::HiddenLif,
                                   l.neuron(DecoderOp::MlpInLif, stream), c.hiddenWidth());
    return l.add(DecoderOp::MlpAdd, stream,
                 l.linearNorm(DecoderOp::Fc2, DecoderOp::Fc2Norm, hidden, c.width()));
  }
  Value hidden = l.linear(DecoderOp::Fc1, stream, c.hiddenWidth());
  hidden = spike::GeluOp::create(l.ops(), l.at(DecoderOp::Gelu), hidden.getType(), hidden);
  return l.add(DecoderOp::MlpAdd, stream,
               l.linear(DecoderOp::Fc2, hidden, c.width(), {.residual = true}));
}

/// A block of residual variants 1 and 2: the stream between blocks is graded spikes of 0 to 2.
static Value spikeBlock(SpikeDecoderLayers &l, Value stream) {
  const SpikeDecoderConfig &c = l.config;
  Value current;
  if (c.residual == 1) {
    Value real = l.inject(DecoderOp::AttnStream, stream);
    current =
        l.add(DecoderOp::AttnAdd, real, spikingAttention(l, l.neuron(DecoderOp::AttnInLif, real)));
  } else {
    Value spikes = l.neuron(DecoderOp::BlockInLif, l.inject(DecoderOp::BlockStream, stream));
    Value output = l.neuron(DecoderOp::AttnOutLif, spikingAttention(l, spikes));
    current = l.inject(DecoderOp::MlpStream, l.add(DecoderOp::AttnAdd, spikes, output));
  }
  Value spikes = l.neuron(DecoderOp::BlockLif, current);
  Value hidden = l.linearNormLif(DecoderOp::Fc1, DecoderOp::Fc1Norm, DecoderOp::HiddenLif, spikes,
                                 c.hiddenWidth());
  Value output =
      l.linearNormLif(DecoderOp::Fc2, DecoderOp::Fc2Norm, DecoderOp::MlpOutLif, hidden, c.width());
  return l.add(DecoderOp::MlpAdd, spikes, output);
}

Value buildBlock(SpikeDecoderLayers &layers, Value stream) {
  return layers.config.residual == 0 ? realBlock(layers, stream) : spikeBlock(layers, stream);
}

} // namespace synfire
