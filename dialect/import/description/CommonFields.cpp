// CommonFields: the keys of every description, and rows that several architectures have.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/description/DescriptionFields.h"

namespace synfire {

using Model = ModelDescription;

FieldWords flagWords(void (*on)(Model &), void (*off)(Model &)) {
  return {{"true", {"True"}, on}, {"false", {"False"}, off}};
}

static void accept(Model &) {}

static DescriptionFields makeCommonFields() {
  FieldWords version = {{"model/1", {}, accept}};
  FieldWords architectures = {
      {"spikedecoder", {}, [](Model &m) { m.architecture = Architecture::SpikeDecoder; }},
      {"gpt2", {}, [](Model &m) { m.architecture = Architecture::Gpt2; }},
      {"spikformer", {}, [](Model &m) { m.architecture = Architecture::Spikformer; }},
      {"spike-driven-transformer", {}, [](Model &m) {
         m.architecture = Architecture::SpikeDrivenTransformer;
       }}};
  FieldWords schemes = {
      {"synfire", {}, [](Model &m) { m.names = NamingScheme::Synfire; }},
      {"spikedecoder", {}, [](Model &m) { m.names = NamingScheme::SpikeDecoder; }}};
  FieldWords cleanings = {{"prose", {}, [](Model &m) { m.cleaning = "prose"; }},
                          {"words", {}, [](Model &m) { m.cleaning = "words"; }},
                          {"none", {}, [](Model &m) { m.cleaning = "none"; }}};
  return {
      {"", "synfire", {}, version, std::nullopt, "kind and version of the file"},
      {"", "name", {}, [](Model &m) -> auto & { return m.name; }, std::nullopt, "name in reports"},
      {"", "architecture", {}, architectures, std::nullopt, "what the configuration describes"},
      {"",
       "weights",
       {},
       [](Model &m) -> auto & { return m.weights; },
       "",
       "safetensors file, relative to this file; `--weights` replaces it"},
      {"",
       "names",
       {},
       schemes,
       "synfire",
       "naming scheme of a spikedecoder's tensors: ours, or the public implementation's state "
       "dict"},
      {"text",
       "alphabet",
       {},
       [](Model &m) -> auto & { return m.alphabet; },
       "",
       "one distinct character per token id; empty for models without such text"},
      {"text",
       "words",
       {},
       [](Model &m) -> auto & { return m.wordsFile; },
       "",
       "word dictionary: a UTF-8 file, relative to this file, one distinct word per line and token "
       "id"},
      {"text",
       "cleaning",
       {},
       cleanings,
       "none",
       "rule that text goes through first; `prose`, `words`: SpikeDecoder's character and word "
       "rules"},
  };
}

DescriptionField vocabularyField(IntegerMember member, FieldDefault defaultValue) {
  return {"config",     "vocabulary", {"vocab_size"}, FieldInteger{member, 1, 1 << 24},
          defaultValue, "token ids"};
}

DescriptionField contextField(IntegerMember member, FieldNames aliases, FieldDefault defaultValue) {
  return {"config",     "context",
          aliases,      FieldInteger{member, 1, 1 << 20},
          defaultValue, "most tokens of an input"};
}

DescriptionField blocksField(IntegerMember member, FieldNames aliases, const char *help) {
  return {"config", "blocks", aliases, FieldInteger{member, 1, 1024}, std::nullopt, help};
}

DescriptionField headsField(IntegerMember member, FieldNames aliases) {
  return {"config",     "heads",
          aliases,      FieldInteger{member, 1, 65536},
          std::nullopt, "attention heads; must divide the width"};
}

DescriptionField mlpExpansionField(IntegerMember member, FieldNames aliases,
                                   FieldDefault defaultValue) {
  return {"config",     "mlp_expansion",
          aliases,      FieldInteger{member, 1, 256},
          defaultValue, "hidden features of the MLP per feature"};
}

DescriptionField timeStepsField(IntegerMember member, FieldNames aliases, const char *help) {
  return {"config", "time_steps", aliases, FieldInteger{member, 1, 1024}, "4", help};
}

std::optional<DescriptionViolation> headsViolation(int64_t heads, int64_t width) {
  if (width % heads == 0)
    return std::nullopt;
  return DescriptionViolation{"heads", "'heads' is " + std::to_string(heads) +
                                           ", which does not divide the width " +
                                           std::to_string(width)};
}

const DescriptionFields &commonFields() {
  static const DescriptionFields fields = makeCommonFields();
  return fields;
}

const DescriptionFields &architectureFields(Architecture architecture) {
  switch (architecture) {
  case Architecture::SpikeDecoder:
    break;
  case Architecture::Gpt2:
    return gpt2Fields();
  case Architecture::Spikformer:
  case Architecture::SpikeDrivenTransformer:
    return spikformerFields();
  }
  return spikeDecoderFields();
}

} // namespace synfire
