// SpikeDecoderBuilder: a described spiking decoder as a spike module.
// The network is that of SpikeDecoder (Beger, Walter, Knoll; arXiv 2606.12287).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/SpikeDecoderBuilder.h"
#include "dialect/import/TensorNames.h"
#include "dialect/spike/Spike.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Verifier.h"

#include <cmath>

using namespace mlir;

namespace synfire {

std::vector<float> sinusoid(int64_t context, int64_t width) {
  std::vector<float> table;
  for (int64_t position = 0; position < context; ++position)
    for (int64_t j = 0; j < width; ++j) {
      double angle = double(position) / std::pow(10000.0, double(j) / double(width));
      table.push_back(float(j % 2 == 0 ? std::sin(angle) : std::cos(angle)));
    }
  return table;
}

namespace {

/// Builds op by op. Tensors that are missing or wrong come as shapes, so that
/// only the end needs to ask the weights whether all went well.
class SpikeDecoderBuilder {
public:
  SpikeDecoderBuilder(const ModelDescription &model, WeightSource &weights, ModuleOp module)
      : model(model), config(model.decoder), weights(weights), names(model),
        builder(module.getBodyRegion()) {}

  LogicalResult build();

private:
  Location at(Role role) { return NameLoc::get(builder.getStringAttr(names.op(role, block))); }
  RankedTensorType tensorOf(ArrayRef<int64_t> shape, Type element) {
    return RankedTensorType::get(shape, element);
  }
  /// The type of `like` with another element type.
  RankedTensorType withElement(Value like, Type element) {
    return tensorOf(cast<RankedTensorType>(like.getType()).getShape(), element);
  }
  Type spikeType(unsigned bits = 1) {
    return bits == 1 ? builder.getI1Type() : builder.getIntegerType(bits, /*isSigned=*/false);
  }

  LogicalResult checkScheme();
  Value embedding(Value tokens);
  Value positionCode(Value tokens);
  Value attention(Value spikes);
  Value realBlock(Value stream);
  Value spikeBlock(Value stream);
  Value head(Value stream);

  Value linear(Role role, Value input, int64_t outputs);
  Value norm(Role role, Value input);
  Value neuron(Role role, Value current);
  Value linearNormLif(Role linearRole, Role normRole, Role lifRole, Value input, int64_t outputs);
  Value inject(Role role, Value spikes);
  Value add(Role role, Value lhs, Value rhs);
  ElementsAttr channels(Role role, Part part, int64_t count, WeightKind kind);

