// DescriptionFields: the one table of everything a description can say.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/DescriptionFields.h"

namespace synfire {

using Model = ModelDescription;

/// A flag as words; `on` or `off` may be null: that value cannot be built.
static FieldWords flag(void (*on)(Model &), void (*off)(Model &)) {
  return {{"true", {"True"}, on}, {"false", {"False"}, off}};
}
static void accept(Model &) {}

static std::vector<DescriptionField> makeFields() {
  auto words = [](FieldWords list) { return list; };
  auto integer = [](int64_t Model::*member, int64_t min, int64_t max) {
    return FieldInteger{member, min, max};
  };
  return {
      {"",
       "synfire",
       {},
       words({{"model/1", {}, accept}}),
       std::nullopt,
       "kind and version of the file"},
      {"", "name", {}, &Model::name, std::nullopt, "name in reports"},
      {"",
       "architecture",
       {},
       words({{"spikedecoder", {}, accept}}),
       std::nullopt,
       "what the configuration describes"},
      {"",
       "weights",
       {},
       &Model::weights,
       "",
       "safetensors file, relative to this file; `--weights` replaces it"},
      {"",
       "names",
       {},
       words({{"synfire", {}, [](Model &m) { m.names = NamingScheme::Synfire; }},
              {"spikedecoder", {}, [](Model &m) { m.names = NamingScheme::SpikeDecoder; }}}),
       "synfire",
       "naming scheme of the tensors: ours, or the public implementation's state dict"},
      {"text",
       "alphabet",
       {},
       &Model::alphabet,
       "",
       "one distinct character per token id; empty for models without text"},
      {"text",
       "cleaning",
       {},
       words({{"prose", {}, [](Model &m) { m.cleaning = "prose"; }},
              {"none", {}, [](Model &m) { m.cleaning = "none"; }}}),
       "none",
       "rule that text goes through first; `prose`: SpikeDecoder's character rules"},
      {"config",
       "token_code",
       {"encodingType"},
       words({{"learned", {}, accept},
              {"one-hot", {}, nullptr},
              {"two-hot", {}, nullptr},
              {"binary", {}, nullptr}}),
       "learned",
       "how a token becomes spikes; `learned`: a table, then Heaviside"},
      {"config",
       "position_code",
       {"position_encoding_strategy"},
       words({{"learned", {}, [](Model &m) { m.positionCode = PositionCode::Learned; }},
              {"static", {}, [](Model &m) { m.positionCode = PositionCode::Static; }},
              {"linear", {"one-hot"}, nullptr},
              {"binary", {}, nullptr}}),
       "learned",
       "how a position becomes spikes; `static`: a sinusoid, then Heaviside"},
      {"config",
       "token_width",
       {"tok_embed_dim"},
       integer(&Model::tokenWidth, 1, 65536),
       std::nullopt,
       "features of the token code"},
      {"config",
       "position_width",
       {"pos_embed_dim"},
       integer(&Model::positionWidth, 1, 65536),
       std::nullopt,
       "features of the position code"},
      {"config",
       "position_bias",
       {"pos_bias"},
       FieldNumber{&Model::positionBias, -1, 1},
       "0",
       "threshold of the static position code"},
      {"config",
       "combine",
       {"combine_position"},
       words({{"concatenate", {"false", "False"}, accept}, {"sum", {"true", "True"}, nullptr}}),
       "concatenate",
       "how token and position codes are joined, token first"},
      {"config",
       "vocabulary",
       {"vocab_size"},
       integer(&Model::vocabulary, 1, 1 << 24),
       std::nullopt,
       "token ids"},
      {"config",
       "context",
       {"max_len"},
       integer(&Model::context, 1, 1 << 20),
       std::nullopt,
       "most tokens of an input"},
      {"config",
       "time_steps",
       {"timesteps"},
       integer(&Model::timeSteps, 1, 1024),
       std::nullopt,
       "time steps T per token"},
      {"config", "blocks", {}, integer(&Model::blocks, 1, 1024), std::nullopt, "decoder blocks"},
      {"config",
       "heads",
       {},
       integer(&Model::heads, 1, 65536),
       std::nullopt,
       "attention heads; must divide token_width + position_width"},
      {"config",
       "mlp_expansion",
       {},
       integer(&Model::mlpExpansion, 1, 256),
       std::nullopt,
       "hidden features of the MLP per feature"},
      {"config",
       "attention_scale",
       {},
       FieldNumber{&Model::attentionScale, 1e-9, 1e9},
       "0.125",
       "constant factor on the attention's integer result"},
      {"config",
       "norm",
       {"normalization"},
       words({{"batch", {}, [](Model &m) { m.norm = NormKind::Batch; }},
              {"power", {"PowerNorm"}, [](Model &m) { m.norm = NormKind::Power; }},
              {"none", {}, [](Model &m) { m.norm = NormKind::None; }},
              {"layer", {}, nullptr}}),
       std::nullopt,
       "norm after each linear of a block"},
      {"config",
       "residual",
       {"spiking_residuals"},
       integer(&Model::residual, 0, 2),
       "0",
       "variant of the residual stream: 0 real, 1 and 2 spikes"},
      {"config",
       "first_block_lif",
       {"firstBlock_spiking_res"},
       flag([](Model &m) { m.firstBlockLif = true; }, [](Model &m) { m.firstBlockLif = false; }),
       "false",
       "a LIF on the attention output of block 0 (residual 0 and 1)"},
      {"config",
       "recombine",
       {"spike_mode"},
       words({{"mean", {"average"}, [](Model &m) { m.recombine = RecombineMode::Mean; }},
              {"sum", {"accumulate"}, [](Model &m) { m.recombine = RecombineMode::Sum; }},
              {"concatenate", {}, [](Model &m) { m.recombine = RecombineMode::Concatenate; }},
              {"last", {"final"}, [](Model &m) { m.recombine = RecombineMode::Last; }}}),
       "mean",
       "how the head joins the time steps"},
      {"config",
       "learnable_thresholds",
       {"learning_MSLIF"},
       flag([](Model &m) { m.learnableThresholds = true; },
            [](Model &m) { m.learnableThresholds = false; }),
       "false",
       "a threshold per LIF in the weights; else all are 1"},
      {"config",
       "float_reunite",
       {},
       flag(nullptr, accept),
       "false",
       "head: mean over time, then one LIF step"},
      {"config", "spiking_head", {}, flag(accept, nullptr), "true", "a LIF before the head"},
      {"config",
       "width",
       {"embed_dim"},
       integer(&Model::statedWidth, 0, 131072),
       "0",
       "if given: must be token_width + position_width"},
  };
}

const std::vector<DescriptionField> &descriptionFields() {
  static const std::vector<DescriptionField> fields = makeFields();
  return fields;
}

std::string descriptionKeysMarkdown() {
  std::string text = "| key | public name | value | default | meaning |\n|---|---|---|---|---|\n";
  for (const DescriptionField &field : descriptionFields()) {
    std::string value, aliases;
    if (auto *words = std::get_if<FieldWords>(&field.kind)) {
      for (const FieldWord &word : *words) {
        if (!word.set)
          continue;
        value += (value.empty() ? "`" : ", `") + word.word + "`";
        for (const std::string &alias : word.aliases)
          if (alias != "True" && alias != "False")
            value += " (`" + alias + "`)";
      }
    } else if (auto *integer = std::get_if<FieldInteger>(&field.kind)) {
      value =
          "whole number, " + std::to_string(integer->min) + " to " + std::to_string(integer->max);
    } else {
      value = std::holds_alternative<FieldNumber>(field.kind) ? "number" : "text";
    }
    for (const std::string &alias : field.aliases)
      aliases += (aliases.empty() ? "`" : ", `") + alias + "`";
    std::string fallback = !field.defaultValue           ? "required"
                           : field.defaultValue->empty() ? ""
                                                         : "`" + *field.defaultValue + "`";
    text += "| `" + (field.section.empty() ? "" : field.section + ".") + field.key + "` | " +
            aliases + " | " + value + " | " + fallback + " | " + field.help + " |\n";
  }
  return text;
}

} // namespace synfire
