// SpikeDecoderHead: builds the head: the stream after the last block becomes logits.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/builders/SpikeDecoderLayers.h"

using namespace mlir;

namespace synfire {

/// The value that the last linear reads, `N x D`.
static Value readout(SpikeDecoderLayers &l, Value stream) {
  const SpikeDecoderConfig &c = l.config;
  if (!c.hasTime())
    return stream;
  if (!c.spikingHead())
    return l.recombine(DecoderOp::Recombine, stream, c.recombine);
  if (c.meanBeforeLif) {
    Value mean = l.recombine(DecoderOp::HeadMean, stream, RecombineMode::Mean);
    Value spikes = l.neuron(DecoderOp::HeadLif, l.repeat(DecoderOp::HeadStep, mean, 1));
    return l.recombine(DecoderOp::Recombine, spikes, RecombineMode::Last);
  }
  Value current = c.residual == 0 ? stream : l.inject(DecoderOp::HeadStream, stream);
  return l.recombine(DecoderOp::Recombine, l.neuron(DecoderOp::HeadLif, current), c.recombine);
}

Value buildHead(SpikeDecoderLayers &layers, Value stream) {
  return layers.linear(DecoderOp::HeadFc, readout(layers, stream), layers.config.vocabulary);
}

} // namespace synfire
