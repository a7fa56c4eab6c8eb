// DescriptionFields: the tables of everything a description can say.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_DESCRIPTION_DESCRIPTIONFIELDS_H
#define SYNFIRE_DIALECT_IMPORT_DESCRIPTION_DESCRIPTIONFIELDS_H

#include "dialect/import/description/Description.h"

#include <optional>
#include <vector>

namespace synfire {

/// A word that a key may take. `aliases`: what the published implementation
/// says; where one is also a word of ours, the spelling of the key decides.
struct FieldWord {
  std::string word;
  std::vector<std::string> aliases;
  void (*set)(ModelDescription &);
};

/// What stands behind a key: a text, one of a list of words, a number of a
/// range, or a firing rate (0 to 1), which needs no default.
using FieldText = std::string &(*)(ModelDescription &);
using FieldWords = std::vector<FieldWord>;
struct FieldInteger {
  int64_t &(*member)(ModelDescription &);
  int64_t min, max;
};
struct FieldNumber {
  double &(*member)(ModelDescription &);
  double min, max;
};
struct FieldRate {
  std::optional<double> &(*member)(ModelDescription &);
};

struct DescriptionField {
  std::string section; ///< "", "text", "config" or "rates"
  std::string key;
  std::vector<std::string> aliases; ///< keys of the published implementation
  std::variant<FieldText, FieldWords, FieldInteger, FieldNumber, FieldRate> kind;
  std::optional<std::string> defaultValue; ///< none: the key is required (a rate never is)
  std::string help;
};
using DescriptionFields = std::vector<DescriptionField>;

/// A flag as words.
FieldWords flagWords(void (*on)(ModelDescription &), void (*off)(ModelDescription &));

/// Keys that every description has, `architecture` among them.
const DescriptionFields &commonFields();
/// Keys of one architecture, in the order of the documentation.
const DescriptionFields &architectureFields(Architecture architecture);

// One table per architecture, in the file of its name.
const DescriptionFields &spikeDecoderFields();
const DescriptionFields &gpt2Fields();
const DescriptionFields &spikformerFields();

/// The fields as a Markdown table, for README.md.
std::string fieldsMarkdown(const DescriptionFields &fields);

/// What is wrong with a value ("'x' is ...; supported are ..."), or "". Stores
/// it. `key`: the field's, or one of its aliases, as written.
std::string assignField(const DescriptionField &field, const std::string &key,
                        const std::string &value, ModelDescription &model);

/// A rule between keys that a model breaks, and the key to point at.
struct DescriptionViolation {
  std::string key, message;
};
std::optional<DescriptionViolation> firstViolation(const ModelDescription &model);

// The rules of one architecture, in the file of its fields or rules.
std::optional<DescriptionViolation> spikeDecoderViolation(const ModelDescription &model);
std::optional<DescriptionViolation> gpt2Violation(const ModelDescription &model);
std::optional<DescriptionViolation> spikformerViolation(const ModelDescription &model);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_DESCRIPTION_DESCRIPTIONFIELDS_H
