// TensorNames: the names of a decoder's ops and tensors in each naming scheme.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_TENSORNAMES_H
#define SYNFIRE_DIALECT_IMPORT_TENSORNAMES_H

#include "dialect/import/description/Description.h"

namespace synfire {

/// The role of an op in a decoder, spiking or not. The roles from BlockStream to MlpAdd occur once
/// in each block.
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

/// The kinds of tensors that an op can own.
enum class Part {
  Weight, ///< the weight of a linear, or a table
  Bias,   ///< the bias of a linear
  NormWeight,
  NormBias,
  Mean,
  Variance,
  Phi,
  Threshold,
  Code ///< a code that the file stores under the op's own name
};

/// The names of one model's ops, which reports use, and of their tensors in the weights file.
class TensorNames {
public:
  explicit TensorNames(const ModelDescription &model)
      : scheme(model.names), residual(model.decoder.residual), norm(model.decoder.norm),
        spikingMlp(model.decoder.spikingMlp()) {}

  /// The name of an op: "block0.attn.q" in our scheme, otherwise the prefix that its tensors have
  /// in a checkpoint of the other scheme.
  std::string op(DecoderOp role, int64_t block = 0) const;

  /// The name of a tensor of an op: "block0.attn.q.weight".
  std::string tensor(DecoderOp role, Part part, int64_t block = 0) const;

  /// Whether `tensor` is one that training leaves in a checkpoint and that no op uses.
  static bool isLeftover(std::string_view tensor);

private:
  NamingScheme scheme;
  int64_t residual;
  NormKind norm;
  bool spikingMlp;
};

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_TENSORNAMES_H
