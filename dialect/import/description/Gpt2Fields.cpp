// Gpt2Fields: the keys of the description of a GPT-2.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/description/DescriptionFields.h"

namespace synfire {

using Model = ModelDescription;

static DescriptionFields makeGpt2Fields() {
#define MEMBER(NAME) [](Model &m) -> auto & { return m.gpt2.NAME; }
  return {
      {"config",
       "vocabulary",
       {"vocab_size"},
       FieldInteger{MEMBER(vocabulary), 1, 1 << 24},
       "50257",
       "token ids"},
      {"config",
       "context",
       {"n_positions", "n_ctx"},
       FieldInteger{MEMBER(context), 1, 1 << 20},
       "1024",
       "most tokens of an input"},
      {"config",
       "width",
       {"n_embd"},
       FieldInteger{MEMBER(width), 1, 1 << 20},
       std::nullopt,
       "features D of the stream"},
      {"config",
       "blocks",
       {"n_layer"},
       FieldInteger{MEMBER(blocks), 1, 1024},
       std::nullopt,
       "decoder blocks"},
      {"config",
       "heads",
       {"n_head"},
       FieldInteger{MEMBER(heads), 1, 65536},
       std::nullopt,
       "attention heads; must divide the width"},
      {"config",
       "mlp_expansion",
       {},
       FieldInteger{MEMBER(mlpExpansion), 1, 256},
       "4",
       "hidden features of the MLP per feature"},
      {"config",
       "norm_epsilon",
       {"layer_norm_epsilon"},
       FieldNumber{MEMBER(normEpsilon), 1e-12, 1},
       "1e-5",
       "added to the variance in layer norms"},
  };
#undef MEMBER
}

const DescriptionFields &gpt2Fields() {
  static const DescriptionFields fields = makeGpt2Fields();
  return fields;
}

std::optional<DescriptionViolation> gpt2Violation(const ModelDescription &model) {
  const Gpt2Config &c = model.gpt2;
  if (c.width % c.heads != 0)
    return DescriptionViolation{"heads", "'heads' is " + std::to_string(c.heads) +
                                             ", which does not divide the width " +
                                             std::to_string(c.width)};
  return std::nullopt;
}

double Gpt2Config::parameters() const {
  double columns = double(width);
  return double(vocabulary + context) * columns +
         double(blocks) * double(4 + 2 * mlpExpansion) * columns * columns;
}

} // namespace synfire
