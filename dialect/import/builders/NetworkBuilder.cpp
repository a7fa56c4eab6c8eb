// NetworkBuilder: builds the layers of a network as ops, and gets their tensors by name.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/builders/NetworkBuilder.h"

#include "mlir/IR/Verifier.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace synfire {

Location NetworkBuilder::at(StringRef name) { return NameLoc::get(builder.getStringAttr(name)); }

//===----------------------------------------------------------------------===//
// The function
//===----------------------------------------------------------------------===//

OwningOpRef<ModuleOp> buildModule(Location origin,
                                  llvm::function_ref<LogicalResult(ModuleOp)> build) {
  OwningOpRef<ModuleOp> module = ModuleOp::create(origin);
  if (failed(build(*module)) || failed(verify(*module)))
    return nullptr;
  return module;
}

spike::ModelAttr modelAttribute(OpBuilder &builder, const ModelDescription &model,
                                int64_t timeSteps, int64_t context) {
  SmallVector<Attribute> words;
  for (const std::string &word : model.words)
    words.push_back(builder.getStringAttr(word));
  return spike::ModelAttr::get(builder.getContext(), builder.getStringAttr(model.name), timeSteps,
                               context, model.vocabulary(), builder.getStringAttr(model.alphabet),
                               builder.getStringAttr(model.cleaning),
                               words.empty() ? ArrayAttr() : builder.getArrayAttr(words));
}

Value NetworkBuilder::begin(const ModelDescription &model, StringRef architecture,
                            int64_t timeSteps, int64_t context, RankedTensorType argument) {
  function = func::FuncOp::create(builder, at(model.name), "main",
                                  builder.getFunctionType({argument}, {}));
  function->setAttr(spike::kModelAttrName, modelAttribute(builder, model, timeSteps, context));
  function->setAttr(spike::kArchitectureAttrName, builder.getStringAttr(architecture));
  Block *body = function.addEntryBlock();
  builder.setInsertionPointToStart(body);
  return body->getArgument(0);
}

