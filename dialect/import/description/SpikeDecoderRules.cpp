// SpikeDecoderRules: the rules between keys of the description of a SpikeDecoder.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/description/DescriptionFields.h"
#include "support/Message.h"

namespace synfire {

using Violation = std::optional<DescriptionViolation>;

static std::string count(int64_t number) { return std::to_string(number); }

static bool isTable(PositionCode code) {
  return code == PositionCode::Learned || code == PositionCode::Static;
}

/// A width that the description states must equal the one that follows from other keys.
static Violation checkWidth(const char *key, int64_t stated, int64_t actual, const char *reason) {
  if (stated == 0 || stated == actual)
    return std::nullopt;
  return DescriptionViolation{key, "'" + std::string(key) + "' " +
                                       needsHas(message(actual, ", ", reason), stated)};
}

static Violation checkCodes(const SpikeDecoderConfig &c) {
  bool sum = c.combine == CombineCodes::Sum;
  bool tables = c.tokenCode == TokenCode::Learned && isTable(c.positionCode);
  // With more features than this, the products below would overflow.
  constexpr int64_t kWidest = int64_t(1) << 26;
  if (c.tokenCode == TokenCode::OneHot && c.vocabulary > kWidest / c.context)
    return DescriptionViolation{"token_code",
                                "'token_code' " +
                                    needsHas(message("at most ", kWidest, " features"),
                                             message("one-hot over ", c.vocabulary,
                                                     " tokens times ", c.context, " positions")) +
                                    "; use two-hot or binary"};
  if (c.tokenCode == TokenCode::Learned && c.statedTokenWidth == 0)
    return DescriptionViolation{"token_width",
                                "'token_width' is missing, the learned token code needs it"};
  if (sum && !tables)
    return DescriptionViolation{"combine",
                                "'combine' is sum, which needs a learned token code and a learned "
                                "or static position code; others can only be concatenated"};
  if (!sum && isTable(c.positionCode) && c.tokenCode != TokenCode::OneHot &&
      c.statedPositionWidth == 0)
    return DescriptionViolation{
        "position_width",
        "'position_width' is missing, a learned or static position code needs it"};
  if (!c.binaryEmbedding() && !tables)
    return DescriptionViolation{"token_code",
                                "a real-valued embedding (degree 0 or attention-only) needs a "
                                "learned token code and a learned or static position code"};
  if (c.positionBias != 0 &&
      (c.positionCode != PositionCode::Static || c.positionWidth() == 0 || !c.binaryEmbedding()))
    return DescriptionViolation{"position_bias",
                                "'position_bias' is the threshold of a static position code; "
                                "without one that is binarised leave the key out"};
  if (auto violation =
          checkWidth("token_width", c.statedTokenWidth, c.tokenWidth(), "the token code's width"))
    return violation;
  if (auto violation = checkWidth("position_width", c.statedPositionWidth, c.positionWidth(),
                                  "the position code's width"))
    return violation;
  return checkWidth("width", c.statedWidth, c.width(), "the width that follows from the codes");
}

/// Refuses matrices that the dialect would refuse, and computed tables that would fill the memory.
/// Widths are below 2^27 here, so the products fit 64 bits.
static Violation checkSizes(const SpikeDecoderConfig &c) {
  constexpr int64_t kMostNumbers = int64_t(1) << 40, kMostComputed = int64_t(1) << 24;
  const char *widest = c.tokenCode == TokenCode::OneHot ? "token_code" : "token_width";
  if (int64_t numbers = c.hiddenWidth() * c.width(); numbers > kMostNumbers)
    return DescriptionViolation{
        widest, "a matrix of the MLP, " + count(c.width()) + " x " + count(c.hiddenWidth()) + ", " +
                    needsHas(message("at most ", kMostNumbers, " numbers"), numbers) +
                    "; use narrower codes or a smaller 'mlp_expansion'"};
  if (int64_t numbers = c.headWidth() * c.vocabulary; numbers > kMostNumbers)
    return DescriptionViolation{
        "vocabulary", "the matrix of the head, " + count(c.headWidth()) + " features x " +
                          count(c.vocabulary) + " ids, " +
                          needsHas(message("at most ", kMostNumbers, " numbers"), numbers)};
  // A static position code is computed and held in memory.
  int64_t numbers = c.context * c.positionWidth();
  if (c.positionCode == PositionCode::Static && numbers > kMostComputed)
    return DescriptionViolation{
        "context", "a static position code, 'context' times 'position_width', " +
                       needsHas(message("at most ", kMostComputed, " numbers"), numbers)};
  return std::nullopt;
}

/// A key about a part that does not spike at the model's degree must not be set.
static Violation checkDegree(const ModelDescription &model) {
  const SpikeDecoderConfig &c = model.decoder;
  if (model.gives("spiking_head") && c.headLif && c.degree != Degree::SpikingHead)
    return DescriptionViolation{"spiking_head",
                                "'spiking_head' is true, but only degree 4 has a spiking head"};
  if (c.residual != 0 && !c.spikingMlp())
    return DescriptionViolation{"residual", "'residual' is " + count(c.residual) +
                                                ", a stream of spikes, which needs spiking "
                                                "embedding, attention and MLP (degree 3 or 4)"};
  if (c.firstBlockLif && !c.spikingAttention())
    return DescriptionViolation{"first_block_lif",
                                "'first_block_lif' needs spiking attention (degree 2 to 4)"};
  if (c.firstBlockLif && c.residual == 2)
    return DescriptionViolation{"first_block_lif",
                                "'first_block_lif' is not supported with residual 2, whose "
                                "attention outputs all have a LIF; supported with residual 0 or 1"};
  if (c.meanBeforeLif && !c.spikingHead())
    return DescriptionViolation{"float_reunite", "'float_reunite' needs a spiking head (degree 4)"};
  if (c.recombine != RecombineMode::Mean && !c.hasTime())
    return DescriptionViolation{"recombine", "'recombine' joins time steps, but degrees 0 and 1 "
                                             "have none; leave the key out"};
  return std::nullopt;
}

Violation spikeDecoderViolation(const ModelDescription &model) {
  const SpikeDecoderConfig &c = model.decoder;
  if (auto violation = checkCodes(c))
    return violation;
  if (c.width() % c.heads != 0)
    return DescriptionViolation{"heads", "'heads' is " + count(c.heads) +
                                             ", which does not divide the width " +
                                             count(c.width())};
  if (auto violation = checkSizes(c))
    return violation;
  return checkDegree(model);
}

} // namespace synfire
