// DescriptionFields: the tables of all keys of a description, and the rules between keys.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef SYNFIRE_DIALECT_IMPORT_DESCRIPTION_DESCRIPTIONFIELDS_H
#define SYNFIRE_DIALECT_IMPORT_DESCRIPTION_DESCRIPTIONFIELDS_H

#include "dialect/import/description/Description.h"

#include <optional>
#include <vector>

namespace synfire {

/// A word that is allowed as the value of a key. `aliases` are the words of the published
/// implementation for it. When a word is both one of ours and an alias of another, our meaning
/// holds under our key, and theirs under their key.
struct FieldWord {
  std::string word;
  std::vector<std::string> aliases;
  void (*set)(ModelDescription &);
};

/// The kinds of values: a text, one of a list of words, a whole number in min..max, a number in
/// min..max, or a firing rate in 0..1, which may be left out.
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

/// A row of the table: one key of a description.
struct DescriptionField {
  std::string section; ///< "", "text", "config" or "rates"
  std::string key;
  std::vector<std::string> aliases; ///< the keys that the published implementation has for it
  std::variant<FieldText, FieldWords, FieldInteger, FieldNumber, FieldRate> kind;
  std::optional<std::string> defaultValue; ///< none: the key is required, unless it is a rate
  std::string help;
};
using DescriptionFields = std::vector<DescriptionField>;

/// The words `true` and `false`, which call `on` and `off`.
FieldWords flagWords(void (*on)(ModelDescription &), void (*off)(ModelDescription &));

// Rows that the tables of several architectures have, each with the member and the public names
// that it has there. Range, default and meaning are the same for all unless a parameter gives them.
using IntegerMember = int64_t &(*)(ModelDescription &);
using FieldNames = std::vector<std::string>;
using FieldDefault = std::optional<std::string>;
DescriptionField vocabularyField(IntegerMember member, FieldDefault defaultValue);
DescriptionField contextField(IntegerMember member, FieldNames aliases, FieldDefault defaultValue);
DescriptionField blocksField(IntegerMember member, FieldNames aliases, const char *help);
DescriptionField headsField(IntegerMember member, FieldNames aliases);
DescriptionField mlpExpansionField(IntegerMember member, FieldNames aliases,
                                   FieldDefault defaultValue);
DescriptionField timeStepsField(IntegerMember member, FieldNames aliases, const char *help);

/// The keys of every description, `architecture` among them.
const DescriptionFields &commonFields();
/// The keys of one architecture, in the order of the documentation.
const DescriptionFields &architectureFields(Architecture architecture);

// The table of each architecture, defined in the file of its name.
const DescriptionFields &spikeDecoderFields();
const DescriptionFields &gpt2Fields();
const DescriptionFields &spikformerFields();

/// A Markdown table of the fields, for README.md.
std::string fieldsMarkdown(const DescriptionFields &fields);

/// Stores `value` in `model`. Returns an empty string, or a message when the field does not allow
/// the value ("'KEY' is 'VALUE'; supported are ..."). `key` is the key as the file writes it: the
/// field's own or one of its aliases.
std::string assignField(const DescriptionField &field, const std::string &key,
                        const std::string &value, ModelDescription &model);

/// A rule between keys that a model breaks: the message, and the key at whose position it is
/// reported.
struct DescriptionViolation {
  std::string key, message;
};
/// The first rule that a model breaks; nothing when it keeps all.
std::optional<DescriptionViolation> firstViolation(const ModelDescription &model);

/// The rule that the number of attention heads divides the width.
std::optional<DescriptionViolation> headsViolation(int64_t heads, int64_t width);

// The same for the rules of one architecture, defined in the file of its fields or rules.
std::optional<DescriptionViolation> spikeDecoderViolation(const ModelDescription &model);
std::optional<DescriptionViolation> gpt2Violation(const ModelDescription &model);
std::optional<DescriptionViolation> spikformerViolation(const ModelDescription &model);

} // namespace synfire

#endif // SYNFIRE_DIALECT_IMPORT_DESCRIPTION_DESCRIPTIONFIELDS_H
