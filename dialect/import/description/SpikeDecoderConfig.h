// SpikeDecoderConfig: the sizes and switches of a SpikeDecoder (arXiv 2606.12287). The switches
// lead from the ordinary decoder to the fully spiking one. SPDX-License-Identifier: Apache-2.0 WITH
// LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_DESCRIPTION_SPIKEDECODERCONFIG_H
#define SYNFIRE_DIALECT_IMPORT_DESCRIPTION_SPIKEDECODERCONFIG_H

#include <cstdint>
#include <optional>

namespace synfire {

/// How a token id becomes spikes. OneHot has one bit for each pair of position and token id, and
/// needs no position code; TwoHot has one bit for each token id. BinaryLeft is the binary code of
/// the public implementation: it begins with the most significant bit that is 1, so that different
/// ids can have the same code.
enum class TokenCode { Learned, OneHot, TwoHot, Binary, BinaryLeft };
enum class PositionCode { Learned, Static, OneHot, Binary, BinaryLeft };
enum class CombineCodes { Concatenate, Sum };
enum class NormKind { Batch, Power, Layer, None };
enum class RecombineMode { Mean, Sum, Concatenate, Last };
/// How much of the decoder spikes. In the order of the paper, each degree makes one more part spike
/// than the degree before. With AttentionOnly, only the attention spikes.
enum class Degree {
  Ann,
  BinaryEmbedding,
  SpikingAttention,
  SpikingMlp,
  SpikingHead,
  AttentionOnly
};

/// Firing rates that a description states, so that operations can be counted without a run. The
/// published energy formulas assume such rates.
struct SpikeDecoderRates {
  std::optional<double> attentionIn, query, key, value;
  std::optional<double> attention; ///< share of the attention scores that are not zero
  std::optional<double> attentionOut, mlpIn, mlpHidden, head;
};

/// The configuration; README.md describes each member by its key.
struct SpikeDecoderConfig {
  TokenCode tokenCode = TokenCode::Learned;
  PositionCode positionCode = PositionCode::Learned;
  CombineCodes combine = CombineCodes::Concatenate;
  int64_t statedTokenWidth = 0, statedPositionWidth = 0, statedWidth = 0; ///< 0: not stated
  double positionBias = 0; ///< threshold from which on a number of the static code is a spike
  int64_t vocabulary = 0, context = 0, timeSteps = 0;
  int64_t blocks = 0, heads = 0, mlpExpansion = 0;
  double attentionScale = 0;
  NormKind norm = NormKind::Batch;
  int64_t residual = 0; ///< residual variant 0, 1 or 2 (RATIONALE.md, "Residual streams")
  bool firstBlockLif = false;
  RecombineMode recombine = RecombineMode::Mean;
  bool meanBeforeLif = false; ///< the published `float_reunite`
  bool learnableThresholds = false;
  Degree degree = Degree::SpikingHead;
  /// Whether the head has neurons, which only degree SpikingHead uses; without them its linear
  /// reads the stream itself.
  bool headLif = true;
  SpikeDecoderRates rates;

  /// The features of the token code, of the position code and of the stream. A code has as many as
  /// it needs; a learned or static table has as many as the description states.
  int64_t tokenWidth() const;
  int64_t positionWidth() const; ///< 0 when the token code includes the position
  int64_t width() const;
  int64_t hiddenWidth() const { return width() * mlpExpansion; }
  bool binaryEmbedding() const { return degree != Degree::Ann && degree != Degree::AttentionOnly; }
  bool spikingAttention() const { return degree >= Degree::SpikingAttention; }
  bool spikingMlp() const { return degree == Degree::SpikingMlp || degree == Degree::SpikingHead; }
  bool spikingHead() const { return degree == Degree::SpikingHead && headLif; }
  /// Whether some values have a time axis. They have when the attention spikes, because it is the
  /// first part with neurons.
  bool hasTime() const { return spikingAttention(); }
  /// The features that the last linear reads.
  int64_t headWidth() const;
  /// The number of parameters in tables and matrices; vectors are not counted. It is a double
  /// because the product of large sizes would overflow an integer.
  double parameters() const;
};

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_DESCRIPTION_SPIKEDECODERCONFIG_H