void NetworkBuilder::end(Value result) {
  function.setFunctionType(
      builder.getFunctionType(function.getArgumentTypes(), {result.getType()}));
  func::ReturnOp::create(builder, function.getLoc(), result);
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

static RankedTensorType typeOf(Value value) { return cast<RankedTensorType>(value.getType()); }

Type NetworkBuilder::spikesUpTo(uint64_t largest) {
  if (largest <= 1)
    return builder.getI1Type();
  return builder.getIntegerType(llvm::Log2_64(largest) + 1, /*isSigned=*/false);
}

RankedTensorType NetworkBuilder::withElement(Value like, Type element) {
  return RankedTensorType::get(typeOf(like).getShape(), element);
}

RankedTensorType NetworkBuilder::realWithFeatures(Value like, int64_t features) {
  SmallVector<int64_t> shape(typeOf(like).getShape());
  shape.back() = features;
  return tensorOf(shape, real());
}

int64_t NetworkBuilder::featuresOf(Value value) { return typeOf(value).getShape().back(); }

/// The type of `like` with `tokens` tokens and the element type `element`.
static RankedTensorType withTokens(Value like, int64_t tokens, Type element) {
  SmallVector<int64_t> shape(typeOf(like).getShape());
  shape[shape.size() - 2] = tokens;
  return RankedTensorType::get(shape, element);
}

//===----------------------------------------------------------------------===//
// Tensors
//===----------------------------------------------------------------------===//

ElementsAttr NetworkBuilder::table(StringRef name, ArrayRef<int64_t> shape) {
  return weights.tensor(prefix + name.str() + ".weight", shape, shape, WeightKind::Table);
}

ElementsAttr NetworkBuilder::channels(StringRef name, StringRef part, int64_t count,
                                      WeightKind kind) {
  return weights.tensor(prefix + name.str() + "." + part.str(), {count}, {count}, kind);
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

Value NetworkBuilder::linear(StringRef name, Value input, int64_t outputs, LinearForm form) {
  SmallVector<int64_t> shape = {outputs, featuresOf(input)};
  if (form.transposed)
    std::swap(shape[0], shape[1]);
  WeightKind kind = form.transposed ? WeightKind::TransposedMatrix
                    : form.residual ? WeightKind::ResidualMatrix
                                    : WeightKind::Matrix;
  ElementsAttr weight = weights.tensor(prefix + name.str() + ".weight", shape, shape, kind);
  ElementsAttr bias;
  if (form.bias)
    bias = channels(name, "bias", outputs, WeightKind::Bias);
  return spike::LinearOp::create(builder, at(name), realWithFeatures(input, outputs), input, weight,
                                 bias, /*channel_scale=*/nullptr, /*input_factor=*/nullptr,
                                 /*weight_bits=*/nullptr, /*weight_format=*/nullptr,
                                 form.transposed ? builder.getUnitAttr() : UnitAttr());
}

Value NetworkBuilder::conv3x3(StringRef name, Value input, Grid grid, int64_t outputs) {
  int64_t shape[] = {outputs, featuresOf(input), 3, 3};
  ElementsAttr weight =
      weights.tensor(prefix + name.str() + ".weight", shape, shape, WeightKind::Matrix);
  return spike::ConvOp::create(
      builder, at(name), realWithFeatures(input, outputs), input, weight, /*bias=*/nullptr,
      builder.getDenseI64ArrayAttr({grid.height, grid.width}), builder.getDenseI64ArrayAttr({1, 1}),
      builder.getDenseI64ArrayAttr({1, 1}), /*dilation=*/nullptr, builder.getI64IntegerAttr(1),
      /*channel_scale=*/nullptr, /*weight_bits=*/nullptr, /*weight_format=*/nullptr);
}

Value NetworkBuilder::maxPool(StringRef name, Value input, Grid &grid) {
  Grid halved{grid.height / 2, grid.width / 2};
  auto type = withTokens(input, halved.points(), typeOf(input).getElementType());
  Value result = spike::PoolOp::create(
      builder, at(name), type, spike::PoolingAttr::get(builder.getContext(), spike::Pooling::Max),
      input, builder.getDenseI64ArrayAttr({grid.height, grid.width}),
      builder.getDenseI64ArrayAttr({3, 3}), builder.getDenseI64ArrayAttr({2, 2}),
      builder.getDenseI64ArrayAttr({1, 1}), /*weight_bits=*/nullptr, /*weight_format=*/nullptr);
  grid = halved;
  return result;
}

Value NetworkBuilder::meanOverTokens(StringRef name, Value input, Grid grid) {
  auto extents = builder.getDenseI64ArrayAttr({grid.height, grid.width});
  return spike::PoolOp::create(
      builder, at(name), withTokens(input, 1, real()),
      spike::PoolingAttr::get(builder.getContext(), spike::Pooling::Average), input, extents,
      extents, extents, builder.getDenseI64ArrayAttr({0, 0}), /*weight_bits=*/nullptr,
      /*weight_format=*/nullptr);
}

Value NetworkBuilder::batchNorm(StringRef name, Value input) {
  int64_t count = featuresOf(input);
  return spike::BatchNormOp::create(
      builder, at(name), input.getType(), input,
      channels(name, "weight", count, WeightKind::NormWeight),
      channels(name, "bias", count, WeightKind::NormBias),
      channels(name, "running_mean", count, WeightKind::Mean),
      channels(name, "running_var", count, WeightKind::SpikingVariance),
      builder.getF64FloatAttr(1e-5));
}

Value NetworkBuilder::layerNorm(StringRef name, Value input, double epsilon) {
  int64_t count = featuresOf(input);
  return spike::LayerNormOp::create(builder, at(name), input.getType(), input,
                                    channels(name, "weight", count, WeightKind::NormWeight),
                                    channels(name, "bias", count, WeightKind::NormBias),
                                    builder.getF64FloatAttr(epsilon));
}

Value NetworkBuilder::lif(StringRef name, Value current, double threshold) {
  auto model = spike::LifAttr::get(builder.getContext(), builder.getDenseF64ArrayAttr({2.0}),
                                   builder.getDenseF64ArrayAttr({threshold}), spike::Reset::Hard,
                                   spike::Compare::GreaterEqual, DenseF64ArrayAttr(),
                                   DenseF64ArrayAttr(), DenseF64ArrayAttr());
  return spike::NeuronOp::create(builder, at(name), withElement(current, spikesUpTo(1)), current,
                                 model, /*state=*/nullptr, spike::Scan::Steps);
}

Value NetworkBuilder::repeat(StringRef name, Value input, int64_t timeSteps) {
  SmallVector<int64_t> shape = {timeSteps};
  llvm::append_range(shape, typeOf(input).getShape());
  return spike::RepeatOp::create(builder, at(name), tensorOf(shape, typeOf(input).getElementType()),
                                 input);
}

Value NetworkBuilder::add(StringRef name, Value lhs, Value rhs) {
  Type element = real();
  if (spike::isSpikeType(lhs.getType()))
    element = spikesUpTo(spike::largestSpike(lhs) + spike::largestSpike(rhs));
  return spike::AddOp::create(builder, at(name), withElement(lhs, element), lhs, rhs);
}

Value NetworkBuilder::recombine(StringRef name, Value input, spike::Recombination mode) {
  ArrayRef<int64_t> in = typeOf(input).getShape();
  int64_t features = mode == spike::Recombination::Concatenate ? in[0] * in[2] : in[2];
  return spike::RecombineOp::create(builder, at(name), tensorOf({in[1], features}, real()), input,
                                    spike::RecombinationAttr::get(builder.getContext(), mode));
}

} // namespace synfire
