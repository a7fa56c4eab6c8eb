// SpikeDecoderBuilder: builds the module of a described SpikeDecoder.
// The network is that of SpikeDecoder (Beger, Walter, Knoll; arXiv 2606.12287),
// from the spiking one down to the ordinary one it is compared with.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/builders/SpikeDecoderBuilder.h"
#include "dialect/import/builders/SpikeDecoderLayers.h"
#include "dialect/spike/Spike.h"

using namespace mlir;

namespace synfire {

/// Fails with a message about the naming scheme when the file has the names of the other scheme;
/// otherwise the user would only read that all tensors are missing.
static LogicalResult checkScheme(const ModelDescription &model, const WeightSource &weights) {
  ModelDescription other = model;
  bool ours = model.names == NamingScheme::Synfire;
  other.names = ours ? NamingScheme::SpikeDecoder : NamingScheme::Synfire;
  std::string wanted = TensorNames(model).tensor(DecoderOp::HeadFc, Part::Weight);
  std::string found = TensorNames(other).tensor(DecoderOp::HeadFc, Part::Weight);
  if (weights.has(wanted) || !weights.has(found))
    return success();
  return emitError(weights.location())
         << weights.path() << ": has tensor '" << found << "' instead of '" << wanted
         << "': set 'names: " << (ours ? "spikedecoder" : "synfire") << "'";
}

static LogicalResult build(const ModelDescription &model, WeightSource &weights, ModuleOp module) {
  if (failed(checkScheme(model, weights)))
    return failure();
  const SpikeDecoderConfig &config = model.decoder;
  SpikeDecoderLayers layers(model, weights, module);
  auto ids = layers.tensorOf({ShapedType::kDynamic}, layers.ops().getI32Type());
  Value tokens = layers.begin(model, "spikedecoder", config.hasTime() ? config.timeSteps : 1,
                              config.context, ids);
  Value stream = buildEmbedding(layers, tokens);
  bool isReal = cast<RankedTensorType>(stream.getType()).getElementType().isF32();
  if (config.residual == 0 && !isReal)
    stream = layers.inject(DecoderOp::EmbedStream, stream);
  for (layers.block = 0; layers.block < config.blocks; ++layers.block)
    stream = buildBlock(layers, stream);
  layers.end(buildHead(layers, stream));
  return weights.finish(TensorNames::isLeftover);
}

OwningOpRef<ModuleOp> buildSpikeDecoder(const ModelDescription &model, WeightSource &weights,
                                        Location origin) {
  return buildModule(origin, [&](ModuleOp module) { return build(model, weights, module); });
}

} // namespace synfire
