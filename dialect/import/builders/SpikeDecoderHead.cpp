// SpikeDecoderHead: the stream after the last block as logits.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/builders/SpikeDecoderLayers.h"

using namespace mlir;

namespace synfire {

/// What the last linear reads, `N x D`.
static Value readout(SpikeDecoderLayers &l, Value stream) {
  const SpikeDecoderConfig &c = l.config;
  if (!c.hasTime())
    return stream;
  if (!c.spikingHead())
    return l.recombine(Role::Recombine, stream, c.recombine);
  if (c.meanBeforeLif) {
    Value mean = l.recombine(Role::HeadMean, stream, RecombineMode::Mean);
    Value spikes = l.neuron(Role::HeadLif, l.repeat(Role::HeadStep, mean, 1));
    return l.recombine(Role::Recombine, spikes, RecombineMode::Last);
  }
  Value current = c.residual == 0 ? stream : l.inject(Role::HeadStream, stream);
  return l.recombine(Role::Recombine, l.neuron(Role::HeadLif, current), c.recombine);
}

Value buildHead(SpikeDecoderLayers &layers, Value stream) {
  return layers.linear(Role::HeadFc, readout(layers, stream), layers.config.vocabulary);
}

} // namespace synfire
