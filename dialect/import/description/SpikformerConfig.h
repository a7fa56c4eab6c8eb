// SpikformerConfig: the shape of a Spikformer, or of a Spike-driven Transformer.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_DESCRIPTION_SPIKFORMERCONFIG_H
#define SYNFIRE_DIALECT_IMPORT_DESCRIPTION_SPIKFORMERCONFIG_H

#include <cstdint>

namespace synfire {

/// Image encoder with convolutional patch embedding: Spikformer (Zhou et al.,
/// ICLR 2023), Spike-driven Transformer (Yao et al., NeurIPS 2023).
struct SpikformerConfig {
  int64_t imageHeight = 0, imageWidth = 0, imageChannels = 0, classes = 0;
  int64_t timeSteps = 0, width = 0, blocks = 0, heads = 0, mlpExpansion = 0;
  int64_t pooledStages = 0; ///< of the four convolutions of the patch embedding, the last so many
  double attentionScale = 0, attentionThreshold = 0;

  /// Numbers in tables and matrices; vectors are left out. A double: absurd shapes must not wrap.
  double parameters() const;
};

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_DESCRIPTION_SPIKFORMERCONFIG_H
