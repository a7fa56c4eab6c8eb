// DescriptionValues: stores and checks the values of a description.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dialect/import/description/DescriptionFields.h"
#include "support/Message.h"
#include "support/NearestName.h"
#include "support/Utf8.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace synfire {

using Model = ModelDescription;

/// The word that `value` stands for, or null. `isPublic` says that the key is one of the published
/// implementation; then aliases come before our words, otherwise after them.
static const FieldWord *findWord(const FieldWords &words, const std::string &value, bool isPublic) {
  auto isWord = [&](const FieldWord &word) { return word.word == value; };
  auto isAlias = [&](const FieldWord &word) {
    return std::count(word.aliases.begin(), word.aliases.end(), value) != 0;
  };
  auto byWord = std::find_if(words.begin(), words.end(), isWord);
  auto byAlias = std::find_if(words.begin(), words.end(), isAlias);
  auto first = isPublic ? byAlias : byWord, second = isPublic ? byWord : byAlias;
  return first != words.end() ? &*first : second != words.end() ? &*second : nullptr;
}

static std::string assign(const FieldWords &words, const std::string &value, bool isPublic,
                          Model &model) {
  if (const FieldWord *word = findWord(words, value, isPublic)) {
    word->set(model);
    return {};
  }
  std::vector<std::string> supported;
  std::string list;
  for (const FieldWord &word : words) {
    supported.push_back(word.word);
    list += (list.empty() ? "" : ", ") + word.word;
  }
  return "is " + quotedText(value) + (words.size() == 1 ? "; supported is " : "; supported are ") +
         list + nearestName(value, supported);
}

template <class T>
static std::string assignNumber(const char *kind, T &member, T min, T max,
                                const std::string &value) {
  T number{};
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  bool whole = error == std::errc() && end == value.data() + value.size();
  if (!whole && error != std::errc::result_out_of_range)
    return needsHas(kind, quotedText(value));
  auto text = [](T bound) {
    char buffer[32];
    return std::string(buffer, std::to_chars(buffer, buffer + sizeof buffer, bound).ptr);
  };
  if (!whole || !(number >= min && number <= max))
    return needsHas(text(min) + " to " + text(max), quotedText(value));
  member = number;
  return {};
}

std::string assignField(const DescriptionField &field, const std::string &key,
                        const std::string &value, Model &model) {
  if (auto *text = std::get_if<FieldText>(&field.kind)) {
    (*text)(model) = value;
    return {};
  }
  if (auto *words = std::get_if<FieldWords>(&field.kind))
    return assign(*words, value, key != field.key, model);
  if (auto *integer = std::get_if<FieldInteger>(&field.kind))
    return assignNumber<int64_t>("a whole number", integer->member(model), integer->min,
                                 integer->max, value);
  if (auto *rate = std::get_if<FieldRate>(&field.kind))
    return assignNumber<double>("a rate", rate->member(model).emplace(), 0, 1, value);
  const auto &number = std::get<FieldNumber>(field.kind);
  return assignNumber<double>("a number", number.member(model), number.min, number.max, value);
}

double Model::parameters() const {
  switch (architecture) {
  case Architecture::SpikeDecoder:
    break;
  case Architecture::Gpt2:
    return gpt2.parameters();
  case Architecture::Spikformer:
  case Architecture::SpikeDrivenTransformer:
    return vision.parameters();
  }
  return decoder.parameters();
}

int64_t Model::vocabulary() const {
  switch (architecture) {
  case Architecture::SpikeDecoder:
    break;
  case Architecture::Gpt2:
    return gpt2.vocabulary;
  case Architecture::Spikformer:
  case Architecture::SpikeDrivenTransformer:
    return vision.classes;
  }
  return decoder.vocabulary;
}

static std::optional<DescriptionViolation> architectureViolation(const Model &model) {
  switch (model.architecture) {
  case Architecture::SpikeDecoder:
    break;
  case Architecture::Gpt2:
    return gpt2Violation(model);
  case Architecture::Spikformer:
  case Architecture::SpikeDrivenTransformer:
    return spikformerViolation(model);
  }
  return spikeDecoderViolation(model);
}

std::optional<DescriptionViolation> firstViolation(const Model &model) {
  if (model.name.empty())
    return DescriptionViolation{"name", "'name' is empty"};
  if (model.names != NamingScheme::Synfire && model.architecture != Architecture::SpikeDecoder)
    return DescriptionViolation{"names", "'names' is spikedecoder, which only the architecture "
                                         "spikedecoder has; leave the key out"};
  if (auto violation = architectureViolation(model))
    return violation;
  if (!model.wordsFile.empty() && !model.alphabet.empty())
    return DescriptionViolation{"words", "'words' stands beside 'alphabet'; give one of them"};
  if (model.cleaning == "words" && !model.alphabet.empty())
    return DescriptionViolation{"cleaning", "'cleaning' is words, which needs 'words', a "
                                            "dictionary, instead of 'alphabet'"};
  if (model.cleaning == "prose" && !model.wordsFile.empty())
    return DescriptionViolation{"cleaning", "'cleaning' is prose, a rule for an 'alphabet'; for "
                                            "'words' give words or none"};
  if (model.alphabet.empty())
    return std::nullopt;
  auto characters = splitCharacters(model.alphabet);
  if (!characters)
    return DescriptionViolation{"alphabet", "'alphabet' is not valid UTF-8"};
  if (int64_t(characters->size()) != model.vocabulary())
    return DescriptionViolation{
        "alphabet",
        "'alphabet' " + needsHas(message(model.vocabulary(), " characters, one per token id"),
                                 characters->size())};
  std::set<std::string> distinct;
  for (const std::string &character : *characters)
    if (!distinct.insert(character).second)
      return DescriptionViolation{"alphabet", "'alphabet' holds '" + character + "' twice"};
  return std::nullopt;
}

static std::string markdownRow(const DescriptionField &field) {
  std::string value, aliases;
  if (auto *words = std::get_if<FieldWords>(&field.kind)) {
    for (const FieldWord &word : *words) {
      value += (value.empty() ? "`" : ", `") + word.word + "`";
      for (const std::string &alias : word.aliases)
        if (alias != "True" && alias != "False")
          value += " (`" + alias + "`)";
    }
  } else if (auto *integer = std::get_if<FieldInteger>(&field.kind)) {
    value = "whole number, " + std::to_string(integer->min) + " to " + std::to_string(integer->max);
  } else {
    value = std::holds_alternative<FieldText>(field.kind)   ? "text"
            : std::holds_alternative<FieldRate>(field.kind) ? "rate, 0 to 1"
                                                            : "number";
  }
  for (const std::string &alias : field.aliases)
    aliases += (aliases.empty() ? "`" : ", `") + alias + "`";
  std::string fallback = std::holds_alternative<FieldRate>(field.kind) ? ""
                         : !field.defaultValue                         ? "required"
                         : field.defaultValue->empty() ? ""
                                                       : "`" + *field.defaultValue + "`";
  return "| `" + (field.section.empty() ? "" : field.section + ".") + field.key + "` | " + aliases +
         " | " + value + " | " + fallback + " | " + field.help + " |\n";
}

std::string fieldsMarkdown(const DescriptionFields &fields) {
  std::string text = "| key | public name | value | default | meaning |\n|---|---|---|---|---|\n";
  for (const DescriptionField &field : fields)
    text += markdownRow(field);
  return text;
}

} // namespace synfire
