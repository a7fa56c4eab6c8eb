// TensorNames: what each part of a spiking decoder is called, in each scheme.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_TENSORNAMES_H
#define SYNFIRE_DIALECT_IMPORT_TENSORNAMES_H

#include "dialect/import/description/Description.h"

namespace synfire {

/// Every op of a decoder, spiking or not. Roles from BlockStream to MlpAdd occur once
/// per block.
enum class DecoderOp {
  TokenTable,
  TokenCode,
  PositionTable,
  StoredPosition, ///< the binary position code, where a state dict keeps it
  PositionCode,
  EmbedAdd,
  Embed,
  EmbedRepeat,
  EmbedStream,
  BlockStream,
  BlockInLif,
  AttnStream,
  AttnInLif,
  Q,
  QNorm,
  QLif,
  K,
  KNorm,
  KLif,
  V,
  VNorm,
  VLif,
  Ssa,
  Softmax,
  AttLif,
  Proj,
  ProjNorm,
  ResLif,
  ResStream,
  AttnOutLif,
  AttnAdd,
  MlpStream,
  BlockLif,
  MlpInLif,
  Fc1,
  Fc1Norm,
  HiddenLif,
  Gelu,
  Fc2,
  Fc2Norm,
  MlpOutLif,
  MlpAdd,
  HeadStream,
  HeadMean,
  HeadStep,
  HeadLif,
  Recombine,
  HeadFc
};

/// The tensors that an op of some role owns.
enum class Part {
  Weight, ///< of a linear or a table
  Bias,   ///< of a linear
  NormWeight,
  NormBias,
  Mean,
  Variance,
  Phi,
  Threshold,
  Code ///< the whole tensor has the op's name
};

/// Names of one model: of its ops in reports, and of their tensors.
class TensorNames {
public:
  explicit TensorNames(const ModelDescription &model)
      : scheme(model.names), residual(model.decoder.residual), norm(model.decoder.norm),
        spikingMlp(model.decoder.spikingMlp()) {}

  /// "block0.attn.q", or the prefix in the checkpoint of another scheme.
  std::string op(DecoderOp role, int64_t block = 0) const;

  /// "block0.attn.q.weight".
  std::string tensor(DecoderOp role, Part part, int64_t block = 0) const;

  /// Whether a tensor that no op uses is a known leftover of training.
  static bool isLeftover(std::string_view tensor);

private:
  NamingScheme scheme;
  int64_t residual;
  NormKind norm;
  bool spikingMlp;
};

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_TENSORNAMES_H
