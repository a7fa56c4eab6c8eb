// SpikformerFields: the keys of the description of a Spikformer or a Spike-driven Transformer.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/description/DescriptionFields.h"
#include "support/Message.h"

namespace synfire {

using Model = ModelDescription;

static DescriptionFields makeSpikformerFields() {
#define MEMBER(NAME) [](Model &m) -> auto & { return m.vision.NAME; }
  return {
      {"config",
       "image_height",
       {},
       FieldInteger{MEMBER(imageHeight), 4, 4096},
       std::nullopt,
       "rows of pixels; a multiple of 2 to the power of pooled_stages"},
      {"config",
       "image_width",
       {},
       FieldInteger{MEMBER(imageWidth), 4, 4096},
       std::nullopt,
       "pixels per row; as image_height"},
      {"config",
       "image_channels",
       {"in_channels"},
       FieldInteger{MEMBER(imageChannels), 1, 1024},
       "3",
       "numbers per pixel"},
      {"config",
       "classes",
       {"num_classes"},
       FieldInteger{MEMBER(classes), 1, 1 << 24},
       std::nullopt,
       "outputs of the head"},
      timeStepsField(MEMBER(timeSteps), {"T"}, "time steps T"),
      {"config",
       "width",
       {"embed_dims"},
       FieldInteger{MEMBER(width), 8, 1 << 20},
       std::nullopt,
       "features D of a token; a multiple of 8, the patch embedding's first convolution has D / 8"},
      {"config",
       "pooled_stages",
       {},
       FieldInteger{MEMBER(pooledStages), 1, 4},
       "2",
       "how many of the patch embedding's four convolutions end in max pooling by 2, the last "
       "ones; 2 for small images, 4 for ImageNet"},
      blocksField(MEMBER(blocks), {"depths"}, "encoder blocks"),
      headsField(MEMBER(heads), {"num_heads"}),
      mlpExpansionField(MEMBER(mlpExpansion), {"mlp_ratios"}, "4"),
      {"config",
       "attention_scale",
       {},
       FieldNumber{MEMBER(attentionScale), 1e-9, 1e9},
       "0.125",
       "constant factor on the integer result of spiking self-attention (spikformer)"},
      {"config",
       "attention_threshold",
       {},
       FieldNumber{MEMBER(attentionThreshold), 1e-9, 1e9},
       "0.5",
       "threshold of the LIF behind the attention's sums"},
  };
#undef MEMBER
}

const DescriptionFields &spikformerFields() {
  static const DescriptionFields fields = makeSpikformerFields();
  return fields;
}

std::optional<DescriptionViolation> spikformerViolation(const ModelDescription &model) {
  const SpikformerConfig &c = model.vision;
  auto multiple = [](const char *key, int64_t value,
                     int64_t of) -> std::optional<DescriptionViolation> {
    if (value % of == 0)
      return std::nullopt;
    return DescriptionViolation{key, "'" + std::string(key) + "' " +
                                         needsHas(message("a multiple of ", of), value)};
  };
  int64_t patch = int64_t(1) << c.pooledStages;
  for (auto violation :
       {multiple("image_height", c.imageHeight, patch),
        multiple("image_width", c.imageWidth, patch), multiple("width", c.width, 8)})
    if (violation)
      return violation;
  return headsViolation(c.heads, c.width);
}

/// The patch embedding has five convolutions with 3 x 3 kernels, to D/8, D/4, D/2, D and D
/// channels.
double SpikformerConfig::parameters() const {
  double d = double(width);
  double embedding =
      9 * (double(imageChannels) * d / 8 + d * d * (1.0 / 32 + 1.0 / 8 + 1.0 / 2 + 1));
  return embedding + double(blocks) * double(4 + 2 * mlpExpansion) * d * d + double(classes) * d;
}

} // namespace synfire
