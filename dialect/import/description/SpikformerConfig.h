// SpikformerConfig: the sizes of a Spikformer or a Spike-driven Transformer.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_DESCRIPTION_SPIKFORMERCONFIG_H
#define SYNFIRE_DIALECT_IMPORT_DESCRIPTION_SPIKFORMERCONFIG_H

#include <cstdint>

namespace synfire {

/// An image encoder with a convolutional patch embedding: Spikformer (Zhou et al., ICLR 2023) or
/// Spike-driven Transformer (Yao et al., NeurIPS 2023).
struct SpikformerConfig {
  int64_t imageHeight = 0, imageWidth = 0, imageChannels = 0, classes = 0;
  int64_t timeSteps = 0, width = 0, blocks = 0, heads = 0, mlpExpansion = 0;
  int64_t pooledStages = 0; ///< how many of the patch embedding's four convolutions are pooled: the
                            ///< last ones
  double attentionScale = 0, attentionThreshold = 0;

  /// The number of parameters in tables and matrices; vectors are not counted. It is a double
  /// because the product of large sizes would overflow an integer.
  double parameters() const;
};

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_DESCRIPTION_SPIKFORMERCONFIG_H