  const ModelDescription &model;
  const SpikeDecoderConfig &config;
  WeightSource &weights;
  TensorNames names;
  OpBuilder builder;
  int64_t block = 0;
};

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

/// One number per channel of the op of a role.
ElementsAttr SpikeDecoderBuilder::channels(Role role, Part part, int64_t count, WeightKind kind) {
  std::vector<int64_t> stored = {count};
  // The published PowerNorm keeps its statistic in the shape of an image.
  if (part == Part::Phi && model.names == NamingScheme::SpikeDecoder)
    stored = {1, count, 1, 1};
  return weights.tensor(names.tensor(role, part, block), stored, {count}, kind);
}

Value SpikeDecoderBuilder::linear(Role role, Value input, int64_t outputs) {
  auto type = cast<RankedTensorType>(input.getType());
  int64_t inputs = type.getShape().back();
  ElementsAttr weight = weights.tensor(names.tensor(role, Part::Weight, block), {outputs, inputs},
                                       {outputs, inputs}, WeightKind::Matrix);
  ElementsAttr bias = channels(role, Part::Bias, outputs, WeightKind::Bias);
  SmallVector<int64_t> shape(type.getShape());
  shape.back() = outputs;
  return spike::LinearOp::create(builder, at(role), tensorOf(shape, builder.getF32Type()), input,
                                 weight, bias, /*channel_scale=*/nullptr, /*weight_bits=*/nullptr,
                                 /*transposed=*/nullptr);
}

Value SpikeDecoderBuilder::norm(Role role, Value input) {
  if (config.norm == NormKind::None)
    return input;
  int64_t count = cast<RankedTensorType>(input.getType()).getShape().back();
  ElementsAttr weight = channels(role, Part::NormWeight, count, WeightKind::NormWeight);
  ElementsAttr bias = channels(role, Part::NormBias, count, WeightKind::NormBias);
  FloatAttr eps = builder.getF64FloatAttr(1e-5);
  if (config.norm == NormKind::Power) {
    ElementsAttr phi = channels(role, Part::Phi, count, WeightKind::Variance);
    return spike::PowerNormOp::create(builder, at(role), input.getType(), input, weight, bias, phi,
                                      eps);
  }
  ElementsAttr mean = channels(role, Part::Mean, count, WeightKind::Mean);
  ElementsAttr variance = channels(role, Part::Variance, count, WeightKind::Variance);
  return spike::BatchNormOp::create(builder, at(role), input.getType(), input, weight, bias, mean,
                                    variance, eps);
}

Value SpikeDecoderBuilder::neuron(Role role, Value current) {
  double threshold = config.learnableThresholds
                         ? weights.threshold(names.tensor(role, Part::Threshold, block))
                         : 1.0;
  auto lif = spike::LifAttr::get(
      builder.getContext(), builder.getF64FloatAttr(2.0), builder.getDenseF64ArrayAttr({threshold}),
      spike::Reset::Hard, spike::Compare::GreaterEqual, FloatAttr(), FloatAttr(), FloatAttr());
  return spike::NeuronOp::create(builder, at(role), withElement(current, spikeType()), current, lif,
                                 /*state=*/nullptr, spike::Scan::Steps);
}

Value SpikeDecoderBuilder::linearNormLif(Role linearRole, Role normRole, Role lifRole, Value input,
                                         int64_t outputs) {
  return neuron(lifRole, norm(normRole, linear(linearRole, input, outputs)));
}

Value SpikeDecoderBuilder::inject(Role role, Value spikes) {
  return spike::InjectOp::create(builder, at(role), withElement(spikes, builder.getF32Type()),
                                 spikes, /*weight_bits=*/nullptr);
}

/// real + real, or spike + spike, whose sum 0..2 takes two bits.
Value SpikeDecoderBuilder::add(Role role, Value lhs, Value rhs) {
  bool real = cast<RankedTensorType>(lhs.getType()).getElementType().isF32();
  Type element = real ? Type(builder.getF32Type()) : spikeType(2);
  return spike::AddOp::create(builder, at(role), withElement(lhs, element), lhs, rhs);
}

//===----------------------------------------------------------------------===//
// Parts of the model
//===----------------------------------------------------------------------===//

Value SpikeDecoderBuilder::positionCode(Value tokens) {
  SmallVector<int64_t> shape = {config.context, config.positionWidth()};
  std::string stored = names.tensor(Role::StoredPosition, Part::Code);
  Role role = Role::PositionTable;
  double threshold = 0;
  ElementsAttr table;
  if (config.positionCode == PositionCode::Learned) {
    table = weights.tensor(names.tensor(role, Part::Weight), shape, shape, WeightKind::Table);
  } else if (model.names == NamingScheme::SpikeDecoder && weights.has(stored)) {
    // Binary already: 0 and 1 as reals.
    role = Role::StoredPosition;
    threshold = 0.5;
    table = weights.tensor(stored, shape, shape, WeightKind::Table);
  } else {
    threshold = config.positionBias;
    table = weights.computed(names.op(role), shape, sinusoid(shape[0], shape[1]));
  }
  Type real = tensorOf({ShapedType::kDynamic, config.positionWidth()}, builder.getF32Type());
  Value row = spike::PositionOp::create(builder, at(role), real, tokens, table);
  return spike::BinarizeOp::create(builder, at(Role::PositionCode), withElement(row, spikeType()),
                                   row, builder.getF64FloatAttr(threshold));
}

/// Spikes T x N x D: token and position code, the same at every time step.
Value SpikeDecoderBuilder::embedding(Value tokens) {
  SmallVector<int64_t> shape = {config.vocabulary, config.tokenWidth()};
  ElementsAttr table =
      weights.tensor(names.tensor(Role::TokenTable, Part::Weight), shape, shape, WeightKind::Table);
  Type real = tensorOf({ShapedType::kDynamic, config.tokenWidth()}, builder.getF32Type());
  Value row = spike::LookupOp::create(builder, at(Role::TokenTable), real, tokens, table);
  Value token = spike::BinarizeOp::create(
      builder, at(Role::TokenCode), withElement(row, spikeType()), row, builder.getF64FloatAttr(0));
  Value position = positionCode(tokens);
  Value joined = spike::ConcatOp::create(
      builder, at(Role::Embed), tensorOf({ShapedType::kDynamic, config.width()}, spikeType()),
      ValueRange{token, position});
  return spike::RepeatOp::create(
      builder, at(Role::EmbedRepeat),
      tensorOf({config.timeSteps, ShapedType::kDynamic, config.width()}, spikeType()), joined);
}

/// Spiking self-attention on the spikes of a block's input: the projection's
/// current.
Value SpikeDecoderBuilder::attention(Value spikes) {
  Value q = linearNormLif(Role::Q, Role::QNorm, Role::QLif, spikes, config.width());
  Value k = linearNormLif(Role::K, Role::KNorm, Role::KLif, spikes, config.width());
  Value v = linearNormLif(Role::V, Role::VNorm, Role::VLif, spikes, config.width());
  Value result = spike::SelfAttentionOp::create(
      builder, at(Role::Ssa), withElement(v, builder.getF32Type()), q, k, v,
      builder.getI64IntegerAttr(config.heads), builder.getF64FloatAttr(config.attentionScale),
      /*causal=*/builder.getUnitAttr(), /*kv_heads=*/nullptr, /*score_neuron=*/nullptr);
  Value merged = neuron(Role::AttLif, result);
  Value current = norm(Role::ProjNorm, linear(Role::Proj, merged, config.width()));
  if (config.firstBlockLif && block == 0)
    return inject(Role::ResStream, neuron(Role::ResLif, current));
  return current;
}

/// Residual variant 0: the stream is a current.
Value SpikeDecoderBuilder::realBlock(Value stream) {
  stream = add(Role::AttnAdd, stream, attention(neuron(Role::AttnInLif, stream)));
  Value hidden = linearNormLif(Role::Fc1, Role::Fc1Norm, Role::HiddenLif,
                               neuron(Role::MlpInLif, stream), config.hiddenWidth());
  return add(Role::MlpAdd, stream, norm(Role::Fc2Norm, linear(Role::Fc2, hidden, config.width())));
}

/// Residual variants 1 and 2: the stream is spikes, graded 0..2 between blocks.
Value SpikeDecoderBuilder::spikeBlock(Value stream) {
  Value current;
  if (config.residual == 1) {
    Value real = inject(Role::AttnStream, stream);
    current = add(Role::AttnAdd, real, attention(neuron(Role::AttnInLif, real)));
  } else {
    Value spikes = neuron(Role::BlockInLif, inject(Role::BlockStream, stream));
    Value output = neuron(Role::AttnOutLif, attention(spikes));
    current = inject(Role::MlpStream, add(Role::AttnAdd, spikes, output));
  }
  Value spikes = neuron(Role::BlockLif, current);
  Value hidden =
      linearNormLif(Role::Fc1, Role::Fc1Norm, Role::HiddenLif, spikes, config.hiddenWidth());
  Value output = linearNormLif(Role::Fc2, Role::Fc2Norm, Role::MlpOutLif, hidden, config.width());
  return add(Role::MlpAdd, spikes, output);
}

Value SpikeDecoderBuilder::head(Value stream) {
  Value spikes =
      neuron(Role::HeadLif, config.residual == 0 ? stream : inject(Role::HeadStream, stream));
  auto mode = spike::Recombination::Mean;
  int64_t width = config.width();
  switch (config.recombine) {
  case RecombineMode::Mean:
    break;
  case RecombineMode::Sum:
    mode = spike::Recombination::Sum;
    break;
  case RecombineMode::Concatenate:
    mode = spike::Recombination::Concatenate;
    width *= config.timeSteps;
    break;
  case RecombineMode::Last:
    mode = spike::Recombination::Last;
    break;
  }
  Value joined = spike::RecombineOp::create(
      builder, at(Role::Recombine), tensorOf({ShapedType::kDynamic, width}, builder.getF32Type()),
      spikes, spike::RecombinationAttr::get(builder.getContext(), mode));
  return linear(Role::HeadFc, joined, config.vocabulary);
}

/// A file of the other naming scheme deserves a better message than a missing
/// tensor.
LogicalResult SpikeDecoderBuilder::checkScheme() {
  ModelDescription other = model;
  bool ours = model.names == NamingScheme::Synfire;
  other.names = ours ? NamingScheme::SpikeDecoder : NamingScheme::Synfire;
  std::string wanted = names.tensor(Role::TokenTable, Part::Weight);
  std::string found = TensorNames(other).tensor(Role::TokenTable, Part::Weight);
  if (weights.has(wanted) || !weights.has(found))
    return success();
  return emitError(weights.location())
         << weights.path() << ": has tensor '" << found << "' instead of '" << wanted
         << "': set 'names: " << (ours ? "spikedecoder" : "synfire") << "'";
}

LogicalResult SpikeDecoderBuilder::build() {
  if (failed(checkScheme()))
    return failure();
  MLIRContext *context = builder.getContext();
  Type tokens = tensorOf({ShapedType::kDynamic}, builder.getI32Type());
  Type logits = tensorOf({ShapedType::kDynamic, config.vocabulary}, builder.getF32Type());
  auto function = func::FuncOp::create(builder, NameLoc::get(builder.getStringAttr(model.name)),
                                       "main", builder.getFunctionType({tokens}, {logits}));
  function->setAttr(spike::kModelAttrName,
                    spike::ModelAttr::get(
                        context, builder.getStringAttr(model.name), config.timeSteps,
                        config.context, config.vocabulary, builder.getStringAttr(model.alphabet),
                        builder.getStringAttr(model.cleaning), /*words=*/ArrayAttr()));
  Block *body = function.addEntryBlock();
  builder.setInsertionPointToStart(body);

  Value stream = embedding(body->getArgument(0));
  if (config.residual == 0)
    stream = inject(Role::EmbedStream, stream);
  for (block = 0; block < config.blocks; ++block)
    stream = config.residual == 0 ? realBlock(stream) : spikeBlock(stream);
  func::ReturnOp::create(builder, function.getLoc(), head(stream));
  return weights.finish(TensorNames::isLeftover);
}

} // namespace

OwningOpRef<ModuleOp> buildSpikeDecoder(const ModelDescription &model, WeightSource &weights,
                                        Location origin) {
  OwningOpRef<ModuleOp> module = ModuleOp::create(origin);
  if (failed(SpikeDecoderBuilder(model, weights, *module).build()) || failed(verify(*module)))
    return nullptr;
  return module;
}

} // namespace synfire
