// SpikeDecoderLayers: the layers of a described decoder, each as an op with its
// tensors and its report name.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_SPIKEDECODERLAYERS_H
#define SYNFIRE_DIALECT_IMPORT_SPIKEDECODERLAYERS_H

#include "dialect/import/TensorNames.h"
#include "dialect/import/WeightSource.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

namespace synfire {

/// Builds op by op at the builder's insertion point. Tensors that are missing or
/// wrong come as shapes, so that only the end needs to ask the weights whether
/// all went well.
struct SpikeDecoderLayers {
  SpikeDecoderLayers(const ModelDescription &model, WeightSource &weights, mlir::OpBuilder builder)
      : model(model), config(model.decoder), weights(weights), names(model), builder(builder) {}

  mlir::Value linear(Role role, mlir::Value input, int64_t outputs);
  /// The norm of the configuration; `input` itself where there is none.
  mlir::Value norm(Role role, mlir::Value input);
  /// LIF neurons, with the firing rate that the description states.
  mlir::Value neuron(Role role, mlir::Value current);
  mlir::Value linearNorm(Role linearRole, Role normRole, mlir::Value input, int64_t outputs);
  mlir::Value linearNormLif(Role linearRole, Role normRole, Role lifRole, mlir::Value input,
                            int64_t outputs);
  mlir::Value inject(Role role, mlir::Value spikes);
  /// real + real, or spike + spike, whose sum 0..2 takes two bits.
  mlir::Value add(Role role, mlir::Value lhs, mlir::Value rhs);
  /// The same at each of `steps` time steps.
  mlir::Value repeat(Role role, mlir::Value once, int64_t steps);
  /// Time steps as one activation.
  mlir::Value recombine(Role role, mlir::Value steps, RecombineMode mode);

  mlir::Location at(Role role) const;
  mlir::RankedTensorType tensorOf(llvm::ArrayRef<int64_t> shape, mlir::Type element) const;
  /// The type of `like` with another element type.
  mlir::RankedTensorType withElement(mlir::Value like, mlir::Type element) const;
  mlir::Type real() { return builder.getF32Type(); }
  mlir::Type spike(unsigned bits = 1);
  /// States a firing rate at the op of a value, where there is one.
  void setRate(mlir::Value value, std::optional<double> rate);

  const ModelDescription &model;
  const SpikeDecoderConfig &config;
  WeightSource &weights;
  TensorNames names;
  mlir::OpBuilder builder;
  int64_t block = 0; ///< whose layers are built

private:
  mlir::ElementsAttr channels(Role role, Part part, int64_t count, WeightKind kind);
};

// The parts of the model, each in the file of its name.

/// Spikes or reals of the tokens, `[T x] N x D`.
mlir::Value buildEmbedding(SpikeDecoderLayers &layers, mlir::Value tokens);
/// The stream after block `layers.block`.
mlir::Value buildBlock(SpikeDecoderLayers &layers, mlir::Value stream);
/// Logits `N x V`.
mlir::Value buildHead(SpikeDecoderLayers &layers, mlir::Value stream);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_SPIKEDECODERLAYERS_H
