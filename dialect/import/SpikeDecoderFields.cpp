// SpikeDecoderFields: what the description of a SpikeDecoder can say.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/DescriptionFields.h"

namespace synfire {

using Model = ModelDescription;

/// A switch of the configuration: `SET(spikingMlp = true)`.
#define SET(ASSIGNMENT) [](Model &m) { m.decoder.ASSIGNMENT; }
/// A member of the configuration.
#define MEMBER(NAME) [](Model &m) -> auto & { return m.decoder.NAME; }

/// What the steps of the published ladder spike: embedding, attention, MLP, head.
static void setDegree(Model &m, bool embedding, bool attention, bool mlp, bool head) {
  m.decoder.binaryEmbedding = embedding;
  m.decoder.spikingAttention = attention;
  m.decoder.spikingMlp = mlp;
  m.decoder.spikingHead = head;
}

static DescriptionFields makeFields() {
  FieldWords tokenCodes = {{"learned", {}, SET(tokenCode = TokenCode::Learned)},
                           {"one-hot", {}, SET(tokenCode = TokenCode::OneHot)},
                           {"two-hot", {}, SET(tokenCode = TokenCode::TwoHot)},
                           {"binary", {}, SET(tokenCode = TokenCode::Binary)},
                           {"binary-left", {}, SET(tokenCode = TokenCode::BinaryLeft)}};
  FieldWords positionCodes = {{"learned", {}, SET(positionCode = PositionCode::Learned)},
                              {"static", {}, SET(positionCode = PositionCode::Static)},
                              {"one-hot", {"linear"}, SET(positionCode = PositionCode::OneHot)},
                              {"binary", {}, SET(positionCode = PositionCode::Binary)},
                              {"binary-left", {}, SET(positionCode = PositionCode::BinaryLeft)}};
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
  FieldWords degrees = {
      {"0", {"ann"}, [](Model &m) { setDegree(m, false, false, false, false); }},
      {"1", {}, [](Model &m) { setDegree(m, true, false, false, false); }},
      {"2", {"performance"}, [](Model &m) { setDegree(m, true, true, false, false); }},
      {"3", {}, [](Model &m) { setDegree(m, true, true, true, false); }},
      {"4", {"spiking"}, [](Model &m) { setDegree(m, true, true, true, true); }},
      {"attention-only", {}, [](Model &m) { setDegree(m, false, true, false, false); }}};
  auto on = flagWords;
  return {
      {"config",
       "degree",
       {},
       degrees,
       "4",
       "step of the published ladder: 0 the ordinary decoder, 1 with binary embedding, 2 and "
       "spiking "
       "attention, 3 and spiking MLP, 4 and spiking head; attention-only: nothing else spikes"},
      {"config",
       "token_code",
       {"encodingType"},
       tokenCodes,
       "learned",
       "how a token becomes spikes; `learned`: a table, then Heaviside; `one-hot`: over position "
       "and "
       "token; `two-hot`: over tokens; `binary-left`: the published code, whose bits are "
       "left-justified"},
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
      {"config",
       "vocabulary",
       {"vocab_size"},
       FieldInteger{MEMBER(vocabulary), 1, 1 << 24},
       std::nullopt,
       "token ids"},
      {"config",
       "context",
       {"max_len"},
       FieldInteger{MEMBER(context), 1, 1 << 20},
       std::nullopt,
       "most tokens of an input"},
      {"config",
       "time_steps",
       {"timesteps"},
       FieldInteger{MEMBER(timeSteps), 1, 1024},
       "4",
       "time steps T per token"},
      {"config",
       "blocks",
       {},
       FieldInteger{MEMBER(blocks), 1, 1024},
       std::nullopt,
       "decoder blocks"},
      {"config",
       "heads",
       {},
       FieldInteger{MEMBER(heads), 1, 65536},
       std::nullopt,
       "attention heads; must divide the width"},
      {"config",
       "mlp_expansion",
       {},
       FieldInteger{MEMBER(mlpExpansion), 1, 256},
       "16",
       "hidden features of the MLP per feature"},
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
       on(SET(spikingHead = true), SET(spikingHead = false)),
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
  static const DescriptionFields fields = makeFields();
  return fields;
}

using Violation = std::optional<DescriptionViolation>;

static std::string count(int64_t number) { return std::to_string(number); }

/// A width that is stated must be the one that follows.
static Violation checkWidth(const char *key, int64_t stated, int64_t actual, const char *reason) {
  if (stated == 0 || stated == actual)
    return std::nullopt;
  return DescriptionViolation{key, "'" + std::string(key) + "' is " + count(stated) + ", but " +
                                       reason + " is " + count(actual)};
}

static Violation checkCodes(const SpikeDecoderConfig &c) {
  bool positionIsTable =
      c.positionCode == PositionCode::Learned || c.positionCode == PositionCode::Static;
  bool sum = c.combine == CombineCodes::Sum;
  // A code of more features than any table may have would overflow below.
  constexpr int64_t kWidest = int64_t(1) << 26;
  if (c.tokenCode == TokenCode::OneHot && c.vocabulary > kWidest / c.context)
    return DescriptionViolation{"token_code",
                                "'token_code' is one-hot over " + count(c.vocabulary) +
                                    " tokens times " + count(c.context) + " positions, at most " +
                                    count(kWidest) + " features; use two-hot or binary"};
  if (c.tokenCode == TokenCode::Learned && c.statedTokenWidth == 0)
    return DescriptionViolation{"token_width",
                                "'token_width' is missing, the learned token code needs it"};
  if (sum && (c.tokenCode != TokenCode::Learned || !positionIsTable))
    return DescriptionViolation{"combine",
                                "'combine' is sum, which needs a learned token code and a learned "
                                "or static position code; others can only be concatenated"};
  if (!sum && positionIsTable && c.tokenCode != TokenCode::OneHot && c.statedPositionWidth == 0)
    return DescriptionViolation{
        "position_width",
        "'position_width' is missing, a learned or static position code needs it"};
  if (!c.binaryEmbedding && !(c.tokenCode == TokenCode::Learned && positionIsTable))
    return DescriptionViolation{"token_code",
                                "a real-valued embedding (degree 0 or attention-only) needs a "
                                "learned token code and a learned or static position code"};
  if (auto violation =
          checkWidth("token_width", c.statedTokenWidth, c.tokenWidth(), "the token code's width"))
    return violation;
  if (auto violation = checkWidth("position_width", c.statedPositionWidth, c.positionWidth(),
                                  "the position code's width"))
    return violation;
  return checkWidth("width", c.statedWidth, c.width(), "the width that follows from the codes");
}

Violation spikeDecoderViolation(const ModelDescription &model) {
  const SpikeDecoderConfig &c = model.decoder;
  if (auto violation = checkCodes(c))
    return violation;
  if (c.width() % c.heads != 0)
    return DescriptionViolation{"heads", "'heads' is " + count(c.heads) +
                                             ", which does not divide the width " +
                                             count(c.width())};
  if (c.firstBlockLif && c.residual == 2)
    return DescriptionViolation{"first_block_lif",
                                "'first_block_lif' is not supported with residual 2, whose "
                                "attention outputs all have a LIF; supported with residual 0 or 1"};
  if (c.residual != 0 && !(c.spikingAttention && c.spikingMlp && c.binaryEmbedding))
    return DescriptionViolation{"residual", "'residual' is " + count(c.residual) +
                                                ", a stream of spikes, which needs spiking "
                                                "embedding, attention and MLP (degree 3 or 4)"};
  if (c.firstBlockLif && !c.spikingAttention)
    return DescriptionViolation{"first_block_lif",
                                "'first_block_lif' needs spiking attention (degree 2 to 4)"};
  if (c.meanBeforeLif && !c.spikingHead)
    return DescriptionViolation{"float_reunite", "'float_reunite' needs a spiking head (degree 4)"};
  if (c.spikingMlp && !c.spikingAttention)
    return DescriptionViolation{"degree", "a spiking MLP needs spiking attention before it"};
  // A computed table is held in memory: 1 GiB at most.
  constexpr int64_t kMostComputed = int64_t(1) << 28;
  int64_t codes = c.context * c.positionWidth();
  if (c.positionCode == PositionCode::Static && codes > kMostComputed)
    return DescriptionViolation{"context", "'context' times 'position_width' is " + count(codes) +
                                               " numbers of a static position code, at most " +
                                               count(kMostComputed)};
  return std::nullopt;
}

} // namespace synfire
