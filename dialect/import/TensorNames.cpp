// TensorNames: the names of a decoder's ops and tensors in each naming scheme.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/TensorNames.h"

#include <iterator>

namespace synfire {
namespace {

/// The names of a role in each scheme; `#` stands for the number of the block. `published` is the
/// name in the state dict of the public SpikeDecoder implementation, or, where that has none, one
/// that we made up in its style. `spikes` replaces it with residual variants 1 and 2, and `ann` in
/// an MLP that does not spike, when they are set.
struct RoleNames {
  DecoderOp role;
  const char *synfire, *published, *spikes = nullptr, *ann = nullptr;
};

constexpr RoleNames kRoles[] = {
    {DecoderOp::TokenTable, "embed.token", "embedder.tok_embed"},
    {DecoderOp::TokenCode, "embed.token_code", "embedder.tok_code"},
    {DecoderOp::PositionTable, "embed.position", "embedder.pos_table"},
    {DecoderOp::StoredPosition, "embed.position", "embedder.pos_code"},
    {DecoderOp::PositionCode, "embed.position_code", "embedder.pos_binary"},
    {DecoderOp::EmbedAdd, "embed.add", "embedding.add"},
    {DecoderOp::Embed, "embed", "embedding"},
    {DecoderOp::EmbedRepeat, "embed.repeat", "embedding.repeat"},
    {DecoderOp::EmbedStream, "embed.stream", "embedding.stream"},
    {DecoderOp::BlockStream, "block#.stream", "blocks.#.stream"},
    {DecoderOp::BlockInLif, "block#.in_lif", "blocks.#.SMHA_LIF"},
    {DecoderOp::AttnStream, "block#.attn.stream", "blocks.#.SMHA.stream"},
    {DecoderOp::AttnInLif, "block#.attn.in_lif", "blocks.#.SMHA.input_LIF"},
    {DecoderOp::Q, "block#.attn.q", "blocks.#.SMHA.query_L"},
    {DecoderOp::QNorm, "block#.attn.q_norm", "blocks.#.SMHA.query_Norm"},
    {DecoderOp::QLif, "block#.attn.q_lif", "blocks.#.SMHA.query_LIF"},
    {DecoderOp::K, "block#.attn.k", "blocks.#.SMHA.key_L"},
    {DecoderOp::KNorm, "block#.attn.k_norm", "blocks.#.SMHA.key_Norm"},
    {DecoderOp::KLif, "block#.attn.k_lif", "blocks.#.SMHA.key_LIF"},
    {DecoderOp::V, "block#.attn.v", "blocks.#.SMHA.value_L"},
    {DecoderOp::VNorm, "block#.attn.v_norm", "blocks.#.SMHA.value_Norm"},
    {DecoderOp::VLif, "block#.attn.v_lif", "blocks.#.SMHA.value_LIF"},
    {DecoderOp::Ssa, "block#.attn.ssa", "blocks.#.SMHA.ssa"},
    {DecoderOp::Softmax, "block#.attn.softmax", "blocks.#.SMHA.softmax"},
    {DecoderOp::AttLif, "block#.attn.att_lif", "blocks.#.SMHA.att_LIF"},
    {DecoderOp::Proj, "block#.attn.proj", "blocks.#.SMHA.proj_L"},
    {DecoderOp::ProjNorm, "block#.attn.proj_norm", "blocks.#.SMHA.proj_Norm"},
    {DecoderOp::ResLif, "block#.attn.res_lif", "blocks.#.resLIF"},
    {DecoderOp::ResStream, "block#.attn.res_stream", "blocks.#.res_stream"},
    {DecoderOp::AttnOutLif, "block#.attn.out_lif", "blocks.#.SMHA.output_LIF"},
    {DecoderOp::AttnAdd, "block#.attn.add", "blocks.#.SMHA.add"},
    {DecoderOp::MlpStream, "block#.mlp.stream", "blocks.#.MLP.stream"},
    {DecoderOp::BlockLif, "block#.lif", "blocks.#.blockLIF"},
    {DecoderOp::MlpInLif, "block#.mlp.in_lif", "blocks.#.MLP.net.0"},
    {DecoderOp::Fc1, "block#.mlp.fc1", "blocks.#.MLP.net.2", "blocks.#.MLP.net.1",
     "blocks.#.MLP.fc1"},
    {DecoderOp::Fc1Norm, "block#.mlp.fc1_norm", "blocks.#.MLP.net.3", "blocks.#.MLP.net.2"},
    {DecoderOp::HiddenLif, "block#.mlp.hidden_lif", "blocks.#.MLP.net.5", "blocks.#.MLP.net.4"},
    {DecoderOp::Gelu, "block#.mlp.gelu", "blocks.#.MLP.gelu"},
    {DecoderOp::Fc2, "block#.mlp.fc2", "blocks.#.MLP.net.7", "blocks.#.MLP.net.6",
     "blocks.#.MLP.fc2"},
    {DecoderOp::Fc2Norm, "block#.mlp.fc2_norm", "blocks.#.MLP.net.8", "blocks.#.MLP.net.7"},
    {DecoderOp::MlpOutLif, "block#.mlp.out_lif", "blocks.#.MLP.net.9"},
    {DecoderOp::MlpAdd, "block#.mlp.add", "blocks.#.MLP.add"},
    {DecoderOp::HeadStream, "head.stream", "Head.stream"},
    {DecoderOp::HeadMean, "head.mean", "Head.mean"},
    {DecoderOp::HeadStep, "head.step", "Head.step"},
    {DecoderOp::HeadLif, "head.lif", "Head.gen_LIF"},
    {DecoderOp::Recombine, "head.recombine", "Head.recombine"},
    {DecoderOp::HeadFc, "head.fc", "Head.gen_FC"},
};
static_assert([] {
  for (size_t i = 0; i < std::size(kRoles); ++i)
    if (kRoles[i].role != DecoderOp(i))
      return false;
  return std::size(kRoles) == size_t(DecoderOp::HeadFc) + 1;
}());

/// What follows the op's name in the name of a tensor, in each scheme. In the public
/// implementation, a BatchNorm lies inside a sequence of two modules, so that the names of its
/// tensors (`published`) differ from those of PowerNorm and LayerNorm (`direct`).
struct PartNames {
  Part part;
  const char *synfire, *published, *direct = nullptr;
};

constexpr PartNames kParts[] = {
    {Part::Weight, ".weight", ".weight"},
    {Part::Bias, ".bias", ".bias"},
    {Part::NormWeight, ".weight", ".1.weight", ".weight"},
    {Part::NormBias, ".bias", ".1.bias", ".bias"},
    {Part::Mean, ".running_mean", ".1.running_mean"},
    {Part::Variance, ".running_var", ".1.running_var"},
    {Part::Phi, ".running_phi", ".running_phi"},
    {Part::Threshold, ".threshold", ".v_threshold"},
    {Part::Code, "", ""},
};
static_assert(std::size(kParts) == size_t(Part::Code) + 1);

} // namespace

std::string TensorNames::op(DecoderOp role, int64_t block) const {
  const RoleNames &names = kRoles[size_t(role)];
  std::string name = scheme == NamingScheme::Synfire           ? names.synfire
                     : !spikingMlp && names.ann != nullptr     ? names.ann
                     : residual > 0 && names.spikes != nullptr ? names.spikes
                                                               : names.published;
  if (size_t at = name.find('#'); at != std::string::npos)
    name.replace(at, 1, std::to_string(block));
  return name;
}

std::string TensorNames::tensor(DecoderOp role, Part part, int64_t block) const {
  const PartNames &names = kParts[size_t(part)];
  const char *published =
      norm != NormKind::Batch && names.direct != nullptr ? names.direct : names.published;
  return op(role, block) + (scheme == NamingScheme::Synfire ? names.synfire : published);
}

bool TensorNames::isLeftover(std::string_view tensor) {
  for (std::string_view ending :
       {".num_batches_tracked", ".proj_LIF.v_threshold", ".ema_gz", ".iters"})
    if (tensor.ends_with(ending))
      return true;
  return false;
}

} // namespace synfire
