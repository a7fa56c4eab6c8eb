// Gpt2Fields: the keys of the description of a GPT-2.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/description/DescriptionFields.h"

namespace synfire {

using Model = ModelDescription;

static DescriptionFields makeGpt2Fields() {
#define MEMBER(NAME) [](Model &m) -> auto & { return m.gpt2.NAME; }
  return {
      vocabularyField(MEMBER(vocabulary), "50257"),
      contextField(MEMBER(context), {"n_positions", "n_ctx"}, "1024"),
      {"config",
       "width",
       {"n_embd"},
       FieldInteger{MEMBER(width), 1, 1 << 20},
       std::nullopt,
       "features D of the stream"},
      blocksField(MEMBER(blocks), {"n_layer"}, "decoder blocks"),
      headsField(MEMBER(heads), {"n_head"}),
      mlpExpansionField(MEMBER(mlpExpansion), {}, "4"),
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
  return headsViolation(model.gpt2.heads, model.gpt2.width);
}

double Gpt2Config::parameters() const {
  double columns = double(width);
  return double(vocabulary + context) * columns +
         double(blocks) * double(4 + 2 * mlpExpansion) * columns * columns;
}

} // namespace synfire
