// SpikeDecoderConfig: the switches of a SpikeDecoder (arXiv 2606.12287), from the
// spiking decoder down to the ordinary one.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_DESCRIPTION_SPIKEDECODERCONFIG_H
#define SYNFIRE_DIALECT_IMPORT_DESCRIPTION_SPIKEDECODERCONFIG_H

#include <cstdint>
#include <optional>

namespace synfire {

/// OneHot is one-hot over (position, token) and needs no position code; TwoHot
/// is one-hot over tokens. BinaryLeft is the published binary code, whose bits
/// are left-justified so that codes collide.
enum class TokenCode { Learned, OneHot, TwoHot, Binary, BinaryLeft };
enum class PositionCode { Learned, Static, OneHot, Binary, BinaryLeft };
enum class CombineCodes { Concatenate, Sum };
enum class NormKind { Batch, Power, Layer, None };
enum class RecombineMode { Mean, Sum, Concatenate, Last };
/// Steps of the published ladder from the ordinary decoder to the spiking one;
/// each adds to the one before. AttentionOnly: nothing else spikes.
enum class Degree {
  Ann,
  BinaryEmbedding,
  SpikingAttention,
  SpikingMlp,
  SpikingHead,
  AttentionOnly
};

/// Firing rates that a description states, for counts without a run (the
/// published energy formulas' defaults are of this kind).
struct SpikeDecoderRates {
  std::optional<double> attentionIn, query, key, value;
  std::optional<double> attention; ///< share of the scores that are not zero
  std::optional<double> attentionOut, mlpIn, mlpHidden, head;
};

struct SpikeDecoderConfig {
  TokenCode tokenCode = TokenCode::Learned;
  PositionCode positionCode = PositionCode::Learned;
  CombineCodes combine = CombineCodes::Concatenate;
  int64_t statedTokenWidth = 0, statedPositionWidth = 0, statedWidth = 0; ///< 0: not stated
  double positionBias = 0; ///< threshold of the static code
  int64_t vocabulary = 0, context = 0, timeSteps = 0;
  int64_t blocks = 0, heads = 0, mlpExpansion = 0;
  double attentionScale = 0;
  NormKind norm = NormKind::Batch;
  int64_t residual = 0; ///< variant 0, 1 or 2 (RATIONALE.md, "Residual streams")
  bool firstBlockLif = false;
  RecombineMode recombine = RecombineMode::Mean;
  bool meanBeforeLif = false; ///< published: float_reunite
  bool learnableThresholds = false;
  Degree degree = Degree::SpikingHead;
  bool headLif = true; ///< false with degree 4: its head reads the stream as it is
  SpikeDecoderRates rates;

  /// Features of the codes: what they need, or for tables what is stated.
  int64_t tokenWidth() const;
  int64_t positionWidth() const; ///< 0 where the token code holds the position
  int64_t width() const;
  int64_t hiddenWidth() const { return width() * mlpExpansion; }
  bool binaryEmbedding() const { return degree != Degree::Ann && degree != Degree::AttentionOnly; }
  bool spikingAttention() const { return degree >= Degree::SpikingAttention; }
  bool spikingMlp() const { return degree == Degree::SpikingMlp || degree == Degree::SpikingHead; }
  bool spikingHead() const { return degree == Degree::SpikingHead && headLif; }
  /// Whether values have a time axis anywhere: attention is the first to spike.
  bool hasTime() const { return spikingAttention(); }
  /// Features that the last linear reads.
  int64_t headWidth() const;
  /// Numbers in tables and matrices; vectors are left out. A double: absurd shapes must not wrap.
  double parameters() const;
};

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_DESCRIPTION_SPIKEDECODERCONFIG_H
