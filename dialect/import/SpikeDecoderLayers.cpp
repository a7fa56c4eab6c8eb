// SpikeDecoderLayers: the layers of a described decoder.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/SpikeDecoderLayers.h"
#include "dialect/spike/Spike.h"

using namespace mlir;

namespace synfire {

Location SpikeDecoderLayers::at(Role role) const {
  return NameLoc::get(StringAttr::get(builder.getContext(), names.op(role, block)));
}

RankedTensorType SpikeDecoderLayers::tensorOf(ArrayRef<int64_t> shape, Type element) const {
  return RankedTensorType::get(shape, element);
}

RankedTensorType SpikeDecoderLayers::withElement(Value like, Type element) const {
  return tensorOf(cast<RankedTensorType>(like.getType()).getShape(), element);
}

Type SpikeDecoderLayers::spike(unsigned bits) {
  return bits == 1 ? builder.getI1Type() : builder.getIntegerType(bits, /*isSigned=*/false);
}

/// One number per channel of the op of a role.
ElementsAttr SpikeDecoderLayers::channels(Role role, Part part, int64_t count, WeightKind kind) {
  std::vector<int64_t> stored = {count};
  // The published PowerNorm keeps its statistic in the shape of an image.
  if (part == Part::Phi && model.names == NamingScheme::SpikeDecoder)
    stored = {1, count, 1, 1};
  return weights.tensor(names.tensor(role, part, block), stored, {count}, kind);
}

Value SpikeDecoderLayers::linear(Role role, Value input, int64_t outputs) {
  auto type = cast<RankedTensorType>(input.getType());
  int64_t inputs = type.getShape().back();
  ElementsAttr weight = weights.tensor(names.tensor(role, Part::Weight, block), {outputs, inputs},
                                       {outputs, inputs}, WeightKind::Matrix);
  ElementsAttr bias = channels(role, Part::Bias, outputs, WeightKind::Bias);
  SmallVector<int64_t> shape(type.getShape());
  shape.back() = outputs;
  return spike::LinearOp::create(builder, at(role), tensorOf(shape, real()), input, weight, bias,
                                 /*channel_scale=*/nullptr, /*weight_bits=*/nullptr,
                                 /*transposed=*/nullptr);
}

Value SpikeDecoderLayers::norm(Role role, Value input) {
  if (config.norm == NormKind::None)
    return input;
  Type type = input.getType();
  int64_t count = cast<RankedTensorType>(type).getShape().back();
  ElementsAttr weight = channels(role, Part::NormWeight, count, WeightKind::NormWeight);
  ElementsAttr bias = channels(role, Part::NormBias, count, WeightKind::NormBias);
  FloatAttr eps = builder.getF64FloatAttr(1e-5);
  if (config.norm == NormKind::Layer)
    return spike::LayerNormOp::create(builder, at(role), type, input, weight, bias, eps);
  if (config.norm == NormKind::Power) {
    ElementsAttr phi = channels(role, Part::Phi, count, WeightKind::Variance);
    return spike::PowerNormOp::create(builder, at(role), type, input, weight, bias, phi, eps);
  }
  ElementsAttr mean = channels(role, Part::Mean, count, WeightKind::Mean);
  ElementsAttr variance = channels(role, Part::Variance, count, WeightKind::Variance);
  return spike::BatchNormOp::create(builder, at(role), type, input, weight, bias, mean, variance,
                                    eps);
}

/// The stated rate of the LIF of a role, if any.
static std::optional<double> rateOf(Role role, const SpikeDecoderRates &rates) {
  switch (role) {
  case Role::BlockInLif:
  case Role::AttnInLif:
    return rates.attentionIn;
  case Role::QLif:
    return rates.query;
  case Role::KLif:
    return rates.key ? rates.key : rates.query;
  case Role::VLif:
    return rates.value ? rates.value : rates.query;
  case Role::AttLif:
    return rates.attentionOut;
  case Role::BlockLif:
  case Role::MlpInLif:
    return rates.mlpIn;
  case Role::HiddenLif:
    return rates.mlpHidden;
  case Role::HeadLif:
    return rates.head;
  default:
    return std::nullopt;
  }
}

void SpikeDecoderLayers::setRate(Value value, std::optional<double> rate) {
  if (rate)
    value.getDefiningOp()->setAttr(spike::kFiringRateAttrName, builder.getF64FloatAttr(*rate));
}

Value SpikeDecoderLayers::neuron(Role role, Value current) {
  double threshold = config.learnableThresholds
                         ? weights.threshold(names.tensor(role, Part::Threshold, block))
                         : 1.0;
  auto lif = spike::LifAttr::get(
      builder.getContext(), builder.getF64FloatAttr(2.0), builder.getDenseF64ArrayAttr({threshold}),
      spike::Reset::Hard, spike::Compare::GreaterEqual, FloatAttr(), FloatAttr(), FloatAttr());
  Value spikes = spike::NeuronOp::create(builder, at(role), withElement(current, spike()), current,
                                         lif, /*state=*/nullptr, spike::Scan::Steps);
  setRate(spikes, rateOf(role, config.rates));
  return spikes;
}

Value SpikeDecoderLayers::linearNorm(Role linearRole, Role normRole, Value input, int64_t outputs) {
  return norm(normRole, linear(linearRole, input, outputs));
}

Value SpikeDecoderLayers::linearNormLif(Role linearRole, Role normRole, Role lifRole, Value input,
                                        int64_t outputs) {
  return neuron(lifRole, linearNorm(linearRole, normRole, input, outputs));
}

Value SpikeDecoderLayers::inject(Role role, Value spikes) {
  return spike::InjectOp::create(builder, at(role), withElement(spikes, real()), spikes,
                                 /*weight_bits=*/nullptr);
}

Value SpikeDecoderLayers::add(Role role, Value lhs, Value rhs) {
  bool isReal = cast<RankedTensorType>(lhs.getType()).getElementType().isF32();
  return spike::AddOp::create(builder, at(role), withElement(lhs, isReal ? real() : spike(2)), lhs,
                              rhs);
}

Value SpikeDecoderLayers::repeat(Role role, Value once, int64_t steps) {
  auto type = cast<RankedTensorType>(once.getType());
  SmallVector<int64_t> shape = {steps};
  llvm::append_range(shape, type.getShape());
  return spike::RepeatOp::create(builder, at(role), tensorOf(shape, type.getElementType()), once);
}

static spike::Recombination recombinationOf(RecombineMode mode) {
  switch (mode) {
  case RecombineMode::Mean:
    break;
  case RecombineMode::Sum:
    return spike::Recombination::Sum;
  case RecombineMode::Concatenate:
    return spike::Recombination::Concatenate;
  case RecombineMode::Last:
    return spike::Recombination::Last;
  }
  return spike::Recombination::Mean;
}

Value SpikeDecoderLayers::recombine(Role role, Value steps, RecombineMode mode) {
  ArrayRef<int64_t> shape = cast<RankedTensorType>(steps.getType()).getShape();
  int64_t width = mode == RecombineMode::Concatenate ? shape[0] * shape[2] : shape[2];
  return spike::RecombineOp::create(
      builder, at(role), tensorOf({shape[1], width}, real()), steps,
      spike::RecombinationAttr::get(builder.getContext(), recombinationOf(mode)));
}

} // namespace synfire
