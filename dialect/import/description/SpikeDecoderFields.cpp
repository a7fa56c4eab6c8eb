// SpikeDecoderFields: the keys of the description of a SpikeDecoder.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/description/DescriptionFields.h"

namespace synfire {

using Model = ModelDescription;

/// A function that makes an assignment to the configuration: `SET(combine = CombineCodes::Sum)`.
#define SET(ASSIGNMENT) [](Model &m) { m.decoder.ASSIGNMENT; }
/// A function that returns a reference to a member of the configuration.
#define MEMBER(NAME) [](Model &m) -> auto & { return m.decoder.NAME; }

static DescriptionFields makeSpikeDecoderFields() {
  FieldWords tokenCodes = {{"learned", {}, SET(tokenCode = TokenCode::Learned)},
                           {"one-hot", {}, SET(tokenCode = TokenCode::OneHot)},
                           {"two-hot", {}, SET(tokenCode = TokenCode::TwoHot)},
                           {"binary", {}, SET(tokenCode = TokenCode::Binary)},
                           {"binary-left", {"binary"}, SET(tokenCode = TokenCode::BinaryLeft)}};
  FieldWords positionCodes = {
      {"learned", {}, SET(positionCode = PositionCode::Learned)},
      {"static", {}, SET(positionCode = PositionCode::Static)},
      {"one-hot", {"linear"}, SET(positionCode = PositionCode::OneHot)},
      {"binary", {}, SET(positionCode = PositionCode::Binary)},
      {"binary-left", {"binary"}, SET(positionCode = PositionCode::BinaryLeft)}};
  FieldWords combinations = {
      {"concatenate", {"false", "False"}, SET(combine = CombineCodes::Concatenate)},
      {"sum", {"true", "True"}, SET(combine = CombineCodes::Sum)}};
  FieldWords norms = {{"batch", {}, SET(norm = NormKind::Batch)},
                      {"power", {"PowerNorm"}, SET(norm = NormKind::Power)},
                      {"layer", {}, SET(norm = NormKind::Layer)},
                      {"none", {}, SET(norm = NormKind::None)}};
  FieldWords recombinations = {{"mean", {"average"}, SET(recombine = RecombineMode::Mean)},
                               {"sum", {"accumulate"}, SET(recombine = RecombineMode::Sum)},
                               {"concatenate", {}, SET(recombine = RecombineMode::Concatenate)},
                               {"last", {"final"}, SET(recombine = RecombineMode::Last)}};
  FieldWords degrees = {{"0", {"ann"}, SET(degree = Degree::Ann)},
                        {"1", {}, SET(degree = Degree::BinaryEmbedding)},
                        {"2", {"performance"}, SET(degree = Degree::SpikingAttention)},
                        {"3", {}, SET(degree = Degree::SpikingMlp)},
                        {"4", {"spiking"}, SET(degree = Degree::SpikingHead)},
                        {"attention-only", {}, SET(degree = Degree::AttentionOnly)}};
  auto on = flagWords;
  return {
      {"config",
       "degree",
       {},
       degrees,
       "4",
       "step of the published ladder: 0 the ordinary decoder, 1 with binary embedding, 2 and "
       "spiking attention, 3 and spiking MLP, 4 and spiking head; attention-only: nothing else "
       "spikes"},
      {"config",
       "token_code",
       {"encodingType"},
       tokenCodes,
       "learned",
       "how a token becomes spikes; `learned`: a table, then Heaviside; `one-hot`: over position "
       "and token; `two-hot`: over tokens; `binary-left`: the published binary code, whose bits "
       "are left-justified (codes collide): what `binary` means under the public names"},
      {"config",
       "position_code",
       {"position_encoding_strategy"},
       positionCodes,
       "learned",
       "how a position becomes spikes; `static`: a sinusoid, then Heaviside"},
      {"config",
       "token_width",
       {"tok_embed_dim"},
       FieldInteger{MEMBER(statedTokenWidth), 0, 65536},
       "0",
       "features of the token code; required for `learned`, else it follows from the code"},
      {"config",
       "position_width",
       {"pos_embed_dim"},
       FieldInteger{MEMBER(statedPositionWidth), 0, 65536},
       "0",
       "features of the position code; required for `learned` and `static` beside a token code"},
      {"config",
       "position_bias",
       {"pos_bias"},
       FieldNumber{MEMBER(positionBias), -1, 1},
       "0",
       "threshold of the static position code"},
      {"config",
       "combine",
       {"combine_position"},
       combinations,
       "concatenate",
       "how token and position codes are joined, token first; `sum`: tables of one width are "
       "added, "
       "then binarised"},
      vocabularyField(MEMBER(vocabulary), std::nullopt),
      contextField(MEMBER(context), {"max_len"}, std::nullopt),
      timeStepsField(MEMBER(timeSteps), {"timesteps"}, "time steps T per token"),
      blocksField(MEMBER(blocks), {}, "decoder blocks"),
      headsField(MEMBER(heads), {}),
      mlpExpansionField(MEMBER(mlpExpansion), {}, "16"),
      {"config",
       "attention_scale",
       {},
       FieldNumber{MEMBER(attentionScale), 1e-9, 1e9},
       "0.125",
       "constant factor on the spiking attention's integer result"},
      {"config",
       "norm",
       {"normalization"},
       norms,
       std::nullopt,
       "norm after each linear of a block"},
      {"config",
       "residual",
       {"spiking_residuals"},
       FieldInteger{MEMBER(residual), 0, 2},
       "0",
       "variant of the residual stream: 0 real, 1 and 2 spikes"},
      {"config",
       "first_block_lif",
       {"firstBlock_spiking_res"},
       on(SET(firstBlockLif = true), SET(firstBlockLif = false)),
       "false",
       "a LIF on the attention output of block 0 (residual 0 and 1)"},
      {"config",
       "recombine",
       {"spike_mode"},
       recombinations,
       "mean",
       "how the head joins the time steps"},
      {"config",
       "learnable_thresholds",
       {"learning_MSLIF"},
       on(SET(learnableThresholds = true), SET(learnableThresholds = false)),
       "false",
       "a threshold per LIF in the weights; else all are 1"},
      {"config",
       "float_reunite",
       {},
       on(SET(meanBeforeLif = true), SET(meanBeforeLif = false)),
       "false",
       "head: mean of the stream over time, then one LIF step"},
      {"config",
       "spiking_head",
       {},
       on(SET(headLif = true), SET(headLif = false)),
       "true",
       "a LIF before the head; false with degree 4 is degree 3"},
      {"config",
       "width",
       {"embed_dim"},
       FieldInteger{MEMBER(statedWidth), 0, 1 << 26},
       "0",
       "if given: must be the width that follows from the codes"},
      {"rates",
       "attention_in",
       {},
       FieldRate{MEMBER(rates.attentionIn)},
       {},
       "LIF on a block's input"},
      {"rates", "query", {"q"}, FieldRate{MEMBER(rates.query)}, {}, "LIF of the queries"},
      {"rates", "key", {"k"}, FieldRate{MEMBER(rates.key)}, {}, "LIF of the keys"},
      {"rates", "value", {"v"}, FieldRate{MEMBER(rates.value)}, {}, "LIF of the values"},
      {"rates",
       "attention",
       {},
       FieldRate{MEMBER(rates.attention)},
       {},
       "share of the attention scores that are not zero"},
      {"rates",
       "attention_out",
       {},
       FieldRate{MEMBER(rates.attentionOut)},
       {},
       "LIF on the attention's result"},
      {"rates", "mlp_in", {}, FieldRate{MEMBER(rates.mlpIn)}, {}, "LIF before the MLP"},
      {"rates", "mlp_hidden", {}, FieldRate{MEMBER(rates.mlpHidden)}, {}, "LIF inside the MLP"},
      {"rates", "head", {}, FieldRate{MEMBER(rates.head)}, {}, "LIF before the head"},
  };
}
#undef SET
#undef MEMBER

const DescriptionFields &spikeDecoderFields() {
  static const DescriptionFields fields = makeSpikeDecoderFields();
  return fields;
}

} // namespace synfire
