// SpikeDecoderLayers: builds the layers of a described decoder.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/builders/SpikeDecoderLayers.h"

using namespace mlir;

namespace synfire {

/// A vector with one number per channel, which the op of a role owns.
ElementsAttr SpikeDecoderLayers::channels(DecoderOp role, Part part, int64_t count,
                                          WeightKind kind) {
  std::vector<int64_t> stored = {count};
  // The published PowerNorm keeps its statistic in the shape of an image.
  if (part == Part::Phi && model.names == NamingScheme::SpikeDecoder)
    stored = {1, count, 1, 1};
  return weights.tensor(names.tensor(role, part, block), stored, {count}, kind);
}

Value SpikeDecoderLayers::norm(DecoderOp role, Value input) {
  if (config.norm == NormKind::None)
    return input;
  int64_t count = featuresOf(input);
  ElementsAttr weight = channels(role, Part::NormWeight, count, WeightKind::NormWeight);
  ElementsAttr bias = channels(role, Part::NormBias, count, WeightKind::NormBias);
  Type type = input.getType();
  FloatAttr eps = ops().getF64FloatAttr(1e-5);
  if (config.norm == NormKind::Layer)
    return spike::LayerNormOp::create(ops(), at(role), type, input, weight, bias, eps);
  if (config.norm == NormKind::Power) {
    ElementsAttr phi = channels(role, Part::Phi, count, WeightKind::Variance);
    return spike::PowerNormOp::create(ops(), at(role), type, input, weight, bias, phi, eps);
  }
  ElementsAttr mean = channels(role, Part::Mean, count, WeightKind::Mean);
  ElementsAttr variance = channels(role, Part::Variance, count, WeightKind::Variance);
  return spike::BatchNormOp::create(ops(), at(role), type, input, weight, bias, mean, variance,
                                    eps);
}

/// The firing rate that the description states for the neurons of a role, if any.
static std::optional<double> rateOf(DecoderOp role, const SpikeDecoderRates &rates) {
  switch (role) {
  case DecoderOp::BlockInLif:
  case DecoderOp::AttnInLif:
    return rates.attentionIn;
  case DecoderOp::QLif:
    return rates.query;
  case DecoderOp::KLif:
    return rates.key ? rates.key : rates.query;
  case DecoderOp::VLif:
    return rates.value ? rates.value : rates.query;
  case DecoderOp::AttLif:
    return rates.attentionOut;
  case DecoderOp::BlockLif:
  case DecoderOp::MlpInLif:
    return rates.mlpIn;
  case DecoderOp::HiddenLif:
    return rates.mlpHidden;
  case DecoderOp::HeadLif:
    return rates.head;
  default:
    return std::nullopt;
  }
}

void SpikeDecoderLayers::setRate(Value value, std::optional<double> rate) {
  if (rate)
    value.getDefiningOp()->setAttr(spike::kFiringRateAttrName, ops().getF64FloatAttr(*rate));
}

Value SpikeDecoderLayers::neuron(DecoderOp role, Value current) {
  double threshold = config.learnableThresholds
                         ? weights.threshold(names.tensor(role, Part::Threshold, block))
                         : 1.0;
  Value spikes = lif(nameOf(role), current, threshold);
  setRate(spikes, rateOf(role, config.rates));
  return spikes;
}

Value SpikeDecoderLayers::inject(DecoderOp role, Value spikes) {
  return spike::InjectOp::create(ops(), at(role), withElement(spikes, real()), spikes,
                                 /*weight_bits=*/nullptr, /*weight_format=*/nullptr);
}

Value SpikeDecoderLayers::recombine(DecoderOp role, Value steps, RecombineMode mode) {
  auto recombination = spike::Recombination::Mean;
  switch (mode) {
  case RecombineMode::Mean:
    break;
  case RecombineMode::Sum:
    recombination = spike::Recombination::Sum;
    break;
  case RecombineMode::Concatenate:
    recombination = spike::Recombination::Concatenate;
    break;
  case RecombineMode::Last:
    recombination = spike::Recombination::Last;
    break;
  }
  return NetworkBuilder::recombine(nameOf(role), steps, recombination);
}

} // namespace synfire
