// SpikeDecoderLayers: builds the layers of a described decoder. The name of a layer follows from
// its role and the model's naming scheme. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_BUILDERS_SPIKEDECODERLAYERS_H
#define SYNFIRE_DIALECT_IMPORT_BUILDERS_SPIKEDECODERLAYERS_H

#include "dialect/import/TensorNames.h"
#include "dialect/import/builders/NetworkBuilder.h"

namespace synfire {

/// NetworkBuilder with roles in place of names. The roles of a block stand for the layers of block
/// `block`.
class SpikeDecoderLayers : public NetworkBuilder {
public:
  SpikeDecoderLayers(const ModelDescription &model, WeightSource &weights, mlir::ModuleOp module)
      : NetworkBuilder(module, weights), model(model), config(model.decoder), weights(weights),
        names(model) {}

  mlir::Value linear(DecoderOp role, mlir::Value input, int64_t outputs, LinearForm form = {}) {
    return NetworkBuilder::linear(nameOf(role), input, outputs, form);
  }
  /// The norm that the configuration chooses; returns `input` when it chooses none.
  mlir::Value norm(DecoderOp role, mlir::Value input);
  /// LIF neurons, with the threshold of the weights file when thresholds are learnable, and with
  /// the firing rate that the description states for the role, if any.
  mlir::Value neuron(DecoderOp role, mlir::Value current);
  mlir::Value linearNorm(DecoderOp linearRole, DecoderOp normRole, mlir::Value input,
                         int64_t outputs) {
    return norm(normRole, linear(linearRole, input, outputs));
  }
  /// A linear, its norm, and neurons.
  mlir::Value linearNormLif(DecoderOp linearRole, DecoderOp normRole, DecoderOp lifRole,
                            mlir::Value input, int64_t outputs) {
    return neuron(lifRole, linearNorm(linearRole, normRole, input, outputs));
  }
  /// Turns spikes into the reals of a stream.
  mlir::Value inject(DecoderOp role, mlir::Value spikes);
  mlir::Value add(DecoderOp role, mlir::Value lhs, mlir::Value rhs) {
    return NetworkBuilder::add(nameOf(role), lhs, rhs);
  }
  mlir::Value repeat(DecoderOp role, mlir::Value once, int64_t steps) {
    return NetworkBuilder::repeat(nameOf(role), once, steps);
  }
  /// Joins the time steps of `steps` into a value without time.
  mlir::Value recombine(DecoderOp role, mlir::Value steps, RecombineMode mode);

  std::string nameOf(DecoderOp role) const { return names.op(role, block); }
  mlir::Location at(DecoderOp role) { return NetworkBuilder::at(nameOf(role)); }
  /// Sets the attribute `spike.firing_rate` of the op that yields `value`, if `rate` has a number.
  void setRate(mlir::Value value, std::optional<double> rate);

  const ModelDescription &model;
  const SpikeDecoderConfig &config;
  WeightSource &weights;
  TensorNames names;
  int64_t block = 0; ///< the block whose layers are built

private:
  mlir::ElementsAttr channels(DecoderOp role, Part part, int64_t count, WeightKind kind);
};

// The parts of the model, each defined in the file of its name.

/// Builds the embedding of the token ids: spikes or reals, `[T x] N x D`.
mlir::Value buildEmbedding(SpikeDecoderLayers &layers, mlir::Value tokens);
/// Builds block `layers.block` on the stream before it, and returns the stream after it.
mlir::Value buildBlock(SpikeDecoderLayers &layers, mlir::Value stream);
/// Builds the head on the stream after the last block, and returns logits `N x V`.
mlir::Value buildHead(SpikeDecoderLayers &layers, mlir::Value stream);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_BUILDERS_SPIKEDECODERLAYERS_H
